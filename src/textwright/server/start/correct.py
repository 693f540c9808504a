"""The routes of the step `correct`."""

from __future__ import annotations

from fastapi import Response

from textwright.project.correct import progress_of
from textwright.project.workbench import Workbench
from textwright.server.annotation.data import answer
from textwright.server.annotation.routes import Route
from textwright.server.annotation.service import Asked, Service
from textwright.server.start.described import FREE_ANSWER


def routes(bench: Workbench) -> tuple[Route, ...]:
    """Return the routes of the step."""

    def correcting(service: Service, asked: Asked) -> Response:
        """Say how far the correcting is, what the model in the background has learned, and what more would bring."""
        return answer(progress_of(bench).to_data())

    return (Route("GET", "/api/steps/correct", "owner", correcting, FREE_ANSWER),)
