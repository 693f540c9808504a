"""`textwright start`: from pasted lines to a model in one's own page, without leaving the browser."""

from __future__ import annotations

import threading
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.options import NoBrowser, Port
from textwright.cli.telling import say, tell

if TYPE_CHECKING:
    from textwright.project import Project

FILE_HELP = "Texts of any known format, or a project's folder; else project.textwright here."
# A file of so many bytes takes a while.
LARGE = 2_000_000
# What stays away where a package is missing; the rest works.
WITHOUT = {
    "torch": "no network learns while you correct",
    "ftfy": "texts are not looked through for oddities",
    "sklearn": "nothing is proposed from groups of like texts",
}


def start(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=FILE_HELP)] = None,
    port: Port = 8650,
    no_browser: NoBrowser = False,
) -> None:
    """Lead from texts to a model in your own page: bring texts, say what you look for, correct, judge, ship.

    All is kept in a folder beside FILE, whose name ends in .textwright. Started again, it goes on where it was.

    Example:
        textwright start titles.txt
        textwright start titles.textwright
    """
    from textwright.project.extra import start_extra
    from textwright.project.lock import InUseError

    with start_extra():
        import textwright.project.workbench
        import textwright.server.start.run  # noqa: F401 - what is missing is said before a folder is made
        from textwright.server.keys import for_browser

        project = _opened(file)
    try:
        _serve(project, port, no_browser=no_browser)
    except InUseError as error:
        if not error.address:
            raise
        say(f"{project.name} is open already at {error.address} (Ctrl+C stops it there)")
        _show(for_browser(error.address), no_browser=no_browser)


def _opened(file: Path | None) -> Project:
    """Open the project, and say what there is to say of the file that it comes from."""
    from textwright.project import open_project
    from textwright.project.opening import left_unread

    is_file = file is not None and file.is_file()
    if file is not None and is_file and file.stat().st_size > LARGE:
        say(f"Reading {file} ...")
    project = open_project(file, tell=tell)
    if file is not None and is_file and (unread := left_unread(project, file)):
        tell(unread)
    return project


def _serve(project: Project, port: int, *, no_browser: bool) -> None:
    """Hold the project alone, and serve its page until a signal says stop."""
    from textwright.project.extra import start_extra

    with start_extra():
        from textwright.project.lock import held
        from textwright.project.workbench import Workbench
        from textwright.server.keys import new_token
        from textwright.server.run import address, bind
        from textwright.server.start.run import run_start
    with held(project.folder) as sign, bind("127.0.0.1", port) as listening:
        with start_extra():
            bench = Workbench(project, say=tell)
        for line in missing_packages():
            tell(line)
        token, url = new_token(), address(listening)
        sign(token.in_address(url))
        _show(token.for_browser(url, listening.getsockname()[1]), no_browser=no_browser)
        run_start(bench, listening, token=token, say=say)
        say(f"All is kept in {project.folder}. The same command goes on")


def missing_packages() -> list[str]:
    """Say what will not work here, and the one line that brings all of it."""
    found = [
        f"{words} ({package} is not installed)" for package, words in WITHOUT.items() if find_spec(package) is None
    ]
    return [*found, "all of that comes with: pip install 'textwright[start]'"] if found else []


def _show(url: str, *, no_browser: bool) -> None:
    """Open the page in the browser; where there is none, the printed address must do."""
    if not no_browser:
        opening = threading.Thread(target=webbrowser.open, args=(url,), daemon=True)
        opening.start()
        opening.join(0.5)
