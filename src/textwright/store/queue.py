"""Who gets which text next. A row of `annotations` without acts says that an annotator has taken a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    exists,
    func,
    insert,
    literal,
    select,
    true,
    update,
)

from textwright.store.database import Database
from textwright.store.held_out import set_aside
from textwright.store.holdings import untouched
from textwright.store.parts import parts
from textwright.store.projects import Project
from textwright.store.tables import ANNOTATIONS, TEXTS, now

# How often one looks for other texts when somebody was quicker.
TRIES = 5
# The kind of lock, among those of PostgreSQL's that stand for nothing of its own, that orders who takes texts.
TAKING = 0x7477


@dataclass(frozen=True, slots=True)
class Wish:
    """What an annotator asks for: so many texts, without those that he has on his screen already.

    Each text goes to `people` annotators. At most `most` new texts are taken; the first `shown` of them are never
    blind. `held_out` asks for texts that were set aside, or for the others; None: for both.
    """

    annotator: str
    limit: int
    skip: frozenset[int] = frozenset()
    people: int = 1
    most: int = 1_000
    shown: int = 0
    held_out: bool | None = None


def take_next(
    database: Database, project: Project, wish: Wish, *, blind: Callable[[int], bool] = lambda _: False
) -> list[int]:
    """Return the numbers of the texts that come next for an annotator, and note that he has them.

    Those that others have, too, come first, then by rank. Gold questions are left out.
    """
    return database.write(lambda connection: _take_in_turn(connection, project, wish, blind))


def _take_in_turn(connection: Connection, project: Project, wish: Wish, blind: Callable[[int], bool]) -> list[int]:
    """Take texts when no other does: all would choose the same ones, and most would go away empty."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(select(func.pg_advisory_xact_lock(TAKING, project.id)))
    return _take_next(connection, project, wish, blind)


def _take_next(
    connection: Connection, project: Project, wish: Wish, blind: Callable[[int], bool], tries: int = TRIES
) -> list[int]:
    held = _held(connection, project, wish)
    held_back = {number for number, _, _ in held}
    free = [each for each in _free(connection, project, wish) if each[0] not in held_back][: wish.most]
    best = sorted([*held, *free], key=lambda each: (-each[1], each[2], each[0]))[: wish.limit]
    wanted = [number for number, _, _ in best if number not in held_back]
    shown = set(wanted[: wish.shown])
    got = _take(connection, project, wish, wanted, lambda number: number not in shown and blind(number))
    if len(got) < len(wanted) and tries:  # who hands in a text that he has not asked for takes it, too
        return _take_next(connection, project, wish, blind, tries - 1)
    return [number for number, _, _ in best if number in held_back or number in got]


Candidate = tuple[int, int, float]


def _held(connection: Connection, project: Project, wish: Wish) -> list[Candidate]:
    """List the texts that the annotator has and has not touched, with the number of others who have them."""
    chosen = (
        select(TEXTS.c.number, TEXTS.c.takers - 1, TEXTS.c.rank)
        .join(ANNOTATIONS, ANNOTATIONS.c.text == TEXTS.c.number)
        .where(untouched(project, wish.annotator), TEXTS.c.gold.is_(None), _of_kind(wish))
    )
    return [each for each in map(_candidate, connection.execute(chosen)) if each[0] not in wish.skip]


def _free(connection: Connection, project: Project, wish: Wish) -> list[Candidate]:
    """List the texts that may go to the annotator, those that others have first."""
    found: list[Candidate] = []
    for takers in reversed(range(wish.people)):
        if len(found) < wish.limit:
            chosen = (
                select(TEXTS.c.number, TEXTS.c.takers, TEXTS.c.rank)
                .where(TEXTS.c.project == project.id, TEXTS.c.takers == takers, TEXTS.c.gold.is_(None))
                .where(~_has(wish.annotator), _of_kind(wish))
                .order_by(TEXTS.c.rank)
                .limit(wish.limit - len(found))
            )
            found += map(_candidate, connection.execute(chosen))
    return found


def _of_kind(wish: Wish) -> ColumnElement[bool]:
    """Choose texts that were set aside, the others, or both."""
    if wish.held_out is None:
        return true()
    return set_aside() if wish.held_out else ~set_aside()


def _candidate(row: Any) -> Candidate:
    return row[0], row[1], row[2]


def _has(annotator: str) -> ColumnElement[bool]:
    return exists().where(ANNOTATIONS.c.text == TEXTS.c.number, ANNOTATIONS.c.annotator == annotator)


def _take(
    connection: Connection, project: Project, wish: Wish, numbers: Sequence[int], blind: Callable[[int], bool]
) -> set[int]:
    """Take those texts that fewer than `people` have; another process may have been quicker."""
    got: set[int] = set()
    for part in parts(sorted(numbers)):
        free = TEXTS.c.number.in_(part), TEXTS.c.takers < wish.people
        taken = update(TEXTS).where(*free).values(takers=TEXTS.c.takers + 1).returning(TEXTS.c.number)
        got.update(connection.scalars(taken))
    note_taken(connection, project, wish.annotator, sorted(got), blind)
    return got


def note_taken(
    connection: Connection, project: Project, annotator: str, numbers: Iterable[int], blind: Callable[[int], bool]
) -> None:
    """Write that an annotator has texts; who counts the takers is the caller."""
    for is_blind, some in _by_blindness(numbers, blind).items():
        for part in parts(some):
            connection.execute(_noted(annotator, project, is_blind=is_blind), {"numbers": part})


def _by_blindness(numbers: Iterable[int], blind: Callable[[int], bool]) -> dict[bool, list[int]]:
    found: dict[bool, list[int]] = {}
    for number in numbers:
        found.setdefault(bool(blind(number)), []).append(number)
    return found


def _noted(annotator: str, project: Project, *, is_blind: bool) -> Any:
    """Build a statement that adds a row for each text: one for all is much cheaper than one for each."""
    facts = {
        "annotator": annotator,
        "project": project.id,
        "version": 0,
        "status": "new",
        "seconds": 0.0,
        "at": now(),
        "blind": is_blind,
    }
    values = (literal(value, ANNOTATIONS.c[name].type) for name, value in facts.items())
    texts = select(TEXTS.c.number, *values).where(TEXTS.c.number.in_(bindparam("numbers", expanding=True)))
    return insert(ANNOTATIONS).from_select(["text", *facts], texts)
