"""`textwright notebook`: the lessons, to read, run and change."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import chdir
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from textwright.cli.telling import say
from textwright.errors import DataError, MissingExtraError, TextwrightError
from textwright.notebook.frame.lesson import (
    Lesson,
    copy_lesson,
    find_lesson,
    installed_lessons,
    is_changed,
    put_aside,
)


def complete_lesson(incomplete: str) -> list[str]:
    """Offer the names of the lessons that begin with what was typed."""
    return [lesson.name for lesson in installed_lessons() if lesson.name.startswith(incomplete)]


def notebook(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="The lesson; without one they are listed.", autocompletion=complete_lesson
        ),
    ] = None,
    folder: Annotated[Path, typer.Option(metavar="FOLDER", help="Where your copy stands.")] = Path(),
    run: Annotated[
        bool, typer.Option("--run", help="Open it to be read and tried, without changing its code.")
    ] = False,
    copy: Annotated[bool, typer.Option("--copy", help="Only copy it.")] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin again; a copy that you changed is kept under another name.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Run it and write it with its outputs as a page that stands alone."),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; else the first free one from 2718.", min=1, max=65535)
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
) -> None:
    """List the lessons, or copy one into your folder and open it in marimo.

    A lesson is a Python file. Your copy is yours: it is never written over. The texts that it needs are installed
    with the package, so that it runs offline. What a lesson writes while it runs goes into a folder of its own
    beside it; with `--html` and no copy of yours, into a temporary one.

    Example:
        textwright notebook
        textwright notebook rules
        textwright notebook rules --html rules.html
    """
    if name is None:
        _list()
        return
    lesson = find_lesson(name)
    if html is not None:
        _export(lesson, folder, html)
        return
    if not copy:
        _need_marimo()
    mine = _own_copy(lesson, folder, fresh=fresh)
    if not copy:
        raise typer.Exit(_open(mine, "run" if run else "edit", host=host, port=port, browser=not no_browser))


def _list() -> None:
    """Print a line for each lesson."""
    lessons = installed_lessons()
    width = max(len(lesson.name) for lesson in lessons)
    for lesson in lessons:
        print(f"{lesson.name:{width}}  {lasting(lesson.seconds):>11}  {lesson.summary}")
    say("Open one: textwright notebook NAME. The times are those of its cells, not of reading.")


def lasting(seconds: int) -> str:
    """Say about how long something takes.

    >>> [lasting(20), lasting(90)]
    ['20 seconds', '2 minutes']
    """
    return f"{seconds} seconds" if seconds < 60 else f"{round(seconds / 60 + 0.01)} minute{'s' * (seconds >= 90)}"


def _need_marimo() -> None:
    if find_spec("marimo") is None:
        raise MissingExtraError("marimo", "notebook")


def _own_copy(lesson: Lesson, folder: Path, *, fresh: bool) -> Path:
    """Return the reader's copy, and say on standard error what became of one that was there."""
    there = folder / lesson.path.name
    changed = there.exists() and is_changed(lesson, there)
    if changed and fresh:
        say(f"{there}: your copy is now {put_aside(there)}")
    elif changed:
        say(f"{there}: this is your own copy, which differs from the lesson; --fresh begins again")
    mine = copy_lesson(lesson, folder)
    print(mine)
    return mine


def _open(path: Path, verb: str, *, host: str, port: int | None, browser: bool) -> int:
    """Let marimo serve the notebook until it is interrupted, which is its own affair."""
    options = ["--host", host, *([] if port is None else ["--port", str(port)]), *([] if browser else ["--headless"])]
    code = ["--include-code"] if verb == "run" else []
    if verb == "edit":
        say("In the editor the round arrow at the lower right runs all cells. Ctrl+C here ends it.")
    marimo = subprocess.Popen([sys.executable, "-m", "marimo", verb, str(path), *options, *code])
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return marimo.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def _export(lesson: Lesson, folder: Path, page: Path) -> None:
    """Run the copy where it stands, else the lesson itself in a folder for a moment, and write what it shows."""
    from textwright.notebook.frame.page import lesson_page
    from textwright.notebook.frame.run import run_notebook

    if not page.resolve().parent.is_dir():
        raise DataError(f"{page}: there is no folder {page.resolve().parent}")
    mine, page_file = folder / lesson.path.name, page.resolve()
    source = (mine if mine.is_file() else lesson.path).resolve()
    try:
        with TemporaryDirectory() as for_a_moment, chdir(source.parent if mine.is_file() else for_a_moment):
            written = lesson_page(run_notebook(source), name=lesson.name)
    except TextwrightError:
        raise
    except Exception as error:  # a cell may raise anything, and the cells are the reader's own
        raise DataError(f"{source}: a cell failed with {type(error).__name__}: {error}") from error
    page_file.write_text(written, encoding="utf-8")
    say(f"{page}: {source} with its outputs, {len(written.encode()) / 1000:,.0f} kB")
