"""What reviewers made of annotations that differ. Decisions are only ever added; the latest of a text is in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from textwright.formats.jsonl import annotation_data
from textwright.store.database import Database
from textwright.store.parts import parts
from textwright.store.projects import Project
from textwright.store.state import kept_annotation
from textwright.store.tables import ANNOTATIONS, DECISIONS, TEXTS, now
from textwright.store.texts import StoredText, annotation_of, stored_text
from textwright.types import Annotation


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer wants kept. `base` is the latest decision that he knew, 0 for none.

    `took` names the annotator whose side it is, or is None for a third.
    """

    key: str
    text: int
    base: int
    took: str | None
    annotation: Annotation
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision that is kept."""

    id: int
    text: int
    by: str
    took: str | None
    annotation: Annotation
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one annotator handed in."""

    annotator: str
    annotation: Annotation
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody decided meanwhile: the decision that is in force."""

    latest: KeptDecision | None


def keep_decision(database: Database, by: str, decision: Decision) -> KeptDecision | Conflict:
    """Keep a decision, unless another was made since its base. The same key twice is one decision."""
    return database.write(lambda connection: _keep(connection, by, decision))


def _keep(connection: Connection, by: str, decision: Decision) -> KeptDecision | Conflict:
    # Changing nothing locks the text, so that of two who decide at once the second sees the first.
    same = update(TEXTS).where(TEXTS.c.number == decision.text)
    connection.execute(same.values(handed_in=TEXTS.c.handed_in))
    known = connection.execute(select(DECISIONS).where(DECISIONS.c.key == decision.key)).one_or_none()
    if known is not None and (known.text, known.by) == (decision.text, by):
        return _decision(known, connection)
    latest = _latest(connection, [decision.text]).get(decision.text)
    if known is not None or (latest.id if latest else 0) != decision.base:
        return Conflict(latest)
    facts = {"key": decision.key, "text": decision.text, "by": by, "took": decision.took, "reason": decision.reason}
    connection.execute(insert(DECISIONS).values(annotation=annotation_data(decision.annotation), at=now(), **facts))
    return _decision(connection.execute(select(DECISIONS).where(DECISIONS.c.key == decision.key)).one(), connection)


def _decision(row: Row[Any], connection: Connection) -> KeptDecision:
    text = connection.scalar(select(TEXTS.c.text).where(TEXTS.c.number == row.text)) or ""
    said = annotation_of(row.annotation, text) or Annotation()
    return KeptDecision(row.number, row.text, row.by, row.took, said, row.reason, row.at)


def _latest(connection: Connection, numbers: Sequence[int]) -> dict[int, KeptDecision]:
    found: dict[int, KeptDecision] = {}
    for part in parts(sorted(numbers)):
        chosen = select(DECISIONS).where(DECISIONS.c.text.in_(part)).order_by(DECISIONS.c.number)
        rows = {row.text: row for row in connection.execute(chosen)}
        found.update((text, _decision(row, connection)) for text, row in rows.items())
    return found


def decisions_of(database: Database, numbers: Collection[int]) -> Mapping[int, KeptDecision]:
    """Return the decision in force of each text that has one."""
    with database.read() as connection:
        return _latest(connection, sorted(numbers))


def differing_texts(
    database: Database, project: Project, *, people: int, decided: bool, after: int, limit: int
) -> list[StoredText]:
    """List texts that enough annotators handed in and that differ, by number; those decided on, or the others."""
    has = select(DECISIONS.c.text).where(DECISIONS.c.text == TEXTS.c.number).exists()
    chosen = (
        select(TEXTS)
        .where(*_differ(project, people), TEXTS.c.number > after, has if decided else ~has)
        .order_by(TEXTS.c.number)
        .limit(limit)
    )
    with database.read() as connection:
        return [stored_text(row) for row in connection.execute(chosen)]


def count_differing(database: Database, project: Project, *, people: int) -> int:
    """Count the texts that differ and wait for a decision."""
    has = select(DECISIONS.c.text).where(DECISIONS.c.text == TEXTS.c.number).exists()
    with database.read() as connection:
        return connection.scalar(select(func.count()).where(*_differ(project, people), ~has)) or 0


def _differ(project: Project, people: int) -> tuple[Any, ...]:
    enough = TEXTS.c.handed_in >= people
    return TEXTS.c.project == project.id, TEXTS.c.differs, enough, TEXTS.c.gold.is_(None)


def sides_of(database: Database, numbers: Collection[int]) -> Mapping[int, Sequence[Side]]:
    """Return what was handed in for each text, by the annotators' names."""
    found: dict[int, list[Side]] = defaultdict(list)
    with database.read() as connection:
        for part in parts(sorted(numbers)):
            chosen = (
                select(*ANNOTATIONS.c["text", "annotator", "state", "at"])
                .add_columns(TEXTS.c.text.label("whole"))
                .join(TEXTS, TEXTS.c.number == ANNOTATIONS.c.text)
                .where(ANNOTATIONS.c.text.in_(part), ANNOTATIONS.c.status == "done")
                .order_by(ANNOTATIONS.c.text, ANNOTATIONS.c.annotator)
            )
            for row in connection.execute(chosen):
                kept = kept_annotation(row.state, row.whole)
                found[row.text].append(Side(row.annotator, kept, row.state["note"], row.at))
    return found


def reasoned_decisions(database: Database, project: Project) -> list[KeptDecision]:
    """List the decisions in force that give a reason, the newest first."""
    newest = select(func.max(DECISIONS.c.number)).group_by(DECISIONS.c.text)
    chosen = (
        select(DECISIONS)
        .join(TEXTS, TEXTS.c.number == DECISIONS.c.text)
        .where(TEXTS.c.project == project.id, DECISIONS.c.number.in_(newest), DECISIONS.c.reason != "")
        .order_by(DECISIONS.c.number.desc())
    )
    with database.read() as connection:
        return [_decision(row, connection) for row in connection.execute(chosen).all()]
