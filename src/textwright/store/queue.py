"""Who gets which text next. A row of `annotations` without acts says that an annotator has taken a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    true,
    tuple_,
    update,
)

from textwright.store.database import Database
from textwright.store.held_out import set_aside
from textwright.store.projects import Project
from textwright.store.tables import ANNOTATIONS, TEXTS, now

# How many texts a statement names at most.
MOST_NAMED = 500
# How often one looks for other texts when somebody was quicker.
TRIES = 5
# The kind of lock, among those of PostgreSQL's that stand for nothing of its own, that orders who takes texts.
TAKING = 0x7477
# How many places are free, and who has texts, may be a little old where it is much.
MANY_PLACES, MANY_NAMES, OLD_SECONDS = 2_000, 20, 5.0
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


def untouched(project: Project, annotator: str) -> ColumnElement[bool]:
    """Choose the texts that an annotator has taken and not worked on."""
    return _at(project, annotator, "new")


def _at(project: Project, annotator: str, status: str) -> ColumnElement[bool]:
    """Choose what an annotator has at a status. The pair is compared as a whole, which only one index can do.

    PostgreSQL, where it has no statistics yet, would as soon go through what everybody has at that status.
    """
    pair, wanted = tuple_(ANNOTATIONS.c.annotator, ANNOTATIONS.c.status), tuple_(annotator, status)
    return and_(ANNOTATIONS.c.project == project.id, pair >= wanted, pair <= wanted)


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
            connection.execute(_noted(annotator, project, is_blind), {"numbers": part})


def _by_blindness(numbers: Iterable[int], blind: Callable[[int], bool]) -> dict[bool, list[int]]:
    found: dict[bool, list[int]] = {}
    for number in numbers:
        found.setdefault(bool(blind(number)), []).append(number)
    return found


def _noted(annotator: str, project: Project, is_blind: bool) -> Any:
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


def gold_questions(project: Project) -> ColumnElement[bool]:
    """Choose the gold questions of a project. The sum keeps SQLite from going through all texts by another index."""
    return and_(TEXTS.c.gold.is_not(None), TEXTS.c.project + 0 == project.id)


def parts(names: Sequence[Named]) -> Iterable[Sequence[Named]]:
    """Part numbers or ids into lists that a statement can hold."""
    return (names[start : start + MOST_NAMED] for start in range(0, len(names), MOST_NAMED))


# --- what an annotator has --------------------------------------------------------------------


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


# --- how much there is ------------------------------------------------------------------------


def count_open(database: Database, project: Project, *, people: int) -> int:
    """Count the places that are still free: a text that two more may get counts two. Many may be a little old."""
    return database.now_and_then(
        ("open", project.id, people),
        lambda: _count_open(database, project, people),
        is_large=lambda found: found > MANY_PLACES,
        seconds=OLD_SECONDS,
    )


def _count_open(database: Database, project: Project, people: int) -> int:
    """Count from an index alone, and take off the gold questions."""
    free = func.coalesce(func.sum(people - TEXTS.c.takers), 0)
    chosen = select(free).where(TEXTS.c.project == project.id, TEXTS.c.takers < people)
    with database.read() as connection:
        questions = connection.scalar(select(free).where(gold_questions(project), TEXTS.c.takers < people)) or 0
        return int((connection.scalar(chosen) or 0) - questions)


def count_left(database: Database, project: Project, annotator: str, *, people: int) -> int:
    """Count the texts that an annotator may still hand in: free ones, and those that he has and did not finish."""
    free = database.now_and_then(
        ("free", project.id, people),
        lambda: _count_free(database, project, people),
        is_large=lambda found: found > MANY_PLACES,
        seconds=OLD_SECONDS,
    )
    # All his own are looked at, instead of all texts: each free text that he has is no new one for him.
    unfinished = func.coalesce(func.sum(case((ANNOTATIONS.c.status.in_(("new", "begun")), 1), else_=0)), 0)
    known = func.coalesce(func.sum(case((TEXTS.c.takers < people, 1), else_=0)), 0)
    own = (
        select(unfinished, known)
        .select_from(ANNOTATIONS.join(TEXTS, TEXTS.c.number == ANNOTATIONS.c.text))
        .where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator == annotator, TEXTS.c.gold.is_(None))
    )
    with database.read() as connection:
        open_, free_too = connection.execute(own).one()
    return max(0, free - int(free_too)) + int(open_)


def _count_free(database: Database, project: Project, people: int) -> int:
    """Count from an index alone, and take off the gold questions."""
    chosen = select(func.count()).where(TEXTS.c.project == project.id, TEXTS.c.takers < people)
    with database.read() as connection:
        gold = select(func.count()).where(gold_questions(project), TEXTS.c.takers < people)
        questions = connection.scalar(gold) or 0
        return (connection.scalar(chosen) or 0) - questions


def annotators(database: Database, project: Project) -> list[str]:
    """List the names of those who have a text of the project, sorted. Those who came just now may be missing."""
    return database.now_and_then(
        ("names", project.id),
        lambda: _annotators(database, project),
        is_large=lambda found: len(found) > MANY_NAMES,
        seconds=OLD_SECONDS,
    )


def _annotators(database: Database, project: Project) -> list[str]:
    with database.read() as connection:
        return sorted(connection.scalars(_names(project)))


def _names(project: Project) -> Select[Any]:
    """Choose the names one after the other: with an index that is quick, however many texts each has."""
    first = select(func.min(ANNOTATIONS.c.annotator).label("name")).where(ANNOTATIONS.c.project == project.id)
    names = first.cte("names", recursive=True)
    behind = select(func.min(ANNOTATIONS.c.annotator)).where(
        ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator > names.c.name
    )
    names = names.union_all(select(behind.scalar_subquery()).where(names.c.name.is_not(None)))
    return select(names.c.name).where(names.c.name.is_not(None))


# --- giving back ------------------------------------------------------------------------------


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
        holders = (name for name in connection.scalars(_names(project)).all() if _holds(connection, project, name))
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
