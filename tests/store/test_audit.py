from __future__ import annotations

from textwright.store.audit import events, note_event
from textwright.store.database import Database


def test_events_come_in_order_after_a_number(database: Database) -> None:
    for what in ("log-in", "export", "log-out"):
        note_event(database, "ann", what, address="127.0.0.1")
    first = events(database, limit=1)[0]
    assert (first.who, first.what, first.detail) == ("ann", "log-in", {"address": "127.0.0.1"})
    assert [each.what for each in events(database, after=first.number)] == ["export", "log-out"]
