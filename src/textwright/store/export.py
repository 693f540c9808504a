"""What was annotated, as examples: streamed, so that the memory needed does not grow with the project.

People may work meanwhile: each annotation comes once, as it is when its turn comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, select

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
    for texts in _texts(database, project, TEXTS.c.takers > 0):
        by_number = {row.number: row for row in texts}
        for side in _read(database, _sides(list(by_number), status)):
            yield _example(by_number[side.text], side, project.schema)


def _texts(database: Database, project: Project, which: ColumnElement[bool]) -> Iterator[Sequence[Row[Any]]]:
    """Yield some texts at a time, by number."""
    chosen = (
        select(*TEXTS.c["number", "key", "text", "meta", "extra"])
        .where(TEXTS.c.project == project.id, TEXTS.c.gold.is_(None), which)
        .order_by(TEXTS.c.number)
        .limit(CHUNK)
    )
    last = 0
    while rows := _read(database, chosen.where(TEXTS.c.number > last)):
        yield rows
        last = rows[-1].number


def _sides(numbers: Sequence[int], status: HandedIn) -> Select[Any]:
    chosen = (
        select(*ANNOTATIONS.c["text", "annotator", "status", "state", "seconds", "content", "at"])
        .where(ANNOTATIONS.c.text.in_(numbers), ANNOTATIONS.c.version > 0)
        .order_by(ANNOTATIONS.c.text, ANNOTATIONS.c.annotator)
    )
    return chosen.where(ANNOTATIONS.c.status == "done") if status == "done" else chosen


def _example(text: Row[Any], side: Row[Any], schema: Schema) -> Example:
    gold = layers(kept_annotation(side.state, text.text), schema)
    if side.status == "skipped" and not (gold.spans or gold.categories):
        gold = Annotation()
    facts: dict[str, Any] = {"status": side.status, "at": side.at, "seconds": round(side.seconds, 3)}
    if side.state["note"]:
        facts["note"] = side.state["note"]
    if side.state["flagged"]:
        facts["flagged"] = True
    return Example(text.key, text.text, gold, text.meta, side.annotator, {**text.extra, **facts})


def _gold(database: Database, project: Project) -> Iterator[Example]:
    decided = select(DECISIONS.c.text).where(DECISIONS.c.text == TEXTS.c.number).exists()
    for texts in _texts(database, project, (TEXTS.c.handed_in > 0) | decided):
        yield from _gold_of(database, project, texts)


def _gold_of(database: Database, project: Project, texts: Sequence[Row[Any]]) -> Iterator[Example]:
    numbers = [row.number for row in texts]
    decisions = {row.text: row for row in _read(database, _decisions(numbers))}  # the latest of a text comes last
    sides = _by_text(_read(database, _sides(numbers, "done")))
    for row in texts:
        if row.number in decisions:
            decision = decisions[row.number]
            said = annotation_of(decision.annotation, row.text) or Annotation()
            yield _gold_example(row, said, project.schema, {"at": decision.at, "from": "decision"})
        elif len({side.content for side in sides[row.number]}) == 1:
            last, *others = sorted(sides[row.number], key=lambda side: side.at, reverse=True)
            facts = {"at": last.at, "from": "agreement" if others else "one annotator"}
            yield _gold_example(row, kept_annotation(last.state, row.text), project.schema, facts)


def _decisions(numbers: Sequence[int]) -> Select[Any]:
    return select(DECISIONS).where(DECISIONS.c.text.in_(numbers)).order_by(DECISIONS.c.number)


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
