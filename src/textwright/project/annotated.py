"""What was annotated in a project, read from its database whether somebody has it open or not."""

from __future__ import annotations

from textwright.project.files import Project
from textwright.store.database import open_database
from textwright.store.export import examples
from textwright.store.projects import find_project
from textwright.types import Example


def annotated_in(project: Project) -> list[Example]:
    """Return each text that was handed in, once; nothing before anything was."""
    if not project.database_file.exists():
        return []
    database = open_database(str(project.database_file))
    try:
        stored = find_project(database, project.name)
        return [] if stored is None else list(examples(database, stored, which="gold"))
    finally:
        database.close()
