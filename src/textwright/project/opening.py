"""From a name to a project: a folder that is there, a file of texts that gets one, or a new one."""

from __future__ import annotations

from pathlib import Path

from textwright.errors import DataError
from textwright.project.files import ENDING, STATE, Project, make_project, read_project

UNNAMED = "project"


def open_project(path: str | Path | None = None) -> Project:
    """Open a project: its folder, or a file of texts whose project lies beside it (`titles.txt`: `titles.textwright`).

    A project that is not there yet is made; a file's texts are brought into it. Without a path it is
    `project.textwright` in this folder. Raise `DataError` when the path is neither.
    """
    path = Path(f"{UNNAMED}{ENDING}" if path is None else path)
    if (path / STATE).is_file():
        return read_project(path)
    if path.is_file():
        return _of_file(path)
    if path.suffix != ENDING:
        raise DataError(f"{path}: no file, and no project's folder, which ends in {ENDING}")
    return make_project(path, path.stem)


def _of_file(path: Path) -> Project:
    from textwright.project.bring import bring_file

    folder = path.with_name(f"{path.stem}{ENDING}")
    if (folder / STATE).is_file():
        return read_project(folder)
    project = make_project(folder, path.stem)
    bring_file(project, path, name=path.name)
    return project
