from __future__ import annotations

from collections import Counter

import pytest

from textwright.store import audit
from textwright.store.audit import events, log_in_places, note_event
from textwright.store.database import Database


def test_events_come_in_order_after_a_number(database: Database) -> None:
    for what in ("log-in", "export", "log-out"):
        note_event(database, "ann", what, address="127.0.0.1")
    first = events(database, limit=1)[0]
    assert (first.who, first.what, first.detail) == ("ann", "log-in", {"address": "127.0.0.1"})
    assert [each.what for each in events(database, after=first.number)] == ["export", "log-out"]


def test_newest_events_come_in_order_too(database: Database) -> None:
    for i in range(5):
        note_event(database, "ann", "export", i=i)
    assert [each.detail["i"] for each in events(database, newest=True, limit=3)] == [2, 3, 4]


def test_log_ins_are_kept_up_to_a_number_and_all_else_for_good(
    own_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "MOST", 50)
    monkeypatch.setattr(audit, "LOOK_EVERY", 10)
    note_event(own_database, "ann", "account added")
    for i in range(3):
        note_event(own_database, "ann", "log-in", i=i)
    for i in range(200):
        note_event(own_database, "", "log-in failed", i=i)
    kept = Counter(each.what for each in events(own_database, limit=1_000))
    assert kept["account added"] == 1
    assert kept["log-in"] == 3
    assert 50 <= kept["log-in failed"] <= 60
    assert events(own_database, newest=True, limit=1)[0].detail == {"i": 199}


def test_where_people_logged_in_is_known_by_their_names(database: Database) -> None:
    note_event(database, "ann", "log-in", address="10.0.0.1")
    note_event(database, "bob", "log-in failed", address="9.9.9.9")
    note_event(database, "ann", "log-in", address="10.0.0.2")
    assert log_in_places(database) == [("ann", "10.0.0.1"), ("ann", "10.0.0.2")]
