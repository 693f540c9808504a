"""The last step: the chosen model as a folder, as a form that fills itself, and as lines for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.lazy import fetch_names
from textwright.project.standing import Standing, command

if TYPE_CHECKING:
    from textwright.project.ship.shipping import ship
    from textwright.project.workbench import Workbench

__all__ = ["ship", "standing"]

fetch_names(__name__, {"shipping": ("ship",)})


def standing(bench: Workbench) -> Standing:
    """Say where the step stands."""
    from textwright.project.ship.shipping import shipped

    project = bench.project
    note = shipped(project)
    if note is None:
        return Standing()
    model = f"{project.model}/"
    return Standing(True, note.method, (command("evaluate", model, project.held_out_file), command("serve", model)))
