"""The routes of the project as a whole: where each step stands, and which one is looked at."""

from __future__ import annotations

from typing import Literal

from fastapi import Response

from textwright.project.standing import standings
from textwright.project.workbench import Workbench
from textwright.server.annotation import shapes
from textwright.server.annotation.data import Json, answer
from textwright.server.annotation.routes import Route
from textwright.server.annotation.service import Asked, Service
from textwright.server.start.described import FREE_ANSWER


class StepBody(shapes.Shape):
    """The step that is looked at."""

    step: Literal["bring", "look_for", "suggest", "correct", "judge", "ship"]


def routes(bench: Workbench) -> tuple[Route, ...]:
    """Return the routes of the project."""

    def steps(service: Service, asked: Asked) -> Response:
        """Say where each step of the project stands."""
        return answer(project_data(bench))

    def step(service: Service, asked: Asked) -> Response:
        """Remember which step is looked at, so that the page opens there again."""
        bench.project.change(step=asked.body.step)
        return answer(project_data(bench))

    return (
        Route("GET", "/api/steps", "owner", steps, FREE_ANSWER),
        Route("POST", "/api/steps/at", "owner", step, FREE_ANSWER, body=StepBody),
    )


def project_data(bench: Workbench) -> Json:
    """Return the project as the page draws it."""
    project = bench.project
    return {
        "name": project.name,
        "folder": str(project.folder.resolve()),
        "step": project.state.step,
        "steps": standings(bench),
    }
