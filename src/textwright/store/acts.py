"""What annotators do. Every act is kept with the whole state after it; nothing is overwritten.

An act names the version that its author knew. When that is no longer the latest, the act is refused
with the history, so that two tabs of one person never undo each other's work unseen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from textwright.errors import DataError
from textwright.schema import Schema
from textwright.store.database import Database
from textwright.store.former import late_state
from textwright.store.ledger import NOT_TAKEN, KeptAct, Ledger, Standing, read_ledger, write_ledger
from textwright.store.projects import Project
from textwright.store.state import State, answered_twice, content_of, state_data
from textwright.store.tables import ACTS, ANNOTATIONS, KEY_SIZE, LARGEST, TEXTS, now
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


@dataclass(frozen=True, slots=True)
class Sent:
    """Acts of one annotator that want to be kept."""

    project: Project
    annotator: str
    acts: tuple[Act, ...]
    several: bool = False


def record(
    database: Database, project: Project, annotator: str, acts: Sequence[Act], *, several: bool = False
) -> list[Outcome]:
    """Keep acts, in order, each by itself; return after the commit. An act that was kept before is answered alike.

    Labels that an act knows by a former name get the name of now. `several` allows several answers to a task that
    takes one, as files may have them.
    What several annotators send at the same time shares a transaction. Raise `StoreError` when nothing could be kept.
    """
    return database.write_together(_record, Sent(project, annotator, tuple(acts), several))


def _record(connection: Connection, batch: Sequence[Sent]) -> list[list[Outcome]]:
    """Read all that is needed, decide on each act, write all: few statements, however many acts."""
    ledger = read_ledger(
        connection,
        texts={act.text for sent in batch for act in sent.acts},
        annotators={sent.annotator for sent in batch},
        keys={act.key for sent in batch for act in sent.acts if _wrong(act) is None},
    )
    outcomes = [[_decide(ledger, sent, act) for act in sent.acts] for sent in batch]
    write_ledger(connection, ledger)
    return [
        [_with_history(connection, sent, act, outcome) for act, outcome in zip(sent.acts, found, strict=True)]
        for sent, found in zip(batch, outcomes, strict=True)
    ]


def _decide(ledger: Ledger, sent: Sent, act: Act) -> Outcome:
    wrong = _wrong(act)
    if wrong is not None:
        return Outcome(act.key, problem=Problem("invalid", f"text {act.text}: {wrong}"))
    if act.key in ledger.kept:
        return _answer_again(ledger.kept[act.key], sent, act)
    text = ledger.texts.get(act.text)
    if text is None or text.project != sent.project.id:
        return Outcome(act.key, problem=Problem("no_such_text", f"the project has no text {act.text}"))
    try:
        state = late_state(act.state, text.text, sent.project)
    except DataError as error:
        return Outcome(act.key, problem=Problem("invalid", f"text {act.text}: {error}"))
    before = ledger.standings.get((act.text, sent.annotator), NOT_TAKEN)
    if before.version != act.base:
        reason = f"text {act.text} is at version {before.version}, not {act.base}: it was changed elsewhere"
        return Outcome(act.key, before.version, "", Problem("conflict", reason))
    if not sent.several and (task := _asked_once(state, before, sent.project.schema)) is not None:
        reason = f"text {act.text}: several answers to {task!r}, which takes one"
        return Outcome(act.key, problem=Problem("invalid", reason))
    return _keep(ledger, sent, act, state, before)


def _asked_once(state: State, before: Standing, schema: Schema) -> str | None:
    """Return a task that takes one answer and now gets several; those that came so from a file may stay."""
    if len(state.categories) < 2:
        return None
    had = answered_twice(before.state["categories"]) if before.state else set[str]()
    new = answered_twice(state_data(state)["categories"]) - had
    return next((task.name for task in schema.tasks if task.name in new and not task.multiple), None)


def _keep(ledger: Ledger, sent: Sent, act: Act, state: State, before: Standing) -> Outcome:
    data, at, version = state_data(state), now(), act.base + 1
    kept = KeptAct(act.text, sent.annotator, version, at)
    ledger.kept[act.key] = kept
    ledger.new_acts.append(
        {
            "text": act.text,
            "annotator": sent.annotator,
            "version": version,
            "key": act.key,
            "kind": act.kind,
            "state": data,
            "suggestion": act.suggestion,
            "seconds": act.seconds,
            "at": at,
        }
    )
    ledger.standings[act.text, sent.annotator] = Standing(
        version, STATUS_AFTER[act.kind], data, before.seconds + act.seconds, at, state.flagged, content_of(state)
    )
    return Outcome(act.key, version, at)


def _answer_again(kept: KeptAct, sent: Sent, act: Act) -> Outcome:
    """Answer an act that was kept before as it was answered then."""
    if (kept.text, kept.annotator) != (act.text, sent.annotator):
        return Outcome(act.key, problem=Problem("invalid", f"the key {act.key!r} is that of another act"))
    return Outcome(act.key, kept.version, kept.at)


def _with_history(connection: Connection, sent: Sent, act: Act, outcome: Outcome) -> Outcome:
    if outcome.problem is None or outcome.problem.kind != "conflict":
        return outcome
    return replace(outcome, history=tuple(_past(connection, act.text, sent.annotator)))


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
