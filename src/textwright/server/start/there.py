"""A project's folder that was moved or deleted under its server: nothing must look saved from then on."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from textwright.project.files import Project
from textwright.server.problems import HttpProblem


def still_there(project: Project) -> Callable[[], None]:
    """Return what raises a problem once the project's database is no longer the one that was opened.

    Systems let one write to a file that is deleted, and what is written is lost.
    """
    file = project.database_file.absolute()
    opened = file.stat()

    def check() -> None:
        try:
            now = file.stat()
        except OSError:
            raise _gone(project) from None
        if (now.st_dev, now.st_ino) != (opened.st_dev, opened.st_ino):
            raise _gone(project)

    return check


def _gone(project: Project) -> HttpProblem:
    detail = (
        f"{project.folder.absolute()}: the project's folder is gone, or another is in its place. "
        "Put it back; if that does not help, stop textwright start and start it again"
    )
    return HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "storage", detail)
