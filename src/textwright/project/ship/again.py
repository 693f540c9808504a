"""The line that judges the shipped model once more: on the same texts, by the same labels, with the same figures."""

from __future__ import annotations

from collections.abc import Iterator

from textwright.errors import DataError
from textwright.project.files import Project
from textwright.project.judge.judged import judged
from textwright.project.ship.model_folder import schema_of_model
from textwright.project.standing import command


def evaluate_line(project: Project) -> tuple[str, ...]:
    """Return the line for a shell; none before anything was judged."""
    if not project.held_out_file.exists():
        return ()
    names = ",".join(scored_names(project))
    labels = ("--labels", names) if names else ()
    return (command("evaluate", f"{project.model}/", project.held_out_file, *labels),)


def scored_names(project: Project) -> Iterator[str]:
    """Name the labels and questions that count, as far as the test or the model in `model/` has them.

    One that neither has changes no figure, and nobody could ask for it.
    """
    found = judged(project)
    if found is None:
        return
    known = _names_of_model(project)
    for name in (*found.labels, *found.questions):
        if name in known or name not in found.absent:
            yield name


def _names_of_model(project: Project) -> set[str]:
    try:
        schema = schema_of_model(project.model)
    except DataError:
        return set()
    return {*schema.spans, *(task.name for task in schema.tasks)}
