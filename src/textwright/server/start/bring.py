"""The routes of the step `bring`."""

from __future__ import annotations

from textwright.project.workbench import Workbench
from textwright.server.annotation.routes import Route


def routes(bench: Workbench) -> tuple[Route, ...]:
    """Return the routes of the step."""
    return ()
