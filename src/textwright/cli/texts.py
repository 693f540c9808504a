"""Reading all the texts of a file or standard input, for commands that look at them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from textwright.cli.output import bytes_out
from textwright.cli.progress import progress
from textwright.cli.source import Source, check_places, opened
from textwright.cli.status import Status
from textwright.cli.telling import tell
from textwright.formats.base import Options
from textwright.formats.records import encode
from textwright.types import Example
from textwright.wrangle.counted import counted

Data = Annotated[Path, typer.Argument(metavar="DATA", help="Texts in any known format; - is standard input.")]
SHOWN = 5


class Texts:
    """The examples of a file, to go through once; what could not be read is told and counted."""

    def __init__(self, source: Source, options: Options) -> None:
        """Take what they are read from; nothing is read yet."""
        self.source = source
        self.unread = 0
        self._options = options

    def __iter__(self) -> Iterator[Example]:
        """Go through the examples in order."""
        for batch in self.source.batches(self._options):
            for record in batch:
                if record.example is None:
                    self._tell(record.line, record.reason)
                else:
                    yield record.example

    def _tell(self, line: int, reason: str) -> None:
        self.unread += 1
        if self.unread <= SHOWN:
            tell(f"{self.source.name}:{line}: left out: {reason}")

    def end(self) -> None:
        """Leave with the status that says so where lines could not be read."""
        if self.unread:
            tell(f"{counted(self.unread, 'line')} could not be read and left out")
            raise typer.Exit(Status.PARTLY)


@contextmanager
def texts_of(file: Path, column: str, *, out: Path | None = None, raw_cells: bool = False) -> Iterator[Texts]:
    """Open the texts of a file. Raise `DataError` when there are none to open."""
    check_places(file, out, None)
    with opened(file) as source, progress(file) as advance:
        yield Texts(source, Options(column=column, raw_cells=raw_cells, on_warning=tell, on_progress=advance))


def print_json(lines: Iterable[Mapping[str, Any]]) -> None:
    """Write a JSON line for each, on standard output."""
    with bytes_out(None) as out:
        for line in lines:
            out.write((encode(line) + "\n").encode("utf-8", "surrogatepass"))
