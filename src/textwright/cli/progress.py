"""Progress bars, on standard error, when somebody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def progress(file: Path, *, wanted: bool = True) -> Iterator[Callable[[int], None] | None]:
    """Give what takes the number of bytes read so far, or None when no bar is shown."""
    if not (wanted and sys.stderr.isatty() and file.is_file()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=file.stat().st_size)
        yield lambda done: bar.update(task, completed=done)


def is_beside(out: Path | None) -> bool:
    """Say whether a bar leaves a result alone, which goes to OUT: on one terminal they would mix."""
    return out is not None or not sys.stdout.isatty()


@contextmanager
def progress_by_text(model: str, texts: int) -> Iterator[Callable[[], None]]:
    """Give what is called after each text that a model has answered."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    # The description is plain text: a model's name may look like markup.
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(model, total=texts)
        yield lambda: bar.advance(task)
