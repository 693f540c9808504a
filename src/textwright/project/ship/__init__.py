"""The last step: the chosen model as a folder, as a form that fills itself, and as lines for other programs.

`choices` says what may be shipped, `shipping` writes the model's folder, `form_files` the form for any web space,
`zips` packs them, `ways` writes lines for other programs, and `offer` is all of it for a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.lazy import fetch_names
from textwright.project.standing import Standing, command

if TYPE_CHECKING:
    from textwright.project.ship.shipping import ship
    from textwright.project.workbench import Workbench

__all__ = ["ship", "standing"]


def standing(bench: Workbench) -> Standing:
    """Say where the step stands."""
    from textwright.project.ship.choices import choices
    from textwright.project.ship.offer import wanted
    from textwright.project.ship.shipping import shipped

    project, note = bench.project, shipped(bench.project)
    model = f"{project.model}/"
    choice = wanted(project, choices(project))
    made = () if choice is None else (command("export", choice.reference, model, "--name", project.name),)
    if note is None:
        return Standing(commands=made)
    judged = (command("evaluate", model, project.held_out_file),) if project.held_out_file.exists() else ()
    return Standing(True, f"{note.method} ready"[:25], (*made, *judged, command("serve", model)))


fetch_names(__name__, {"shipping": ("ship",)})
