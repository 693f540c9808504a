"""What happened that somebody may ask about later: log-ins, accounts, imports, exports, decisions.

No password and no token is ever handed to `note_event`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from textwright.store.database import Database
from textwright.store.tables import AUDIT, now


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
    connection.execute(insert(AUDIT).values(who=who, what=what, detail=detail, at=now()))


def events(database: Database, *, after: int = 0, limit: int = 200) -> list[Event]:
    """List events in the order in which they happened, those after number `after`."""
    chosen = select(AUDIT).where(AUDIT.c.number > after).order_by(AUDIT.c.number).limit(limit)
    with database.read() as connection:
        return [Event(row.number, row.at, row.who, row.what, row.detail) for row in connection.execute(chosen)]
