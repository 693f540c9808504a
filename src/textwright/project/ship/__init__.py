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

SHORT = 25


def standing(bench: Workbench) -> Standing:
    """Say where the step stands."""
    from textwright.project.judge.asking import title_of
    from textwright.project.ship.again import evaluate_line
    from textwright.project.ship.choices import choices
    from textwright.project.ship.offer import wanted
    from textwright.project.ship.shipping import shipped

    project, note = bench.project, shipped(bench.project)
    model, found = f"{project.model}/", choices(project)
    choice = wanted(project, found)
    made = () if choice is None else (command("export", choice.reference, model, "--name", project.name),)
    if note is None:
        return Standing(commands=made)
    title = next((each.title for each in found if each.method == note.method), title_of(note.method))
    return Standing(True, _words(title), (*made, *evaluate_line(project), command("serve", model)))


def _words(title: str) -> str:
    """Say in at most 25 letters what is ready.

    >>> _words("The simple model"), _words("The model job_titles.rules")
    ('simple model ready', 'ready')
    """
    words = f"{title.removeprefix('The ').lower()} ready"
    return words if len(words) <= SHORT else "ready"


fetch_names(__name__, {"shipping": ("ship",)})
