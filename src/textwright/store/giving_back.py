"""Texts that were taken by somebody who went away: others get them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    func,
    select,
    update,
)

from textwright.store.database import Database
from textwright.store.holdings import untouched
from textwright.store.parts import parts
from textwright.store.places import names_of_annotators
from textwright.store.projects import Project
from textwright.store.tables import ANNOTATIONS, TEXTS


def give_back(database: Database, project: Project, *, idle: float) -> int:
    """Free the untouched texts of those who did nothing for `idle` seconds; return how many."""
    before = (datetime.now(UTC) - timedelta(seconds=idle)).isoformat(timespec="milliseconds")
    return sum(
        database.write(lambda connection, name=name: _give_back(connection, project, name, before))  # type: ignore[misc]
        for name in _idle(database, project, before)
    )


def _idle(database: Database, project: Project, before: str) -> list[str]:
    """List those who have untouched texts and did nothing since `before`."""
    latest = select(func.max(ANNOTATIONS.c.at)).where(
        ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator == bindparam("name")
    )
    with database.read() as connection:
        holders = (
            name for name in connection.scalars(names_of_annotators(project)).all() if _holds(connection, project, name)
        )
        return [name for name in holders if (connection.scalar(latest, {"name": name}) or "") < before]


def _holds(connection: Connection, project: Project, name: str) -> bool:
    return connection.scalar(select(ANNOTATIONS.c.text).where(untouched(project, name)).limit(1)) is not None


def _give_back(connection: Connection, project: Project, name: str, before: str) -> int:
    old = untouched(project, name), ANNOTATIONS.c.at < before
    gone = delete(ANNOTATIONS).where(*old).returning(ANNOTATIONS.c.text)
    numbers = sorted(connection.scalars(gone))
    for part in parts(numbers):
        connection.execute(update(TEXTS).where(TEXTS.c.number.in_(part)).values(takers=TEXTS.c.takers - 1))
    return len(numbers)
