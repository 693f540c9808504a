"""What annotators do. Every act is kept with the whole state after it; nothing is overwritten.

An act names the version that its author knew. When that is no longer the latest, the act is refused
with the history, so that two tabs of one person never undo each other's work unseen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, distinct, func, insert, select, update

from textwright.errors import DataError
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.queue import parts
from textwright.store.state import State, content_of, kept_labels, state_data, state_of
from textwright.store.tables import ACTS, ANNOTATIONS, KEY_SIZE, LABELS, LARGEST, TEXTS, now
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

    def step(connection: Connection) -> list[Outcome]:
        texts = _lock(connection, project, {act.text for act in acts})
        return [_record(connection, project, annotator, act, texts.get(act.text)) for act in acts]

    return database.write(step)


def _lock(connection: Connection, project: Project, numbers: set[int]) -> Mapping[int, str]:
    """Return the texts of these numbers, locked, all at once and in order: no two writers wait for each other."""
    found: dict[int, str] = {}
    for part in parts(sorted(number for number in numbers if 0 < number <= LARGEST)):
        chosen = select(TEXTS.c.number, TEXTS.c.text).where(TEXTS.c.number.in_(part), TEXTS.c.project == project.id)
        rows = connection.execute(chosen.order_by(TEXTS.c.number).with_for_update(key_share=True))
        found.update((row.number, row.text) for row in rows)
    return found


def _record(connection: Connection, project: Project, annotator: str, act: Act, text: str | None) -> Outcome:
    wrong = _wrong(act)
    if wrong is not None:
        return Outcome(act.key, problem=Problem("invalid", f"text {act.text}: {wrong}"))
    kept = _kept(connection, annotator, act)
    if kept is not None:
        return kept
    if text is None:
        return Outcome(act.key, problem=Problem("no_such_text", f"the project has no text {act.text}"))
    try:
        state = state_of(act.state, text, project.schema)
    except DataError as error:
        return Outcome(act.key, problem=Problem("invalid", f"text {act.text}: {error}"))
    return _keep(connection, project, annotator, act, state)


def _wrong(act: Act) -> str | None:
    """Say what no database could keep."""
    if not 0 < len(act.key) <= KEY_SIZE or not act.key.isprintable():
        return f"the key of an act has 1 to {KEY_SIZE} printable characters"
    if act.kind not in STATUS_AFTER:
        return f"unknown kind of act {act.kind!r}. Known kinds: {', '.join(STATUS_AFTER)}"
    if not (math.isfinite(act.seconds) and act.seconds >= 0):
        return f"the seconds are {act.seconds}, expected 0 or more"
    if act.suggestion is not None and not 0 <= act.suggestion <= LARGEST:
        return f"there is no suggestion {act.suggestion}"
    return None


def _kept(connection: Connection, annotator: str, act: Act) -> Outcome | None:
    """Return what became of the act when it was sent before."""
    kept = connection.execute(select(ACTS).where(ACTS.c.key == act.key)).one_or_none()
    if kept is None:
        return None
    if (kept.text, kept.annotator) != (act.text, annotator):
        return Outcome(act.key, problem=Problem("invalid", f"the key {act.key!r} is that of another act"))
    return Outcome(act.key, kept.version, kept.at)


def _keep(connection: Connection, project: Project, annotator: str, act: Act, state: State) -> Outcome:
    before = _take(connection, project, annotator, act.text)
    if before.version != act.base:
        return _conflict(connection, annotator, act, before.version)
    data, at, version = state_data(state), now(), act.base + 1
    facts = {"text": act.text, "annotator": annotator, "version": version, "state": data, "at": at}
    connection.execute(
        insert(ACTS).values(key=act.key, kind=act.kind, suggestion=act.suggestion, seconds=act.seconds, **facts)
    )
    status = STATUS_AFTER[act.kind]
    shown = {"status": status, "flagged": state.flagged, "content": content_of(state), "state": data}
    connection.execute(
        update(ANNOTATIONS)
        .where(ANNOTATIONS.c.text == act.text, ANNOTATIONS.c.annotator == annotator)
        .values(version=version, seconds=before.seconds + act.seconds, at=at, **shown)
    )
    _note_labels(connection, project, annotator, act.text, kept_labels(before.state), kept_labels(data))
    if "done" in (status, before.status):
        _hand_in(connection, act.text, (status == "done") - (before.status == "done"))
    return Outcome(act.key, version, at)


def _conflict(connection: Connection, annotator: str, act: Act, version: int) -> Outcome:
    reason = f"text {act.text} is at version {version}, not {act.base}: it was changed elsewhere"
    return Outcome(act.key, version, "", Problem("conflict", reason), tuple(_past(connection, act.text, annotator)))


def _take(connection: Connection, project: Project, annotator: str, text: int) -> Row[Any]:
    """Return where the annotator stands with the text; take it when it is new."""
    chosen = select(ANNOTATIONS).where(ANNOTATIONS.c.text == text, ANNOTATIONS.c.annotator == annotator)
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


def _note_labels(
    connection: Connection, project: Project, annotator: str, text: int, before: set[str], after: set[str]
) -> None:
    facts = {"project": project.id, "text": text, "annotator": annotator}
    if before - after:
        connection.execute(
            delete(LABELS).where(
                LABELS.c.text == text, LABELS.c.annotator == annotator, LABELS.c.label.in_(sorted(before - after))
            )
        )
    if after - before:
        connection.execute(insert(LABELS), [{**facts, "label": label} for label in sorted(after - before)])


def _hand_in(connection: Connection, text: int, change: int) -> None:
    """Count who handed the text in, and note whether they differ."""
    row = connection.execute(
        update(TEXTS)
        .where(TEXTS.c.number == text)
        .values(handed_in=TEXTS.c.handed_in + change)
        .returning(TEXTS.c.handed_in, TEXTS.c.differs)
    ).one()
    differs = row.handed_in > 1 and _contents(connection, text) > 1
    if differs != row.differs:
        connection.execute(update(TEXTS).where(TEXTS.c.number == text).values(differs=differs))


def _contents(connection: Connection, text: int) -> int:
    done = select(func.count(distinct(ANNOTATIONS.c.content)))
    return connection.scalar(done.where(ANNOTATIONS.c.text == text, ANNOTATIONS.c.status == "done")) or 0


def history(database: Database, project: Project, text: int, *, annotator: str | None = None) -> list[PastAct]:
    """List the acts of a text, of one annotator or of all, in the order in which they were kept."""
    with database.read() as connection:
        known = select(TEXTS.c.number).where(TEXTS.c.number == text, TEXTS.c.project == project.id)
        if not 0 < text <= LARGEST or connection.scalar(known) is None:
            return []
        return _past(connection, text, annotator)


def _past(connection: Connection, text: int, annotator: str | None) -> list[PastAct]:
    chosen = select(ACTS).where(ACTS.c.text == text).order_by(ACTS.c.number)
    if annotator is not None:
        chosen = chosen.where(ACTS.c.annotator == annotator)
    return [past_act(row) for row in connection.execute(chosen)]


def past_act(row: Row[Any]) -> PastAct:
    """Build an act from its row."""
    return PastAct(row.text, row.annotator, row.version, row.kind, row.state, row.suggestion, row.seconds, row.at)
