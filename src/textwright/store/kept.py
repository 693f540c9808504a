"""What was kept of texts for which there was a suggestion, shown or not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.state import kept_annotation
from textwright.store.tables import ANNOTATIONS, SUGGESTIONS, TEXTS
from textwright.store.texts import annotation_of
from textwright.types import Annotation

LATEST = 5_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What an annotator handed in, what was suggested, whether that was hidden from him, and how long he took."""

    kept: Annotation
    suggested: Annotation
    blind: bool
    seconds: float


def kept_with_suggestions(database: Database, project: Project) -> list[Kept]:
    """List the latest 5,000 annotations that were handed in and for which there was a suggestion."""
    chosen = (
        select(*ANNOTATIONS.c["state", "blind", "seconds"])
        .add_columns(SUGGESTIONS.c.annotation, TEXTS.c.text.label("whole"))
        .join(SUGGESTIONS, SUGGESTIONS.c.number == ANNOTATIONS.c.suggestion)
        .join(TEXTS, TEXTS.c.number == ANNOTATIONS.c.text)
        .where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.status == "done")
        .order_by(ANNOTATIONS.c.at.desc())
        .limit(LATEST)
    )
    with database.read() as connection:
        rows = connection.execute(chosen).all()
    return [
        Kept(
            kept_annotation(row.state, row.whole),
            annotation_of(row.annotation, row.whole) or Annotation(),
            row.blind,
            row.seconds,
        )
        for row in rows
    ]


def count_handed_in_annotations(database: Database, project: Project) -> int:
    """Count the annotations that were handed in: what a figure that was worked out depends on."""
    chosen = select(func.count()).where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.status == "done")
    with database.read() as connection:
        return connection.scalar(chosen) or 0
