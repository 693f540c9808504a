"""What annotators do. Every act is kept with the whole state after it; nothing is overwritten.

An act names the version that its author knew. When that is no longer the latest, the act is refused
with the history, so that two tabs of one person never undo each other's work unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from textwright.errors import DataError
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.state import State, state_data, state_of
from textwright.store.tables import ACTS, ANNOTATIONS, TEXTS, now
from textwright.types import Problem

Kind = Literal["edit", "undo", "redo", "accept", "skip", "reopen"]
Status = Literal["new", "begun", "done", "skipped"]
STATUS_AFTER: Mapping[str, Status] = {
    "edit": "begun",
    "undo": "begun",
    "redo": "begun",
    "reopen": "begun",
    "accept": "done",
    "skip": "skipped",
}


@dataclass(frozen=True, slots=True)
class Act:
    """An act that somebody wants kept: of which text, after which version, with which state as plain data."""

    key: str
    text: int
    base: int
    kind: Kind
    state: Mapping[str, Any]
    suggestion: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act that is kept."""

    text: int
    annotator: str
    version: int
    kind: Kind
    state: Mapping[str, Any]
    suggestion: int | None
    seconds: float
    at: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act: its version and time, or why it was not kept.

    `problem.kind` is `conflict` (then `history` holds the acts since the first), `no_such_text` or `invalid`.
    """

    key: str
    version: int = 0
    at: str = ""
    problem: Problem | None = None
    history: tuple[PastAct, ...] = ()


def record(database: Database, project: Project, annotator: str, acts: Sequence[Act]) -> list[Outcome]:
    """Keep acts, in order, each by itself; return after the commit. An act that was kept before is answered alike.

    Raise `StoreError` when nothing could be kept.
    """
    return database.write(lambda connection: [_record(connection, project, annotator, act) for act in acts])


def _record(connection: Connection, project: Project, annotator: str, act: Act) -> Outcome:
    kept = connection.execute(select(ACTS).where(ACTS.c.key == act.key)).one_or_none()
    if kept is not None:
        return Outcome(act.key, kept.version, kept.at)
    text = connection.scalar(select(TEXTS.c.text).where(TEXTS.c.number == act.text, TEXTS.c.project == project.id))
    if text is None:
        return Outcome(act.key, problem=Problem("no_such_text", f"the project has no text {act.text}"))
    try:
        state = state_of(act.state, text, project.schema)
    except DataError as error:
        return Outcome(act.key, problem=Problem("invalid", f"text {act.text}: {error}"))
    return _keep(connection, project, annotator, act, state)


def _keep(connection: Connection, project: Project, annotator: str, act: Act, state: State) -> Outcome:
    before = _take(connection, project, annotator, act.text)
    if before.version != act.base:
        reason = f"text {act.text} is at version {before.version}, not {act.base}: it was changed elsewhere"
        return Outcome(
            act.key, before.version, "", Problem("conflict", reason), tuple(_past(connection, act.text, annotator))
        )
    data, at, version = state_data(state), now(), act.base + 1
    facts = {"text": act.text, "annotator": annotator, "version": version, "state": data, "at": at}
    connection.execute(
        insert(ACTS).values(key=act.key, kind=act.kind, suggestion=act.suggestion, seconds=act.seconds, **facts)
    )
    status = STATUS_AFTER[act.kind]
    connection.execute(
        update(ANNOTATIONS)
        .where(ANNOTATIONS.c.text == act.text, ANNOTATIONS.c.annotator == annotator)
        .values(version=version, status=status, state=data, seconds=before.seconds + act.seconds, at=at)
    )
    _count(connection, act.text, (status == "done") - (before.status == "done"))
    return Outcome(act.key, version, at)


def _take(connection: Connection, project: Project, annotator: str, text: int) -> Row[Any]:
    """Return where the annotator stands with the text, locked; take it when it is new."""
    chosen = (
        select(ANNOTATIONS).where(ANNOTATIONS.c.text == text, ANNOTATIONS.c.annotator == annotator).with_for_update()
    )
    found = connection.execute(chosen).one_or_none()
    if found is not None:
        return found
    take(connection, project, annotator, text)
    return connection.execute(chosen).one()


def take(
    connection: Connection,
    project: Project,
    annotator: str,
    text: int,
    *,
    blind: bool = False,
    suggestion: int | None = None,
) -> None:
    """Note that the annotator has a text. `blind`: it is shown without a suggestion."""
    facts = {"version": 0, "status": "new", "state": None, "seconds": 0.0, "at": now()}
    connection.execute(
        insert(ANNOTATIONS).values(
            text=text, annotator=annotator, project=project.id, blind=blind, suggestion=suggestion, **facts
        )
    )
    connection.execute(update(TEXTS).where(TEXTS.c.number == text).values(takers=TEXTS.c.takers + 1))


def _count(connection: Connection, text: int, change: int) -> None:
    if change:
        connection.execute(update(TEXTS).where(TEXTS.c.number == text).values(handed_in=TEXTS.c.handed_in + change))


def history(database: Database, project: Project, text: int, *, annotator: str | None = None) -> list[PastAct]:
    """List the acts of a text, of one annotator or of all, in the order in which they were kept."""
    with database.read() as connection:
        known = connection.scalar(select(TEXTS.c.number).where(TEXTS.c.number == text, TEXTS.c.project == project.id))
        return [] if known is None else _past(connection, text, annotator)


def _past(connection: Connection, text: int, annotator: str | None) -> list[PastAct]:
    chosen = select(ACTS).where(ACTS.c.text == text).order_by(ACTS.c.number)
    if annotator is not None:
        chosen = chosen.where(ACTS.c.annotator == annotator)
    return [past_act(row) for row in connection.execute(chosen)]


def past_act(row: Row[Any]) -> PastAct:
    """Build an act from its row."""
    return PastAct(row.text, row.annotator, row.version, row.kind, row.state, row.suggestion, row.seconds, row.at)
