"""Which labels annotators have used."""

from __future__ import annotations

from sqlalchemy import select

from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.tables import LABELS


def used_labels(database: Database, project: Project) -> set[str]:
    """Return the labels of spans and categories that somebody's annotation keeps."""
    with database.read() as connection:
        return set(connection.scalars(select(LABELS.c.label).where(LABELS.c.project == project.id).distinct()))
