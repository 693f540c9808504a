"""Texts that are exchanged while people work: what nobody touched can go, what somebody annotated stays.

So does the side of a text, whether it is set aside for judging: of what somebody annotated it never changes, and what
may have been learned from, or shown with a suggestion, is never set aside afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, or_, select, update

from textwright.formats.jsonl import annotation_data
from textwright.store.database import Database
from textwright.store.held_out import HELD_OUT, is_set_aside
from textwright.store.parts import parts
from textwright.store.projects import Project
from textwright.store.tables import ACTS, ANNOTATIONS, DECISIONS, LABELS, SUGGESTIONS, TEXTS
from textwright.types import NOTHING, Example

DEPENDENT = (SUGGESTIONS, LABELS, ANNOTATIONS)


@dataclass(frozen=True, slots=True)
class Stays:
    """What stays of a project's texts when they are exchanged.

    `annotated` are the texts that somebody annotated, without what he said. `learned` are the ids of all texts that
    are not set aside: they never will be.
    """

    annotated: tuple[Example, ...] = ()
    learned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of the texts that were there: how many were taken out, and how many have other facts beside them.

    `lacking` are the examples that are not there, for `add_texts`. `differs` says that a text that stays stands
    otherwise than was wished: with other words, on its other side, or although it was not named.
    """

    removed: int
    changed: int
    lacking: tuple[Example, ...]
    differs: bool = False


def what_stays(database: Database, project: Project) -> Stays:
    """Return what stays of a project's texts, as of one moment."""
    columns = (TEXTS.c.key, TEXTS.c.meta)
    with database.one_moment(), database.read() as connection:
        rows = connection.execute(select(*columns).where(TEXTS.c.project == project.id)).all()
        learned = frozenset(row.key for row in rows if not is_set_aside(row.meta))
        return Stays(tuple(annotated_texts(database, project)), learned)


def annotated_texts(database: Database, project: Project) -> list[Example]:
    """Return the texts that somebody did something with, or that are decided on, without what he said."""
    chosen = select(TEXTS).where(TEXTS.c.project == project.id, _touched()).order_by(TEXTS.c.number)
    with database.read() as connection:
        return [Example(row.key, row.text, meta=row.meta, extra=row.extra) for row in connection.execute(chosen)]


def renew_texts(database: Database, project: Project, examples: Iterable[Example]) -> Renewed:
    """Let a project have these texts, and beside them those that somebody annotated.

    A text that nobody touched goes when it is not among `examples`, or is there with other words: it is then one of
    `lacking`. What stands beside a text that stays becomes what the example says, but for the side that it has to keep.
    """
    wanted = {example.id: example for example in examples}
    return database.write(lambda connection: _renew(connection, project, wanted))


def _renew(connection: Connection, project: Project, wanted: Mapping[str, Example]) -> Renewed:
    touched = _touched().label("touched")
    columns = (TEXTS.c.number, TEXTS.c.key, TEXTS.c.text, TEXTS.c.meta, TEXTS.c.extra, TEXTS.c.given, touched)
    rows = connection.execute(select(*columns).where(TEXTS.c.project == project.id)).all()
    gone = {row.number for row in rows if not row.touched and not _is_same(row, wanted.get(row.key))}
    stays = [row for row in rows if row.number not in gone]
    settled = {row.key: _on_its_side(row, wanted[row.key]) for row in stays if row.key in wanted}
    other = [_beside(row.number, settled[row.key]) for row in stays if _has_other_facts(row, settled)]
    _remove(connection, sorted(gone))
    if other:
        connection.execute(update(TEXTS).where(TEXTS.c.number == bindparam("of")), other)
    here = {row.key for row in stays}
    lacking = tuple(each for key, each in wanted.items() if key not in here)
    return Renewed(len(gone), len(other), lacking, any(_differs(row, wanted) for row in stays))


def _on_its_side(row: Any, example: Example) -> Example:
    """Let a text that stays keep its side; one that was set aside and that nobody touched may be learned from."""
    aside, wished = is_set_aside(row.meta), is_set_aside(example.meta)
    if aside == wished or (aside and not row.touched):
        return example
    meta: dict[str, Any] = {key: each for key, each in example.meta.items() if key != HELD_OUT}
    return replace(example, meta=({**meta, HELD_OUT: True} if aside else meta) or NOTHING)


def _differs(row: Any, wanted: Mapping[str, Example]) -> bool:
    example = wanted.get(row.key)
    return example is None or row.text != example.text or _on_its_side(row, example) is not example


def _touched() -> ColumnElement[bool]:
    """Choose texts of which something is kept that a person did, and questions whose answer is known."""
    acted = exists().where(ACTS.c.text == TEXTS.c.number)
    decided = exists().where(DECISIONS.c.text == TEXTS.c.number)
    return or_(acted, decided, TEXTS.c.gold.is_not(None))


def _is_same(row: Any, example: Example | None) -> bool:
    return example is not None and row.text == example.text and row.given == _given(example)


def _given(example: Example) -> dict[str, Any] | None:
    return annotation_data(example.gold) or None if example.annotator is None else None


def _has_other_facts(row: Any, settled: Mapping[str, Example]) -> bool:
    example = settled.get(row.key)
    if example is None:
        return False
    return bool(row.meta != dict(example.meta) or row.extra != dict(example.extra))


def _beside(number: int, example: Example) -> dict[str, Any]:
    return {"of": number, "meta": dict(example.meta), "extra": dict(example.extra)}


def _remove(connection: Connection, numbers: Sequence[int]) -> None:
    for part in parts(numbers):
        for table in DEPENDENT:
            connection.execute(delete(table).where(table.c.text.in_(part)))
        connection.execute(delete(TEXTS).where(TEXTS.c.number.in_(part)))
