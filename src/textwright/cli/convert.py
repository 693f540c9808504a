"""`textwright convert`: from any format to any other, and nothing lost in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, TextIO

import typer

from textwright import formats
from textwright.cli.options import Column, RawCells
from textwright.cli.progress import progress
from textwright.cli.status import Status
from textwright.cli.telling import say
from textwright.errors import DataError
from textwright.formats import Format, Options, Rejected
from textwright.formats.base import LossReport
from textwright.types import Example
from textwright.wrangle.counted import counted

SHOWN = 10


def complete_format(incomplete: str) -> list[str]:
    """Offer the names of the formats that begin with what was typed."""
    return [name for name in formats.FORMATS if name.startswith(incomplete)]


FORMATS_HELP = ", ".join(formats.FORMATS)


def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="The file to read.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; replaced when it is there.")],
    from_format: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help="The format of IN, if its content does not tell.",
            autocompletion=complete_format,
        ),
    ] = None,
    to_format: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help=f"The format of OUT, if its ending does not tell: {FORMATS_HELP}.",
            autocompletion=complete_format,
        ),
    ] = None,
    lossy: Annotated[bool, typer.Option("--lossy", help="Write what OUT can hold, and say what was lost.")] = False,
    reject: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where records that cannot be read go, with line and reason.")
    ] = None,
    column: Column = "text",
    raw_cells: RawCells = False,
) -> None:
    """Convert annotated texts from one format to another.

    The format of IN is found by its content, that of OUT by its ending. When OUT cannot hold
    everything, nothing is written and the counts of what would be lost are shown, unless --lossy.

    A cell of CSV that a spreadsheet would take for a formula is written behind an apostrophe, which is taken
    off where CSV is read, unless --raw-cells.

    A record that cannot be read is left out and shown, or put into the file of --reject; the exit
    status is then 4.

    Example:
        textwright convert export.jsonl gold.jsonl --from doccano
        textwright convert gold.jsonl gold.spacy
        textwright convert gold.jsonl gold.conll --lossy
    """
    _check_places(source, target, reject)
    job = Job(source, formats.find_format(source, from_format), target, formats.format_to_write(target, to_format))
    with _reject_file(reject) as file, progress(source) as advance:
        told = Told(file)
        options = Options(
            column=column, raw_cells=raw_cells, on_reject=told.take, on_warning=told.warn, on_progress=advance
        )
        count, lost = run(job, options, lossy=lossy)
    told.show()
    say(summary(job, count, lost, told.rejected))
    if told.rejected:
        raise typer.Exit(Status.PARTLY)


def _check_places(source: Path, target: Path, reject: Path | None) -> None:
    """Refuse a file for rejected records that would overwrite another."""
    if reject is not None and reject.resolve() in {source.resolve(), target.resolve()}:
        raise DataError(f"{reject}: the rejected records need a file of their own")


@dataclass(frozen=True, slots=True)
class Job:
    """A file in its format, and the file to write in its own."""

    source: Path
    read_as: Format
    target: Path
    written_as: Format


def run(job: Job, options: Options, *, lossy: bool) -> tuple[int, LossReport]:
    """Convert; return the number of examples and what was lost."""
    passing = _Counted(formats.read(job.source, format=job.read_as.name, options=options))
    columns = formats.columns_of(job.source, format=job.read_as.name, options=options)
    to_write = replace(options, columns=columns)
    lost = formats.write(job.target, passing, format=job.written_as.name, lossy=lossy, options=to_write)
    return passing.count, lost


class _Counted:
    """Examples, counted as they go by."""

    def __init__(self, examples: Iterator[Example]) -> None:
        self._examples = examples
        self.count = 0

    def __iter__(self) -> Iterator[Example]:
        return self

    def __next__(self) -> Example:
        example = next(self._examples)
        self.count += 1
        return example


@contextmanager
def _reject_file(path: Path | None) -> Iterator[TextIO | None]:
    if path is None:
        yield None
        return
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n", buffering=1) as file:
        yield file


class Told:
    """What is to be said of a file's records: those rejected, and those that look wrong."""

    def __init__(self, file: TextIO | None) -> None:
        """Begin with nothing; rejected records go to `file`, if there is one."""
        self._file = file
        self._lines: list[str] = []
        self._warnings: list[str] = []
        self.rejected = 0
        self.warned = 0

    def take(self, rejected: Rejected) -> None:
        """Put a rejected record into the file, or remember it if it is among the first."""
        self.rejected += 1
        if self._file is not None:
            data = {"line": rejected.line, "reason": rejected.reason, "text": rejected.text}
            self._file.write(json.dumps(data, ensure_ascii=False) + "\n")
        elif self.rejected <= SHOWN:
            self._lines.append(str(rejected))

    def warn(self, message: str) -> None:
        """Remember a warning if it is among the first."""
        self.warned += 1
        if self.warned <= SHOWN:
            self._warnings.append(message)

    def show(self) -> None:
        """Print what was remembered, and how much more there was."""
        _show(self._warnings, self.warned, "warning")
        _show(self._lines, 0 if self._file else self.rejected, "rejected")


def _show(lines: list[str], count: int, what: str) -> None:
    for line in lines:
        say(f"{what}: {line}")
    if count > len(lines):
        say(f"{what}: {count - len(lines):,} more like these")


def summary(job: Job, count: int, lost: LossReport, rejected: int) -> str:
    """Say what was converted, and what was not."""
    parts = [
        f"{counted(count, 'example')} from {job.source} ({job.read_as.name}) to {job.target} ({job.written_as.name})"
    ]
    if lost:
        parts.append("lost: " + formats.loss_counts(lost))
    if rejected:
        parts.append(f"{counted(rejected, 'record')} rejected")
    return "; ".join(parts)
