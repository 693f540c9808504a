"""What was annotated, as examples: streamed, so that the memory needed does not grow with the project.

People may work meanwhile: each annotation comes once, as it is when its turn comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Row, Select, select, tuple_

from textwright.schema import Schema
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.state import kept_annotation, layers
from textwright.store.tables import ANNOTATIONS, DECISIONS, TEXTS
from textwright.store.texts import CHUNK, annotation_of
from textwright.types import Annotation, Example

Which = Literal["annotators", "gold"]
HandedIn = Literal["any", "done"]


def examples(
    database: Database, project: Project, *, which: Which = "annotators", status: HandedIn = "any"
) -> Iterator[Example]:
    """Yield what annotators made of each text, or the gold that came of it, by the number of the text.

    `annotators`: one example for each text and annotator, with `status`, `at` and `seconds` (and `note`,
    `flagged`) as further keys; what nobody has touched is left out, with `status` "done" also what is not
    handed in. `gold`: one a text: the latest decision, else what all who handed in agree on, else the only
    one handed in. Gold questions are left out of both.
    """
    return _annotated(database, project, status) if which == "annotators" else _gold(database, project)


def _annotated(database: Database, project: Project, status: HandedIn) -> Iterator[Example]:
    last: tuple[int, str] = (0, "")
    while rows := _read(database, _annotations(project, status, last)):
        yield from (_example(row, project.schema) for row in rows)
        last = (rows[-1].number, rows[-1].annotator)


def _annotations(project: Project, status: HandedIn, last: tuple[int, str]) -> Select[Any]:
    place = tuple_(ANNOTATIONS.c.text, ANNOTATIONS.c.annotator)
    chosen = (
        select(*TEXTS.c["number", "key", "text", "meta", "extra"])
        .add_columns(*ANNOTATIONS.c["annotator", "status", "state", "seconds", "at"])
        .join(TEXTS, TEXTS.c.number == ANNOTATIONS.c.text)
        .where(ANNOTATIONS.c.project == project.id, TEXTS.c.gold.is_(None), place > last)
        .order_by(ANNOTATIONS.c.text, ANNOTATIONS.c.annotator)
        .limit(CHUNK)
    )
    return chosen.where(ANNOTATIONS.c.status == "done" if status == "done" else ANNOTATIONS.c.version > 0)


def _example(row: Row[Any], schema: Schema) -> Example:
    gold = layers(kept_annotation(row.state, row.text), schema)
    if row.status == "skipped" and not (gold.spans or gold.categories):
        gold = Annotation()
    facts: dict[str, Any] = {"status": row.status, "at": row.at, "seconds": round(row.seconds, 3)}
    if row.state["note"]:
        facts["note"] = row.state["note"]
    if row.state["flagged"]:
        facts["flagged"] = True
    return Example(row.key, row.text, gold, row.meta, row.annotator, {**row.extra, **facts})


def _gold(database: Database, project: Project) -> Iterator[Example]:
    last = 0
    while texts := _read(database, _texts(project, last)):
        last = texts[-1].number
        yield from _gold_of(database, project, texts)


def _texts(project: Project, last: int) -> Select[Any]:
    decided = select(DECISIONS.c.text).where(DECISIONS.c.text == TEXTS.c.number).exists()
    return (
        select(*TEXTS.c["number", "key", "text", "meta", "extra"])
        .where(TEXTS.c.project == project.id, TEXTS.c.gold.is_(None), TEXTS.c.number > last)
        .where((TEXTS.c.handed_in > 0) | decided)
        .order_by(TEXTS.c.number)
        .limit(CHUNK)
    )


def _gold_of(database: Database, project: Project, texts: Sequence[Row[Any]]) -> Iterator[Example]:
    numbers = [row.number for row in texts]
    decisions = {row.text: row for row in _read(database, _decisions(numbers))}  # the latest of a text comes last
    sides = _by_text(_read(database, _handed_in(numbers)))
    for row in texts:
        if row.number in decisions:
            decision = decisions[row.number]
            said = annotation_of(decision.annotation, row.text) or Annotation()
            yield _gold_example(row, said, project.schema, {"at": decision.at, "from": "decision"})
        elif len({side.content for side in sides[row.number]}) == 1:
            first, *others = sides[row.number]
            facts = {"at": first.at, "from": "agreement" if others else "one annotator"}
            yield _gold_example(row, kept_annotation(first.state, row.text), project.schema, facts)


def _decisions(numbers: Sequence[int]) -> Select[Any]:
    return select(DECISIONS).where(DECISIONS.c.text.in_(numbers)).order_by(DECISIONS.c.number)


def _handed_in(numbers: Sequence[int]) -> Select[Any]:
    return (
        select(*ANNOTATIONS.c["text", "state", "content", "at"])
        .where(ANNOTATIONS.c.text.in_(numbers), ANNOTATIONS.c.status == "done")
        .order_by(ANNOTATIONS.c.text, ANNOTATIONS.c.at)
    )


def _by_text(rows: Sequence[Row[Any]]) -> Mapping[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.text].append(row)
    return found


def _gold_example(row: Row[Any], said: Annotation, schema: Schema, facts: Mapping[str, Any]) -> Example:
    return Example(row.key, row.text, layers(said, schema), row.meta, None, {**row.extra, **facts})


def _read(database: Database, chosen: Select[Any]) -> Sequence[Row[Any]]:
    with database.read() as connection:
        return connection.execute(chosen).all()
