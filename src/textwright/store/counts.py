"""How far the work is and how fast it goes. Cheap enough to be asked for after every text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from sqlalchemy import ColumnElement, Connection, case, distinct, func, select

from textwright.store.database import Database
from textwright.store.gold import gold_questions
from textwright.store.held_out import set_aside
from textwright.store.parts import parts
from textwright.store.projects import Project
from textwright.store.tables import ANNOTATIONS, TEXTS

LATEST = 50
LARGE = 10_000


@dataclass(frozen=True, slots=True)
class TextCounts:
    """Texts of a project: all, handed in by enough annotators, begun by some but not yet so far, skipped by some."""

    total: int
    done: int
    begun: int
    skipped: int


@dataclass(frozen=True, slots=True)
class AnnotatorCounts:
    """Texts of one annotator, and the pace of the latest that were handed in.

    `seconds_per_text` is the median, `texts_per_hour` what the sum of the seconds gives.
    """

    name: str
    done: int
    begun: int
    skipped: int
    seconds_per_text: float | None
    texts_per_hour: float | None


@dataclass(frozen=True, slots=True)
class Handed:
    """Texts of a project, all and those handed in; `tests` are those of the latter that were set aside."""

    total: int
    done: int
    tests: int


def progress_counts(database: Database, project: Project, people: int) -> TextCounts:
    """Count the texts of a project, done when `people` handed them in. Gold questions are no work and do not count."""
    return database.now_and_then(
        ("texts", project.id, people),
        lambda: _progress_counts(database, project, people),
        is_large=lambda found: found.total > LARGE,
    )


def _progress_counts(database: Database, project: Project, people: int) -> TextCounts:
    with database.read() as connection:
        total, done, some = _handed_in(connection, project, people)
        begun = some + _texts_at(connection, project, "begun", TEXTS.c.handed_in == 0)
        skipped = _texts_at(connection, project, "skipped", TEXTS.c.handed_in < people)
    return TextCounts(total, done, begun, skipped)


def count_handed(database: Database, project: Project) -> Handed:
    """Count the texts that somebody handed in, and how many of them were set aside. Only those are looked into."""
    tests = func.coalesce(func.sum(case((set_aside(), 1), else_=0)), 0)
    done = select(func.count(), tests).where(
        TEXTS.c.project == project.id, TEXTS.c.handed_in > 0, TEXTS.c.gold.is_(None)
    )
    with database.read() as connection:
        return Handed(progress_counts(database, project, 1).total, *map(int, connection.execute(done).one()))


def annotator_counts(database: Database, project: Project, name: str | None = None) -> list[AnnotatorCounts]:
    """Count the texts of each annotator, or of the one called `name`, by name. Gold questions do not count."""
    return database.now_and_then(
        ("annotators", project.id, name),
        lambda: _annotator_counts(database, project, name),
        is_large=lambda found: sum(each.done for each in found) > LARGE,
    )


def _annotator_counts(database: Database, project: Project, name: str | None) -> list[AnnotatorCounts]:
    with database.read() as connection:
        counts = _statuses(connection, project, name)
        return [_annotator(connection, project, each, counts[each]) for each in sorted(counts)]


def _handed_in(connection: Connection, project: Project, people: int) -> tuple[int, int, int]:
    """Count all texts, those that `people` handed in and those that fewer did, from an index alone."""
    done = func.coalesce(func.sum(case((TEXTS.c.handed_in >= people, 1), else_=0)), 0)
    some = func.coalesce(func.sum(case((TEXTS.c.handed_in.between(1, people - 1), 1), else_=0)), 0)
    chosen = select(func.count(), done, some)
    everything = connection.execute(chosen.where(TEXTS.c.project == project.id)).one()
    questions = connection.execute(chosen.where(gold_questions(project))).one()
    total, done_texts, some_texts = (int(all_ - gold) for all_, gold in zip(everything, questions, strict=True))
    return total, done_texts, some_texts


def _texts_at(connection: Connection, project: Project, status: str, also: ColumnElement[bool]) -> int:
    chosen = (
        select(func.count(distinct(ANNOTATIONS.c.text)))
        .join(TEXTS, TEXTS.c.number == ANNOTATIONS.c.text)
        .where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.status == status, TEXTS.c.gold.is_(None), also)
    )
    return connection.scalar(chosen) or 0


def _statuses(connection: Connection, project: Project, name: str | None) -> Mapping[str, Counter[str]]:
    chosen = (
        select(ANNOTATIONS.c.annotator, ANNOTATIONS.c.status, func.count())
        .where(ANNOTATIONS.c.project == project.id)
        .group_by(ANNOTATIONS.c.annotator, ANNOTATIONS.c.status)
    )
    if name is not None:
        chosen = chosen.where(ANNOTATIONS.c.annotator == name)
    numbers = select(TEXTS.c.number).where(gold_questions(project))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for annotator, status, count in connection.execute(chosen):
        counts[annotator][status] += count
    for part in parts(list(connection.scalars(numbers))):
        for annotator, status, count in connection.execute(chosen.where(ANNOTATIONS.c.text.in_(part))):
            counts[annotator][status] -= count
    return counts


def _annotator(connection: Connection, project: Project, name: str, counts: Mapping[str, int]) -> AnnotatorCounts:
    latest = (
        select(ANNOTATIONS.c.seconds)
        .where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator == name, ANNOTATIONS.c.status == "done")
        .order_by(ANNOTATIONS.c.at.desc())
        .limit(LATEST)
    )
    seconds = list(connection.scalars(latest))
    pace = len(seconds) * 3600 / sum(seconds) if sum(seconds) else None
    middle = median(seconds) if seconds else None
    return AnnotatorCounts(name, counts["done"], counts["begun"], counts["skipped"], middle, pace)
