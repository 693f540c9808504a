"""Gold questions: texts whose answer is known, asked of every annotator among the others."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, exists, select, update

from textwright.store.database import Database
from textwright.store.holdings import untouched
from textwright.store.projects import Project
from textwright.store.queue import note_taken
from textwright.store.state import State, state_of
from textwright.store.tables import ANNOTATIONS, TEXTS
from textwright.store.texts import StoredText, stored_text


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """What an annotator handed in for a gold question."""

    text: StoredText
    annotator: str
    state: State
    at: str


def take_gold(
    database: Database,
    project: Project,
    annotator: str,
    wanted: int,
    *,
    skip: Collection[int] = (),
    blind: Callable[[int], bool] = lambda _: False,
) -> list[int]:
    """Return gold questions for an annotator that he has not worked on, and note that he has them."""

    def step(connection: Connection) -> list[int]:
        mine = exists().where(ANNOTATIONS.c.text == TEXTS.c.number, ANNOTATIONS.c.annotator == annotator)
        gold = select(TEXTS.c.number).where(gold_questions(project))
        begun = exists().where(ANNOTATIONS.c.text == TEXTS.c.number, untouched(project, annotator))
        held = [each for each in connection.scalars(gold.where(begun).order_by(TEXTS.c.rank)) if each not in skip]
        new = gold.where(~mine).order_by(TEXTS.c.rank).limit(max(0, wanted - len(held)))
        taken = list(connection.scalars(new))
        note_taken(connection, project, annotator, taken, blind)
        for number in taken:
            counted = update(TEXTS).where(TEXTS.c.number == number)
            connection.execute(counted.values(takers=TEXTS.c.takers + 1))
        return [*held, *taken][:wanted]

    return database.write(step) if wanted else []


def gold_questions(project: Project) -> ColumnElement[bool]:
    """Choose the gold questions of a project. The sum keeps SQLite from going through all texts by another index."""
    return and_(TEXTS.c.gold.is_not(None), TEXTS.c.project + 0 == project.id)


def has_gold(database: Database, project: Project) -> bool:
    """Say whether the project has gold questions."""
    with database.read() as connection:
        found = connection.scalar(select(TEXTS.c.number).where(gold_questions(project)).limit(1))
    return found is not None


def gold_answers(database: Database, project: Project, *, annotator: str | None = None) -> list[GoldAnswer]:
    """List what was handed in for gold questions, by one annotator or by all, the oldest first."""
    chosen = (
        select(TEXTS, ANNOTATIONS.c.annotator, ANNOTATIONS.c.state, ANNOTATIONS.c.at)
        .join(ANNOTATIONS, ANNOTATIONS.c.text == TEXTS.c.number)
        .where(gold_questions(project), ANNOTATIONS.c.status == "done")
        .order_by(ANNOTATIONS.c.at)
    )
    if annotator is not None:
        chosen = chosen.where(ANNOTATIONS.c.annotator == annotator)
    with database.read() as connection:
        rows = connection.execute(chosen).all()
    return [
        GoldAnswer(stored_text(row), row.annotator, state_of(row.state, row.text, project.schema), row.at)
        for row in rows
    ]
