"""The routes of the step `judge`."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response
from starlette.responses import FileResponse

from textwright.project.judge import judging
from textwright.project.judge.shown import REPORT, progress, shown
from textwright.project.workbench import Workbench
from textwright.server.annotation import shapes
from textwright.server.annotation.data import answer
from textwright.server.annotation.documents import Answers
from textwright.server.annotation.routes import Route
from textwright.server.annotation.service import Asked, Service
from textwright.server.problems import HttpProblem
from textwright.server.start.described import FREE_ANSWER

PATH = "/api/steps/judge"
PAGE_ANSWER: Answers = {"200": {"description": "The page", "content": {"text/html": {"schema": {"type": "string"}}}}}
# The report brings its own style and script, and texts of anybody: it is shown as if it came from nowhere.
ALONE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
        "sandbox allow-scripts allow-downloads; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "unsafe-none",
    "Cache-Control": "no-store",
}


class JudgeBody(shapes.Shape):
    """Whether a large network is judged too; null: as it was."""

    large: bool | None = None


class Judge:
    """What the page asks of the step."""

    def __init__(self, bench: Workbench) -> None:
        """Judge the methods of a project once somebody asks for it."""
        self.bench, self.work = bench, judging(bench)

    def judge(self, service: Service, asked: Asked) -> Response:
        """Say what judging found, how far it is, or what must be done first."""
        return answer(shown(self.bench, self.work))

    def judge_progress(self, service: Service, asked: Asked) -> Response:
        """Say how far judging is."""
        return answer(progress(self.work))

    def judge_now(self, service: Service, asked: Asked) -> Response:
        """Judge every method anew; what has not changed is not done again."""
        if asked.body.large is not None and asked.body.large != self.bench.project.state.large:
            self.work.stop()
            self.bench.project.change(large=asked.body.large)
        self.work.start()
        return answer(progress(self.work))

    def stop_judging(self, service: Service, asked: Asked) -> Response:
        """End judging; it goes on where it was when it is begun again."""
        self.work.stop()
        return answer(progress(self.work))

    def judge_report(self, service: Service, asked: Asked) -> Response:
        """Give the full report as a page that stands alone."""
        file = self.bench.project.folder / REPORT
        if not file.is_file():
            raise HttpProblem(HTTPStatus.NOT_FOUND, "not_judged", "nothing is judged yet, so there is no report")
        return FileResponse(file, media_type="text/html", headers=ALONE)


def routes(bench: Workbench) -> tuple[Route, ...]:
    """Return the routes of the step."""
    do = Judge(bench)
    return (
        Route("GET", PATH, "owner", do.judge, FREE_ANSWER, pool="texts"),
        Route("GET", f"{PATH}/progress", "owner", do.judge_progress, FREE_ANSWER),
        Route("POST", f"{PATH}/run", "owner", do.judge_now, FREE_ANSWER, body=JudgeBody, pool="texts"),
        Route("POST", f"{PATH}/stop", "owner", do.stop_judging, FREE_ANSWER, pool="texts"),
        Route("GET", f"{PATH}/report", "owner", do.judge_report, PAGE_ANSWER, problems=(404,)),
    )
