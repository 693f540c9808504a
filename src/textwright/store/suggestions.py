"""What predictors, or the file itself, proposed for texts. Nothing is overwritten: a new round adds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, select, true

from textwright.formats.jsonl import annotation_data
from textwright.store.database import Database
from textwright.store.parts import parts
from textwright.store.projects import Project
from textwright.store.tables import ANNOTATIONS, SUGGESTIONS, TEXTS, now
from textwright.store.texts import annotation_of
from textwright.types import Annotation

FILE = "file"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What `source` proposed for a text; `round` counts the trainings before it."""

    id: int
    text: int
    source: str
    round: int
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion that is not yet kept."""

    text: int
    source: str
    round: int
    annotation: Annotation


def keep_suggestions(database: Database, proposals: Sequence[Proposal]) -> None:
    """Keep suggestions; those of a text that was taken out meanwhile are left out."""
    rows = [
        {
            "text": each.text,
            "source": each.source,
            "round": each.round,
            "annotation": annotation_data(each.annotation),
            "at": now(),
        }
        for each in proposals
    ]
    if rows:
        database.write(lambda connection: _keep(connection, rows))


def _keep(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    there = {
        number
        for part in parts(sorted({row["text"] for row in rows}))
        for number in connection.scalars(select(TEXTS.c.number).where(TEXTS.c.number.in_(part)))
    }
    kept = [row for row in rows if row["text"] in there]
    if kept:
        connection.execute(insert(SUGGESTIONS), kept)


def suggestions_of(database: Database, numbers: Collection[int]) -> dict[int, list[Suggestion]]:
    """Return the suggestions of texts, the newest of each text first."""
    found: dict[int, list[Suggestion]] = {}
    with database.read() as connection:
        for part in parts(sorted(numbers)):
            for row in _of_texts(connection, part):
                found.setdefault(row.text, []).append(_suggestion(row, row.whole))
    return found


def _of_texts(connection: Connection, numbers: Sequence[int]) -> Iterable[Row[Any]]:
    chosen = (
        select(SUGGESTIONS, TEXTS.c.text.label("whole"))
        .join(TEXTS, TEXTS.c.number == SUGGESTIONS.c.text)
        .where(SUGGESTIONS.c.text.in_(numbers))
        .order_by(SUGGESTIONS.c.number.desc())
    )
    return connection.execute(chosen)


def texts_with(database: Database, numbers: Collection[int], *, sources: Collection[str] | None = None) -> set[int]:
    """Return those texts that have a suggestion, of one of `sources` or of any, or for which the file has one."""
    found: set[int] = set()
    known = true() if sources is None else SUGGESTIONS.c.source.in_(list(sources))
    with database.read() as connection:
        for part in parts(sorted(numbers)):
            chosen = select(SUGGESTIONS.c.text).where(SUGGESTIONS.c.text.in_(part), known).distinct()
            found.update(connection.scalars(chosen))
            given = select(TEXTS.c.number).where(TEXTS.c.number.in_(part), TEXTS.c.given.is_not(None))
            found.update(connection.scalars(given))
    return found


def _suggestion(row: Row[Any], text: str) -> Suggestion:
    said = annotation_of(row.annotation, text) or Annotation()
    return Suggestion(row.number, row.text, row.source, row.round, said)


def texts_without(
    database: Database,
    project: Project,
    *,
    source: str,
    round: int,  # noqa: A002
    people: int,
    ahead: int,
) -> list[tuple[int, str]]:
    """List texts that come next and that `source` said nothing of in this round, with their numbers.

    Next come those that somebody has and did not touch, then the first `ahead` in the order of work.
    """
    with database.read() as connection:
        lacking = ~exists().where(
            SUGGESTIONS.c.text == TEXTS.c.number, SUGGESTIONS.c.source == source, SUGGESTIONS.c.round >= round
        )
        taken = select(ANNOTATIONS.c.text).where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.status == "new")
        first = (
            select(TEXTS.c.number)
            .where(TEXTS.c.project == project.id, TEXTS.c.takers < people)
            .order_by(TEXTS.c.takers.desc(), TEXTS.c.rank)
            .limit(ahead)
        )
        of_project = select(TEXTS.c.number, TEXTS.c.text).where(TEXTS.c.project == project.id, lacking)
        held = connection.execute(of_project.where(TEXTS.c.number.in_(taken)).order_by(TEXTS.c.rank).limit(ahead)).all()
        next_ = connection.execute(of_project.where(TEXTS.c.number.in_(first)).order_by(TEXTS.c.rank)).all()
    return list(dict.fromkeys((row.number, row.text) for row in [*held, *next_]))
