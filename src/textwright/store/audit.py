"""What happened that somebody may ask about later: log-ins, accounts, imports, exports, decisions.

No password and no token is ever handed to `note_event`. What strangers can bring about at will is kept up to a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from textwright.store.database import Database
from textwright.store.tables import AUDIT, now

# What is bounded, each kind by itself: guesses of strangers push out no log-in that succeeded.
BOUNDED = ("log-in", "log-in failed", "log-out", "password change failed")
MOST = 10_000
# After so many events it is looked whether there are too many.
LOOK_EVERY = 100


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `who` is empty where nobody was known."""

    number: int
    at: str
    who: str
    what: str
    detail: Mapping[str, Any]


def note_event(database: Database, who: str, what: str, **detail: Any) -> None:
    """Keep an event; return after the commit."""
    database.write(lambda connection: note_in(connection, who, what, **detail))


def note_in(connection: Connection, who: str, what: str, **detail: Any) -> None:
    """Keep an event in a transaction that is under way: it is there when the change is, and only then."""
    made = connection.execute(insert(AUDIT).values(who=who, what=what, detail=detail, at=now()))
    if made.inserted_primary_key and made.inserted_primary_key[0] % LOOK_EVERY == 0:
        _drop_oldest(connection)


def _drop_oldest(connection: Connection) -> None:
    """Drop what is more than `MOST` of each bounded kind."""
    for kind in BOUNDED:
        of_kind = select(AUDIT.c.number).where(AUDIT.c.what == kind).order_by(AUDIT.c.number.desc())
        first = connection.scalar(of_kind.offset(MOST).limit(1))
        if first is not None:
            connection.execute(delete(AUDIT).where(AUDIT.c.what == kind, AUDIT.c.number <= first))


def events(database: Database, *, after: int = 0, limit: int = 200, newest: bool = False) -> list[Event]:
    """List events in the order in which they happened: the first, or the newest, of those after number `after`."""
    order = AUDIT.c.number.desc() if newest else AUDIT.c.number
    chosen = select(AUDIT).where(AUDIT.c.number > after).order_by(order).limit(limit)
    with database.read() as connection:
        found = [Event(row.number, row.at, row.who, row.what, row.detail) for row in connection.execute(chosen)]
    return found[::-1] if newest else found


def log_in_places(database: Database) -> list[tuple[str, str]]:
    """List who logged in from which address, the latest last."""
    chosen = select(AUDIT.c.who, AUDIT.c.detail).where(AUDIT.c.what == "log-in").order_by(AUDIT.c.number)
    with database.read() as connection:
        rows = connection.execute(chosen).all()
    return list(dict.fromkeys((row.who, str(row.detail.get("address", ""))) for row in rows))
