"""What a batch of acts reads and writes: a few statements for all of them.

All statements are made once: to build them anew for each act would cost more than to run them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, distinct, func, insert, select, update

from textwright.store.parts import parts
from textwright.store.state import kept_labels
from textwright.store.tables import ACTS, ANNOTATIONS, LABELS, LARGEST, TEXTS


@dataclass(frozen=True, slots=True)
class KeptAct:
    """What a key stands for."""

    text: int
    annotator: str
    version: int
    at: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an annotator stands with a text."""

    version: int
    status: str
    state: Mapping[str, Any] | None
    seconds: float
    at: str = ""
    flagged: bool = False
    content: str | None = None


Pair = tuple[int, str]
NOT_TAKEN = Standing(0, "new", None, 0.0)


@dataclass(slots=True)
class Ledger:
    """What stands in the database, and what is to be written; it lives for one transaction."""

    texts: dict[int, Any] = field(default_factory=dict)
    kept: dict[str, KeptAct] = field(default_factory=dict)
    before: dict[Pair, Standing] = field(default_factory=dict)
    standings: dict[Pair, Standing] = field(default_factory=dict)
    new_acts: list[dict[str, Any]] = field(default_factory=list)


TEXTS_LOCKED = (
    select(TEXTS.c.number, TEXTS.c.project, TEXTS.c.text, TEXTS.c.handed_in, TEXTS.c.differs)
    .where(TEXTS.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(TEXTS.c.number)
    .with_for_update(key_share=True)
)
KEPT_ACTS = select(ACTS.c.key, ACTS.c.text, ACTS.c.annotator, ACTS.c.version, ACTS.c.at).where(
    ACTS.c.key.in_(bindparam("keys", expanding=True))
)
STANDINGS = select(ANNOTATIONS).where(
    ANNOTATIONS.c.text.in_(bindparam("numbers", expanding=True)),
    ANNOTATIONS.c.annotator.in_(bindparam("names", expanding=True)),
)


def read_ledger(
    connection: Connection, *, texts: Collection[int], annotators: Collection[str], keys: Collection[str]
) -> Ledger:
    """Read what acts need. The texts are locked first, all at once and in order: no two writers wait for each other."""
    ledger, names = Ledger(), sorted(annotators)
    for numbers in parts(sorted(number for number in texts if 0 < number <= LARGEST)):
        ledger.texts.update((row.number, row) for row in connection.execute(TEXTS_LOCKED, {"numbers": numbers}))
    for some in parts(sorted(keys)):
        rows = connection.execute(KEPT_ACTS, {"keys": some})
        ledger.kept.update((row.key, KeptAct(row.text, row.annotator, row.version, row.at)) for row in rows)
    for numbers in parts(sorted(ledger.texts)):
        rows = connection.execute(STANDINGS, {"numbers": numbers, "names": names})
        ledger.before.update(((row.text, row.annotator), _standing(row)) for row in rows)
    ledger.standings.update(ledger.before)
    return ledger


def _standing(row: Any) -> Standing:
    return Standing(row.version, row.status, row.state, row.seconds, row.at, row.flagged, row.content)


# --- writing ------------------------------------------------------------------------------------

ADD_ACTS = insert(ACTS)
TAKE = insert(ANNOTATIONS)
TAKEN = update(TEXTS).where(TEXTS.c.number == bindparam("of")).values(takers=TEXTS.c.takers + bindparam("more"))
CHANGE = (
    update(ANNOTATIONS)
    .where(ANNOTATIONS.c.text == bindparam("of"), ANNOTATIONS.c.annotator == bindparam("by"))
    .values({name: bindparam(name) for name in ("version", "status", "state", "seconds", "at", "flagged", "content")})
)
ADD_LABELS = insert(LABELS)
DROP_LABELS = delete(LABELS).where(
    LABELS.c.text == bindparam("of"), LABELS.c.annotator == bindparam("by"), LABELS.c.label == bindparam("named")
)
CONTENTS = (
    select(ANNOTATIONS.c.text, func.count(distinct(ANNOTATIONS.c.content)))
    .where(ANNOTATIONS.c.text.in_(bindparam("numbers", expanding=True)), ANNOTATIONS.c.status == "done")
    .group_by(ANNOTATIONS.c.text)
)
COUNT = (
    update(TEXTS)
    .where(TEXTS.c.number == bindparam("of"))
    .values(handed_in=TEXTS.c.handed_in + bindparam("change"), differs=bindparam("differing"))
)


def write_ledger(connection: Connection, ledger: Ledger) -> None:
    """Write what acts changed."""
    changed = {pair: after for pair, after in ledger.standings.items() if after is not ledger.before.get(pair)}
    taken = {pair: after for pair, after in changed.items() if pair not in ledger.before}
    _many(connection, ADD_ACTS, ledger.new_acts)
    _many(connection, TAKE, [_row(ledger, pair, after) for pair, after in taken.items()])
    _many(connection, CHANGE, [_values(pair, after) for pair, after in changed.items() if pair not in taken])
    takers: dict[int, int] = defaultdict(int)
    for text, _ in taken:
        takers[text] += 1
    _many(connection, TAKEN, [{"of": text, "more": more} for text, more in sorted(takers.items())])
    _write_labels(connection, ledger, changed)
    _count_handed_in(connection, ledger, changed)


def _many(connection: Connection, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def _facts(after: Standing) -> dict[str, Any]:
    return {
        "version": after.version,
        "status": after.status,
        "state": after.state,
        "seconds": after.seconds,
        "at": after.at,
        "flagged": after.flagged,
        "content": after.content,
    }


def _values(pair: Pair, after: Standing) -> dict[str, Any]:
    return {"of": pair[0], "by": pair[1], **_facts(after)}


def _row(ledger: Ledger, pair: Pair, after: Standing) -> dict[str, Any]:
    place = {"text": pair[0], "annotator": pair[1], "project": ledger.texts[pair[0]].project}
    return {**place, "blind": False, "suggestion": None, **_facts(after)}


def _write_labels(connection: Connection, ledger: Ledger, changed: Mapping[Pair, Standing]) -> None:
    gone, new = [], []
    for (text, annotator), after in changed.items():
        had = kept_labels(ledger.before.get((text, annotator), NOT_TAKEN).state)
        has = kept_labels(after.state)
        gone += [{"of": text, "by": annotator, "named": label} for label in sorted(had - has)]
        place = {"project": ledger.texts[text].project, "text": text, "annotator": annotator}
        new += [{**place, "label": label} for label in sorted(has - had)]
    _many(connection, DROP_LABELS, gone)
    _many(connection, ADD_LABELS, new)


def _count_handed_in(connection: Connection, ledger: Ledger, changed: Mapping[Pair, Standing]) -> None:
    """Count who handed each text in, and note where they differ."""
    changes: dict[int, int] = defaultdict(int)
    for pair, after in changed.items():
        before = ledger.before.get(pair, NOT_TAKEN)
        if "done" in (before.status, after.status):
            changes[pair[0]] += (after.status == "done") - (before.status == "done")
    several = [text for text, change in changes.items() if ledger.texts[text].handed_in + change > 1]
    contents = dict(_contents(connection, sorted(several)))
    rows = [
        {"of": text, "change": change, "differing": contents.get(text, 0) > 1}
        for text, change in sorted(changes.items())
    ]
    _many(
        connection, COUNT, [row for row in rows if row["change"] or ledger.texts[row["of"]].differs != row["differing"]]
    )


def _contents(connection: Connection, numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    for some in parts(numbers):
        yield from ((row[0], row[1]) for row in connection.execute(CONTENTS, {"numbers": some}))
