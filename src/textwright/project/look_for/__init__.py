"""The step `look_for`: labels with their meanings, questions about whole texts, and proposals for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.project.standing import Standing, command

if TYPE_CHECKING:
    from textwright.project.files import Project
    from textwright.project.workbench import Workbench


def standing(bench: Workbench) -> Standing:
    """Say where the step stands."""
    from textwright.wrangle.counted import counted

    schema, project = bench.desk.project.schema, bench.project
    if not (schema.labels or schema.tasks):
        return Standing()
    said = [
        *([counted(len(schema.labels), "label")] if schema.labels else []),
        *([counted(len(schema.tasks), "question")] if schema.tasks else []),
    ]
    return Standing(True, ", ".join(said), _commands(project))


def _commands(project: Project) -> tuple[str, ...]:
    """Return what groups the texts, and what annotates them by the schema, in the database of the project."""
    work = ("--database", project.database_file, "--project", project.name, "--annotator", "me")
    annotate = command("annotate", project.texts_file, "--schema", project.schema_file, *work)
    return (command("clusters", project.texts_file), annotate) if len(project.texts) > 1 else (annotate,)
