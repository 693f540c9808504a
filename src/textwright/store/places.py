"""How much work is left, and who is at it. Where it is much, a figure may be a little old."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    func,
    select,
)

from textwright.store.database import Database
from textwright.store.gold import gold_questions
from textwright.store.projects import Project
from textwright.store.tables import ANNOTATIONS, TEXTS

MANY_PLACES, MANY_NAMES, OLD_SECONDS = 2_000, 20, 5.0


def count_open(database: Database, project: Project, *, people: int) -> int:
    """Count the places that are still free: a text that two more may get counts two. Many may be a little old."""
    return _free(database, project, "open", func.coalesce(func.sum(people - TEXTS.c.takers), 0), people=people)


def count_left(database: Database, project: Project, annotator: str, *, people: int) -> int:
    """Count the texts that an annotator may still hand in: free ones, and those that he has and did not finish."""
    free = _free(database, project, "free", func.count(), people=people)
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


def _free(database: Database, project: Project, name: str, counted: ColumnElement[int], *, people: int) -> int:
    """Count something of the texts that fewer than `people` have, gold questions aside; `name` says what."""
    return database.now_and_then(
        (name, project.id, people),
        lambda: _count_free(database, project, counted, people=people),
        is_large=lambda found: found > MANY_PLACES,
        seconds=OLD_SECONDS,
    )


def _count_free(database: Database, project: Project, counted: ColumnElement[int], *, people: int) -> int:
    """Count from an index alone, and take off the gold questions."""
    all_texts = select(counted).where(TEXTS.c.project == project.id, TEXTS.c.takers < people)
    questions = select(counted).where(gold_questions(project), TEXTS.c.takers < people)
    with database.read() as connection:
        return int((connection.scalar(all_texts) or 0) - (connection.scalar(questions) or 0))


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
        return sorted(connection.scalars(names_of_annotators(project)))


def names_of_annotators(project: Project) -> Select[Any]:
    """Choose the names one after the other: with an index that is quick, however many texts each has."""
    first = select(func.min(ANNOTATIONS.c.annotator).label("name")).where(ANNOTATIONS.c.project == project.id)
    names = first.cte("names", recursive=True)
    behind = select(func.min(ANNOTATIONS.c.annotator)).where(
        ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.annotator > names.c.name
    )
    names = names.union_all(select(behind.scalar_subquery()).where(names.c.name.is_not(None)))
    return select(names.c.name).where(names.c.name.is_not(None))
