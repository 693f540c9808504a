"""Texts that were set aside for judging: their `meta` says `held_out`. No model ever learns from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, false, func, select

from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.tables import TEXTS

HELD_OUT = "held_out"


def is_set_aside(meta: Mapping[str, Any]) -> bool:
    """Say of a text, by its `meta`, whether it was set aside.

    >>> is_set_aside({"held_out": True}), is_set_aside({})
    (True, False)
    """
    return meta.get(HELD_OUT) is True


def set_aside() -> ColumnElement[bool]:
    """Choose the texts that were set aside."""
    return func.coalesce(TEXTS.c.meta[HELD_OUT].as_boolean(), false())


@dataclass(frozen=True, slots=True)
class Handed:
    """Texts of a project, all and those handed in; `tests` are those of the latter that were set aside."""

    total: int
    done: int
    tests: int


def count_handed(database: Database, project: Project) -> Handed:
    """Count the texts that somebody handed in, and how many of them were set aside."""
    done = TEXTS.c.handed_in > 0
    counts = (func.count(), _sum(done), _sum(done & set_aside()))
    with database.read() as connection:
        row = connection.execute(select(*counts).where(TEXTS.c.project == project.id, TEXTS.c.gold.is_(None))).one()
    return Handed(*map(int, row))


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
