"""Texts that are exchanged while people work: what nobody touched can go, what somebody annotated stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, or_, select, update

from textwright.formats.jsonl import annotation_data
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.queue import parts
from textwright.store.tables import ACTS, ANNOTATIONS, DECISIONS, LABELS, SUGGESTIONS, TEXTS
from textwright.types import Example

DEPENDENT = (SUGGESTIONS, LABELS, ANNOTATIONS)


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of the texts that were there: how many were taken out, and how many have other facts beside them.

    `lacking` are the examples that are not there, for `add_texts`.
    """

    removed: int
    changed: int
    lacking: tuple[Example, ...]


def annotated_texts(database: Database, project: Project) -> list[Example]:
    """Return the texts that somebody did something with, or that are decided on, without what he said."""
    chosen = select(TEXTS).where(TEXTS.c.project == project.id, _touched()).order_by(TEXTS.c.number)
    with database.read() as connection:
        return [Example(row.key, row.text, meta=row.meta, extra=row.extra) for row in connection.execute(chosen)]


def renew_texts(database: Database, project: Project, examples: Iterable[Example]) -> Renewed:
    """Let a project have these texts, and beside them those that somebody annotated.

    A text that nobody touched goes when it is not among `examples`, or is there with other words: it is then one of
    `lacking`. What stands beside a text that stays becomes what the example says.
    """
    wanted = {example.id: example for example in examples}
    return database.write(lambda connection: _renew(connection, project, wanted))


def _renew(connection: Connection, project: Project, wanted: Mapping[str, Example]) -> Renewed:
    touched = _touched().label("touched")
    columns = (TEXTS.c.number, TEXTS.c.key, TEXTS.c.text, TEXTS.c.meta, TEXTS.c.extra, TEXTS.c.given, touched)
    rows = connection.execute(select(*columns).where(TEXTS.c.project == project.id)).all()
    gone = {row.number for row in rows if not row.touched and not _is_same(row, wanted.get(row.key))}
    other = [_beside(row.number, wanted[row.key]) for row in rows if _has_other_facts(row, gone, wanted)]
    _remove(connection, sorted(gone))
    if other:
        connection.execute(update(TEXTS).where(TEXTS.c.number == bindparam("of")), other)
    here = {row.key for row in rows if row.number not in gone}
    return Renewed(len(gone), len(other), tuple(each for key, each in wanted.items() if key not in here))


def _touched() -> ColumnElement[bool]:
    """Choose texts of which something is kept that a person did, and questions whose answer is known."""
    acted = exists().where(ACTS.c.text == TEXTS.c.number)
    decided = exists().where(DECISIONS.c.text == TEXTS.c.number)
    return or_(acted, decided, TEXTS.c.gold.is_not(None))


def _is_same(row: Any, example: Example | None) -> bool:
    return example is not None and row.text == example.text and row.given == _given(example)


def _given(example: Example) -> dict[str, Any] | None:
    return annotation_data(example.gold) or None if example.annotator is None else None


def _has_other_facts(row: Any, gone: set[int], wanted: Mapping[str, Example]) -> bool:
    example = wanted.get(row.key)
    if example is None or row.number in gone:
        return False
    return bool(row.meta != dict(example.meta) or row.extra != dict(example.extra))


def _beside(number: int, example: Example) -> dict[str, Any]:
    return {"of": number, "meta": dict(example.meta), "extra": dict(example.extra)}


def _remove(connection: Connection, numbers: Sequence[int]) -> None:
    for part in parts(numbers):
        for table in DEPENDENT:
            connection.execute(delete(table).where(table.c.text.in_(part)))
        connection.execute(delete(TEXTS).where(TEXTS.c.number.in_(part)))
