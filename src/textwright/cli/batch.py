"""`textwright batch`: a table of any size through a model, on this machine or on a Ray cluster."""

from __future__ import annotations

import atexit
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from textwright.batch import Progress, Settings, Summary, annotate_table
from textwright.batch.settings import ROWS_PER_PART, Kind
from textwright.cli.options import Column, Model, RawCells
from textwright.cli.status import Status
from textwright.cli.telling import say, tell
from textwright.wrangle.counted import counted

# Where nobody looks at a bar, a line so often.
LINE_SECONDS = 30.0


def batch(
    model: Model,
    source: Annotated[
        str, typer.Argument(metavar="IN", help="A Parquet, CSV or JSON lines file, a folder, a glob or an address.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Where the parts go.")],
    column: Column = "text",
    id_column: Annotated[
        str, typer.Option("--id-column", help="The column of a table that holds the texts' ids.")
    ] = "id",
    format_: Annotated[
        str | None, typer.Option("--format", metavar="parquet|csv|jsonl", help="What to write; else what is read.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that answer; without it, one for each core.")
    ] = None,
    ray: Annotated[
        str | None, typer.Option("--ray", metavar="local|auto|HOST:PORT", help="Have a Ray cluster answer.")
    ] = None,
    rows_per_part: Annotated[int, typer.Option(min=1, help="Rows of a part at most.")] = ROWS_PER_PART,
    raw_cells: RawCells = False,
    again: Annotated[bool, typer.Option("--again", help="Begin anew: take the parts of FOLDER away first.")] = False,
) -> None:
    """Annotate a table of any size with a model, in parts, on this machine or on a Ray cluster.

    The parts in FOLDER are tables like IN with a column for each label, as predict writes them, or with
    --format another kind. What has no text or no answer goes to FOLDER/rejects, with file, row, reason
    and the whole record, and the exit status is then 4; FOLDER/manifest.json says what was done.

    A run that was stopped, however, goes on where it was when the same command is given again. One
    with another model, input or option is refused; --again begins anew.

    Example:
        textwright batch job_titles jobs.parquet -o marked --column headline --workers 8
        textwright batch job_titles.rules 's3://bucket/jobs/*.parquet' -o marked
        textwright batch job_adverts adverts.jsonl.gz -o /shared/marked --format parquet --ray head-node:6379
    """
    settings = Settings(
        column=column,
        id_column=id_column,
        format=_kind(format_),
        rows_per_part=rows_per_part,
        raw_cells=raw_cells,
    )
    with _goes_on(), _progress() as show:
        done = annotate_table(
            model, source, out, settings=settings, workers=workers, ray=ray, again=again, on_progress=show, tell=tell
        )
    say(summary(done, out))
    if done.rejected:
        raise typer.Exit(Status.PARTLY)


def _kind(name: str | None) -> Kind | None:
    return name  # type: ignore[return-value]  # Settings refuses what is none


@contextmanager
def _goes_on() -> Iterator[None]:
    """Say to whoever stops a run that nothing is lost."""
    try:
        yield
    except KeyboardInterrupt:
        tell("stopped. The same command goes on where it was")
        end_at_once()
        raise


def end_at_once() -> None:
    """Let this process end without Python's own clearing up, in which Daft's threads, cut off, would abort it."""
    atexit.register(os._exit, Status.INTERRUPTED)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """Show how far a run is: a bar where somebody looks, else a line now and then."""
    if not sys.stderr.isatty():
        yield _Lines().show
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(BarColumn(), TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking through the input", total=None)
        yield lambda far: bar.update(task, description=in_words(far), completed=far.rows, total=far.total)


class _Lines:
    """Says how far a run is, not too often."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def show(self, far: Progress) -> None:
        if time.monotonic() - self._said >= LINE_SECONDS:
            self._said = time.monotonic()
            tell(in_words(far))


def in_words(far: Progress) -> str:
    """Say how far a run is.

    >>> in_words(Progress(rows=50_000, new=40_000, total=90_000, seconds=10.0))
    '50,000 of 90,000 rows, 4,000 a second, 10 s left'
    """
    done = f"{far.rows:,} of {far.total:,} rows"
    return done if far.left is None else f"{done}, {far.per_second:,.0f} a second, {duration(far.left)} left"


def duration(seconds: float) -> str:
    """Say a time in words.

    >>> duration(42), duration(4_000), duration(90_000)
    ('42 s', '1 h 07 min', '25 h 00 min')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def summary(done: Summary, out: Path) -> str:
    """Say what a run left.

    >>> summary(Summary(rows=1200, rejected=3, parts=2, before=1, seconds=0.5), Path("marked"))
    'marked: 1,200 rows in 2 parts in 0.5 s, 1 part of them from before; 3 without an answer, in marked/rejects'
    """
    parts = f"{out}: {counted(done.rows, 'row')} in {counted(done.parts, 'part')} in {done.seconds:.1f} s"
    before = f", {counted(done.before, 'part')} of them from before" if done.before else ""
    rejected = f"; {done.rejected:,} without an answer, in {out / 'rejects'}" if done.rejected else ""
    return parts + before + rejected
