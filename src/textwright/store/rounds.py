"""Trainings in the background, one row each, for the curve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.tables import ROUNDS, TEXTS, now


@dataclass(frozen=True, slots=True)
class Round:
    """A training that ended well: its facts as plain data, and when."""

    facts: Mapping[str, Any]
    at: str


def keep_round(database: Database, project: Project, facts: Mapping[str, Any]) -> None:
    """Keep what a training reached."""
    values = {"project": project.id, "facts": dict(facts), "at": now()}
    database.write(lambda connection: connection.execute(insert(ROUNDS).values(**values)))


def rounds_of(database: Database, project: Project) -> list[Round]:
    """List the trainings of a project, the first one first."""
    chosen = select(ROUNDS).where(ROUNDS.c.project == project.id).order_by(ROUNDS.c.number)
    with database.read() as connection:
        return [Round(row.facts, row.at) for row in connection.execute(chosen)]


def count_handed_in(database: Database, project: Project) -> int:
    """Count the texts that somebody handed in."""
    chosen = select(func.count()).where(TEXTS.c.project == project.id, TEXTS.c.handed_in > 0, TEXTS.c.gold.is_(None))
    with database.read() as connection:
        return connection.scalar(chosen) or 0
