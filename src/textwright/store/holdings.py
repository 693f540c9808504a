"""The texts that an annotator has: where he stands with them, and how they are shown to him."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    func,
    select,
    tuple_,
    update,
)

from textwright.store.database import Database
from textwright.store.parts import parts
from textwright.store.projects import Project
from textwright.store.tables import ANNOTATIONS, TEXTS


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that an annotator has: where it stands, and how it is shown."""

    text: int
    version: int
    status: str
    blind: bool
    suggestion: int | None


def begun_texts(database: Database, project: Project, annotator: str) -> list[int]:
    """List the texts that an annotator has begun and not handed in, by rank."""
    chosen = (
        select(TEXTS.c.number)
        .join(ANNOTATIONS, ANNOTATIONS.c.text == TEXTS.c.number)
        .where(_at(project, annotator, "begun"))
        .order_by(TEXTS.c.rank, TEXTS.c.number)
    )
    with database.read() as connection:
        return list(connection.scalars(chosen))


def taken_texts(database: Database, annotator: str, numbers: Collection[int]) -> dict[int, Taken]:
    """Say where an annotator stands with texts; a text that he does not have is left out."""
    found: dict[int, Taken] = {}
    facts = ANNOTATIONS.c["text", "version", "status", "blind", "suggestion"]
    with database.read() as connection:
        for part in parts(sorted(numbers)):
            chosen = select(*facts).where(ANNOTATIONS.c.annotator == annotator, ANNOTATIONS.c.text.in_(part))
            found.update((row.text, _taken(row)) for row in connection.execute(chosen))
    return found


def _taken(row: Row[Any]) -> Taken:
    return Taken(row.text, row.version, row.status, row.blind, row.suggestion)


def count_touched(database: Database, project: Project, annotator: str) -> int:
    """Count the texts that an annotator has worked on."""
    chosen = select(func.count()).where(
        ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator == annotator, ANNOTATIONS.c.status != "new"
    )
    with database.read() as connection:
        return connection.scalar(chosen) or 0


def count_untouched(database: Database, project: Project, annotator: str) -> int:
    """Count the texts that an annotator has taken and not worked on."""
    with database.read() as connection:
        return connection.scalar(select(func.count()).where(untouched(project, annotator))) or 0


def has_any(database: Database, project: Project, annotator: str) -> bool:
    """Say whether an annotator has, or had, any text."""
    chosen = select(ANNOTATIONS.c.text).where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator == annotator)
    with database.read() as connection:
        return connection.scalar(chosen.limit(1)) is not None


def note_shown(database: Database, annotator: str, shown: Iterable[tuple[int, int]]) -> None:
    """Note which suggestion (number) each untouched text is shown with."""
    rows = [{"chosen": text, "new": suggestion} for text, suggestion in sorted(shown)]
    same = ANNOTATIONS.c.text == bindparam("chosen"), ANNOTATIONS.c.annotator == annotator, ANNOTATIONS.c.version == 0
    noted = update(ANNOTATIONS).where(*same).values(suggestion=bindparam("new"))
    if rows:
        database.write(lambda connection: connection.execute(noted, rows))


def untouched(project: Project, annotator: str) -> ColumnElement[bool]:
    """Choose the texts that an annotator has taken and not worked on."""
    return _at(project, annotator, "new")


def _at(project: Project, annotator: str, status: str) -> ColumnElement[bool]:
    """Choose what an annotator has at a status. The pair is compared as a whole, which only one index can do.

    PostgreSQL, where it has no statistics yet, would as soon go through what everybody has at that status.
    """
    pair, wanted = tuple_(ANNOTATIONS.c.annotator, ANNOTATIONS.c.status), tuple_(annotator, status)
    return and_(ANNOTATIONS.c.project == project.id, pair >= wanted, pair <= wanted)
