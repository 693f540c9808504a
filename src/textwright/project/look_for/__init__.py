"""The step `look_for`: labels with their meanings, questions about whole texts, and proposals for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.project.standing import Standing, command

if TYPE_CHECKING:
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
    shown = command("annotate", project.texts_file, "--schema", project.schema_file)
    return Standing(True, ", ".join(said), (shown,))
