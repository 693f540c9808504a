from __future__ import annotations

from typing import Any

import pytest

from textwright.store.acts import Act, Kind, history, record
from textwright.store.database import Database
from textwright.store.projects import Project


def state(*spans: tuple[int, int, str]) -> dict[str, Any]:
    return {
        "spans": [{"start": start, "end": end, "label": label} for start, end, label in spans],
        "categories": [],
        "proposed": {"spans": [], "categories": []},
        "note": "",
        "flagged": False,
    }


def act(key: str, base: int, *, text: int = 1, kind: Kind = "edit", data: dict[str, Any] | None = None) -> Act:
    return Act(key, text, base, kind, state((0, 4, "RANK")) if data is None else data)


def test_acts_get_versions_in_order(database: Database, project: Project) -> None:
    found = record(database, project, "ann", [act("a", 0), act("b", 1, kind="accept")])
    assert [each.version for each in found] == [1, 2]
    assert [each.kind for each in history(database, project, 1)] == ["edit", "accept"]


def test_act_sent_twice_is_kept_once(database: Database, project: Project) -> None:
    first = record(database, project, "ann", [act("a", 0)])
    assert record(database, project, "ann", [act("a", 0)]) == first
    assert len(history(database, project, 1)) == 1


def test_act_on_an_old_version_is_told_what_happened_since(database: Database, project: Project) -> None:
    record(database, project, "ann", [act("a", 0)])
    [late] = record(database, project, "ann", [act("b", 0)])
    assert late.problem is not None
    assert late.problem.kind == "conflict"
    assert [each.version for each in late.history] == [1]
    assert len(history(database, project, 1)) == 1


def test_annotators_do_not_disturb_each_other(database: Database, project: Project) -> None:
    found = [record(database, project, name, [act(name, 0)])[0].version for name in ("ann", "bob")]
    assert found == [1, 1]


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (act("a", 0, text=99), "no_such_text"),
        (act("a", 0, data=state((0, 99, "JOB"))), "invalid"),
        (act("a", 0, data=state((0, 4, "CITY"))), "invalid"),
        (act("a", 0, data={}), "invalid"),
    ],
)
def test_wrong_act_is_refused_and_the_next_is_kept(database: Database, project: Project, wrong: Act, kind: str) -> None:
    refused, kept = record(database, project, "ann", [wrong, act("b", 0)])
    assert refused.problem is not None
    assert refused.problem.kind == kind
    assert kept.version == 1
