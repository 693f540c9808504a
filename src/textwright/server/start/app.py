"""The application of the project page: the annotation server, with the page and the routes of the six steps."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request, Response

from textwright.errors import TextwrightError
from textwright.project.workbench import ME, Workbench
from textwright.server.annotation.app import FOLDER, PAGE, Front, create_annotation_app
from textwright.server.envelope import HEADERS
from textwright.server.gate import Place
from textwright.server.keys import Token
from textwright.server.problems import HttpProblem, response_of
from textwright.server.start import bring, correct, judge, look_for, project, ship, suggest
from textwright.server.start.there import still_there

PARTS = (project, bring, look_for, suggest, correct, judge, ship)


def create_start_app(bench: Workbench, *, place: Place, token: Token | None = None) -> FastAPI:
    """Build the application for a project. Whoever has the `token` is its owner: only for an address of this machine.

    The page is at `/`, the annotation page with all its views at `/annotate.html`.
    """
    front = Front(
        pages={"/": "start/index.html", "/annotate.html": PAGE},
        folders=("start/", FOLDER, "runtime/"),
        headers=HEADERS,
        routes=tuple(route for part in PARTS for route in part.routes(bench)),
        check=still_there(bench.project),
        command="textwright start",
    )
    app = create_annotation_app(bench.desk, annotator=ME, place=place, token=token, front=front)
    app.add_exception_handler(TextwrightError, _mendable)
    app.add_exception_handler(OSError, _disk_fault)
    return app


async def _mendable(request: Request, error: Exception) -> Response:
    """Tell what somebody can mend in its own words: it is no fault of ours."""
    return response_of(request, HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "not_possible", str(error)))


async def _disk_fault(request: Request, error: Exception) -> Response:
    """Tell what the system says of a file: a disk that is full, a folder that was taken away."""
    assert isinstance(error, OSError)
    said = error.strerror or str(error)
    detail = f"{error.filename}: {said}" if error.filename else said
    return response_of(request, HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "storage", detail))
