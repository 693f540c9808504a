"""Acts that come late: a page that was offline, or another tab, knows labels by the names that they had."""

from __future__ import annotations

from typing import Any

from textwright.schema import Schema
from textwright.store.projects import Project
from textwright.store.relabelling import Relabelling, former_names, relabelled
from textwright.store.state import State, state_data, state_of

ANY = Schema(open=True)


def late_state(data: Any, text: str, project: Project) -> State:
    """Read a state as `state_of` does; a label that was renamed since has its new name, one that was removed is gone.

    A name that the schema knows means what it says, though another label had it once.
    """
    if not project.former:
        return state_of(data, text, project.schema)
    said = state_data(state_of(data, text, ANY))
    return state_of(relabelled(said, _unknown(project)), text, project.schema)


def _unknown(project: Project) -> Relabelling:
    """Return what became of the former names that no label has now."""
    former, schema = former_names(project.former), project.schema
    answers = {(task.name, label.name) for task in schema.tasks for label in task.labels}
    return Relabelling(
        {was: now for was, now in former.spans.items() if was not in schema.spans},
        {was: now for was, now in former.categories.items() if was not in answers},
    )
