"""`textwright start`: from pasted lines to a model in one's own page, without leaving the browser."""

from __future__ import annotations

import sys
import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from textwright.errors import MissingExtraError

FILE_HELP = "Texts of any known format, or a project's folder; else project.textwright here."


def start(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=FILE_HELP)] = None,
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes any free one.", min=0, max=65535)] = 8650,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the page.")] = False,
) -> None:
    """Lead from texts to a model in your own page: bring texts, say what you look for, correct, judge, ship.

    All is kept in a folder beside FILE, whose name ends in .textwright. Started again, it goes on where it was.

    Example:
        textwright start titles.txt
        textwright start titles.textwright
    """
    try:
        from textwright.project import open_project
        from textwright.project.workbench import Workbench
        from textwright.server.run import address, bind
        from textwright.server.start.run import run_start
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "sqlalchemy", "start") from error
    with bind("127.0.0.1", port) as listening:
        bench = Workbench(open_project(file), say=_tell)
        if not no_browser:
            threading.Thread(target=webbrowser.open, args=(address(listening),), daemon=True).start()
        run_start(bench, listening, say=_say)
        _say(f"All is kept in {bench.project.folder}. The same command goes on")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _tell(line: str) -> None:
    _say(f"textwright: {line}")
