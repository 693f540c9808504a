"""Who gets which text next. A row of `annotations` without acts says that an annotator has taken a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, delete, exists, func, insert, select, update

from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.tables import ANNOTATIONS, TEXTS, now

# How many texts a statement names at most.
MOST_NAMED = 500
# How often one looks for other texts when somebody was quicker.
TRIES = 5
Named = TypeVar("Named", int, str)


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that an annotator has: where it stands, and how it is shown."""

    text: int
    version: int
    status: str
    blind: bool
    suggestion: int | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an annotator asks for: so many texts, without those that he has on his screen already.

    Each text goes to `people` annotators. At most `most` new texts are taken.
    """

    annotator: str
    limit: int
    skip: frozenset[int] = frozenset()
    people: int = 1
    most: int = 1_000


def take_next(
    database: Database, project: Project, wish: Wish, *, blind: Callable[[int], bool] = lambda _: False
) -> list[int]:
    """Return the numbers of the texts that come next for an annotator, and note that he has them.

    Those that others have, too, come first, then by rank. Gold questions are left out.
    """
    return database.write(lambda connection: _take_next(connection, project, wish, blind))


def _take_next(
    connection: Connection, project: Project, wish: Wish, blind: Callable[[int], bool], tries: int = TRIES
) -> list[int]:
    held = _held(connection, project, wish)
    held_back = {number for number, _, _ in held}
    free = [each for each in _free(connection, project, wish) if each[0] not in held_back][: wish.most]
    best = sorted([*held, *free], key=lambda each: (-each[1], each[2], each[0]))[: wish.limit]
    wanted = [number for number, _, _ in best if number not in held_back]
    got = _take(connection, project, wish, wanted, blind)
    if len(got) < len(wanted) and tries:
        return _take_next(connection, project, wish, blind, tries - 1)
    return [number for number, _, _ in best if number in held_back or number in got]


Candidate = tuple[int, int, float]


def _held(connection: Connection, project: Project, wish: Wish) -> list[Candidate]:
    """List the texts that the annotator has and has not touched, with the number of others who have them."""
    chosen = (
        select(TEXTS.c.number, TEXTS.c.takers - 1, TEXTS.c.rank)
        .join(ANNOTATIONS, ANNOTATIONS.c.text == TEXTS.c.number)
        .where(untouched(project, wish.annotator), TEXTS.c.gold.is_(None))
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
                .where(~_has(wish.annotator))
                .order_by(TEXTS.c.rank)
                .limit(wish.limit - len(found))
            )
            found += map(_candidate, connection.execute(chosen))
    return found


def _candidate(row: Any) -> Candidate:
    return row[0], row[1], row[2]


def _has(annotator: str) -> ColumnElement[bool]:
    return exists().where(ANNOTATIONS.c.text == TEXTS.c.number, ANNOTATIONS.c.annotator == annotator)


def untouched(project: Project, annotator: str) -> ColumnElement[bool]:
    """Choose the texts that an annotator has taken and not worked on."""
    return and_(
        ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator == annotator, ANNOTATIONS.c.status == "new"
    )


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
    facts = {"annotator": annotator, "project": project.id, "version": 0, "status": "new", "seconds": 0.0, "at": now()}
    rows = [{"text": number, "blind": blind(number), **facts} for number in numbers]
    if rows:
        connection.execute(insert(ANNOTATIONS), rows)


def parts(names: Sequence[Named]) -> Iterable[Sequence[Named]]:
    """Part numbers or ids into lists that a statement can hold."""
    return (names[start : start + MOST_NAMED] for start in range(0, len(names), MOST_NAMED))


# --- what an annotator has --------------------------------------------------------------------


def begun_texts(database: Database, project: Project, annotator: str) -> list[int]:
    """List the texts that an annotator has begun and not handed in, by rank."""
    chosen = (
        select(TEXTS.c.number)
        .join(ANNOTATIONS, ANNOTATIONS.c.text == TEXTS.c.number)
        .where(
            ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator == annotator, ANNOTATIONS.c.status == "begun"
        )
        .order_by(TEXTS.c.rank, TEXTS.c.number)
    )
    with database.read() as connection:
        return list(connection.scalars(chosen))


def taken_texts(database: Database, annotator: str, numbers: Collection[int]) -> dict[int, Taken]:
    """Say where an annotator stands with texts; a text that he does not have is left out."""
    found: dict[int, Taken] = {}
    with database.read() as connection:
        for part in parts(sorted(numbers)):
            chosen = select(ANNOTATIONS).where(ANNOTATIONS.c.annotator == annotator, ANNOTATIONS.c.text.in_(part))
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


# --- how much there is ------------------------------------------------------------------------


def count_open(database: Database, project: Project, *, people: int, most: int) -> int:
    """Count the places that are still free, up to `most` texts: a text that two more may get counts two."""
    free = (
        select((people - TEXTS.c.takers).label("free"))
        .where(TEXTS.c.project == project.id, TEXTS.c.takers < people, TEXTS.c.gold.is_(None))
        .limit(most)
        .subquery()
    )
    with database.read() as connection:
        return connection.scalar(select(func.coalesce(func.sum(free.c.free), 0))) or 0


def count_left(database: Database, project: Project, annotator: str, *, people: int) -> int:
    """Count the texts that an annotator may still hand in: free ones, and those that he has and did not finish."""
    free = select(func.count()).where(
        TEXTS.c.project == project.id, TEXTS.c.takers < people, TEXTS.c.gold.is_(None), ~_has(annotator)
    )
    own = (
        select(func.count())
        .select_from(ANNOTATIONS.join(TEXTS, TEXTS.c.number == ANNOTATIONS.c.text))
        .where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator == annotator)
        .where(ANNOTATIONS.c.status.in_(("new", "begun")), TEXTS.c.gold.is_(None))
    )
    with database.read() as connection:
        return (connection.scalar(free) or 0) + (connection.scalar(own) or 0)


def annotators(database: Database, project: Project) -> list[str]:
    """List the names of those who have a text of the project, sorted."""
    chosen = select(ANNOTATIONS.c.annotator).where(ANNOTATIONS.c.project == project.id).distinct()
    with database.read() as connection:
        return sorted(connection.scalars(chosen))


# --- giving back ------------------------------------------------------------------------------


def give_back(database: Database, project: Project, *, idle: float) -> int:
    """Free the untouched texts of those who did nothing for `idle` seconds; return how many."""
    before = (datetime.now(UTC) - timedelta(seconds=idle)).isoformat(timespec="milliseconds")
    return database.write(lambda connection: _give_back(connection, project, before))


def _give_back(connection: Connection, project: Project, before: str) -> int:
    latest = (
        select(ANNOTATIONS.c.annotator)
        .where(ANNOTATIONS.c.project == project.id)
        .group_by(ANNOTATIONS.c.annotator)
        .having(func.max(ANNOTATIONS.c.at) < before)
    )
    freed = 0
    for name in list(connection.scalars(latest)):
        gone = delete(ANNOTATIONS).where(untouched(project, name)).returning(ANNOTATIONS.c.text)
        numbers = sorted(connection.scalars(gone))
        for part in parts(numbers):
            connection.execute(update(TEXTS).where(TEXTS.c.number.in_(part)).values(takers=TEXTS.c.takers - 1))
        freed += len(numbers)
    return freed
