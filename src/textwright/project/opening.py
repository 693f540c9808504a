"""From a name to a project: a folder that is there, a file of texts that gets one, or a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textwright.errors import DataError
from textwright.private import exposed
from textwright.project.extra import start_extra
from textwright.project.files import ENDING, STATE, Project, make_project, read_project

UNNAMED = "project"


def open_project(path: str | Path | None = None, *, tell: Callable[[str], None] | None = None) -> Project:
    """Open a project: its folder, or a file of texts whose project lies beside it (`titles.txt`: `titles.textwright`).

    A project that is not there yet is made; a file's texts are brought into it, and `tell` hears what there is to say
    of them: lines that could not be read, for one; or that every user of the machine could look into the folder.
    Without a path it is `project.textwright` in this folder. Raise `DataError` when the path is neither.
    """
    project = _opened(Path(f"{UNNAMED}{ENDING}" if path is None else path), tell or _unheard)
    if warning := exposed(project.folder):
        (tell or _unheard)(warning)
    return project


def _opened(path: Path, tell: Callable[[str], None]) -> Project:
    if (path / STATE).is_file():
        return read_project(path)
    if path.is_file():
        return _of_file(path, tell)
    if path.suffix != ENDING:
        raise DataError(f"{path}: no file, and no project's folder, which ends in {ENDING}")
    return make_project(path, path.stem)


def left_unread(project: Project, path: Path) -> str:
    """Say what of a file of texts is not in its project, which was there, and what to do; empty: all of it is in."""
    from textwright.project.bring.plain import fingerprint_of

    read = project.state.read.get(path.name)
    if read is None:
        return f"{project.folder} was there and goes on as it is; {path} was not read. Bring it in the page"
    if read == fingerprint_of(path):
        return ""
    return f"{path} has changed since it was read. Bring it in the page once more: what is new in it is added"


def _unheard(_: str) -> None:
    """Say nothing: the page and `repairs.json` say it, too."""


def _of_file(path: Path, tell: Callable[[str], None]) -> Project:
    """Open the project beside a file of texts. What cannot be read makes none; one that was cut off is filled."""
    with start_extra():
        from textwright.project.bring.reading import read_brought
        from textwright.project.bring.work import bring
    folder = path.with_name(f"{path.stem}{ENDING}")
    project = read_project(folder) if (folder / STATE).is_file() else None
    if project is not None and project.brought_file.exists():
        return project
    brought = read_brought(path, name=path.name)
    project = project or make_project(folder, path.stem)
    for note in bring(project, brought).notes:
        tell(f"{path}: {note}")
    return project
