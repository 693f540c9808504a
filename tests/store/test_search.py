from __future__ import annotations

from typing import Any

import pytest

from tests.store.working import state
from textwright.store.acts import Act, Kind, record
from textwright.store.database import Database
from textwright.store.projects import Project, open_project
from textwright.store.search import Filters, find_rows
from textwright.store.tables import ANNOTATIONS, DECISIONS, now
from textwright.store.texts import add_texts
from textwright.types import Annotation, Example, Span

JOB, RANK = (0, 4, "JOB"), (0, 4, "RANK")


@pytest.fixture
def work(database: Database, project: Project) -> Project:
    return worked_on(database, project)


def worked_on(database: Database, project: Project) -> Project:
    """Let ann and bob work on the titles: they differ on the first, agree on the second."""
    did: list[tuple[str, int, Kind, dict[str, Any]]] = [
        ("ann", 1, "accept", state(JOB)),
        ("bob", 1, "accept", state(RANK)),
        ("ann", 2, "accept", state(JOB, note="sure")),
        ("bob", 2, "accept", state(JOB)),
        ("ann", 3, "edit", state(flagged=True)),
        ("bob", 3, "skip", state()),
    ]
    for name, text, kind, data in did:
        [outcome] = record(database, project, name, [Act(f"{name} {text}", text, 0, kind, data)])
        assert outcome.problem is None
    more = ["100% remote_job", "STRASSE", "Écluse"]
    add_texts(database, project, [Example(f"m{i}", text) for i, text in enumerate(more)])
    add_texts(database, project, [Example("gold", "Nurse", Annotation((Span(0, 5, "JOB"),)))], gold=True)
    other = open_project(database, "other", project.schema, {})
    add_texts(database, other, [Example("o", "Nurse")])
    return project


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"query": "nurse"}, [2]),
        ({"query": "%"}, [4]),
        ({"query": "e_j"}, [4]),
        ({"query": "e\\"}, []),
        ({"query": "straße"}, [5]),
        ({"query": "écluse"}, [6]),
        ({"query": "E\u0301CLUSE"}, [6]),
        ({"query": "\0"}, []),
        ({"query": "\ud83d"}, []),
        ({"query": "🚀"}, [3]),
        ({"label": "JOB"}, [1, 2]),
        ({"label": "RANK"}, [1]),
        ({"label": "RANK", "annotator": "ann"}, []),
        ({"label": "NONE"}, []),
        ({"annotator": "bob"}, [1, 2, 3]),
        ({"annotator": "zoe"}, []),
        ({"status": "done"}, [1, 2]),
        ({"status": "begun"}, [3]),
        ({"status": "skipped"}, [3]),
        ({"status": "skipped", "annotator": "ann"}, []),
        ({"status": "new"}, [4, 5, 6]),
        ({"status": "new", "annotator": "zoe"}, [1, 2, 3, 4, 5, 6]),
        ({"status": "new", "label": "JOB"}, []),
        ({"status": "new", "query": "strasse"}, [5]),
        ({"flagged": True}, [3]),
        ({"flagged": True, "annotator": "bob"}, []),
        ({"disagreement": True}, [1]),
        ({"disagreement": True, "label": "RANK"}, [1]),
        ({"disagreement": True, "query": "nurse"}, []),
    ],
)
def test_rows_are_those_asked_for(database: Database, work: Project, filters: dict[str, Any], found: list[int]) -> None:
    rows, more = find_rows(database, work, Filters(**filters))
    assert [row.number for row in rows] == found
    assert not more


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"label": "RANK"}, []),
        ({"annotator": "bob"}, []),
        ({"status": "skipped"}, []),
        ({"disagreement": True}, []),
        ({"status": "new", "annotator": "bob"}, [1, 2, 3, 4, 5, 6]),
        ({"label": "JOB"}, [1, 2]),
        ({"flagged": True}, [3]),
    ],
)
def test_no_filter_tells_of_what_is_not_visible(
    database: Database, work: Project, filters: dict[str, Any], found: list[int]
) -> None:
    rows, _ = find_rows(database, work, Filters(**filters), visible=ANNOTATIONS.c.annotator == "ann")
    assert [row.number for row in rows] == found
    assert {each.annotator for row in rows for each in row.annotations} <= {"ann"}


def test_pages_hold_every_text_once(database: Database, work: Project) -> None:
    first, more = find_rows(database, work, limit=4)
    rest, no_more = find_rows(database, work, limit=4, after=first[-1].number)
    assert [row.number for row in first + rest] == [1, 2, 3, 4, 5, 6]
    assert (more, no_more) == (True, False)


def test_no_text_stands_behind_a_number_that_is_too_large(database: Database, work: Project) -> None:
    assert find_rows(database, work, after=2**40) == ([], False)


def test_row_shows_text_and_annotations(database: Database, work: Project) -> None:
    [row], _ = find_rows(database, work, Filters(query="nurse"))
    assert (row.id, row.text, row.decided) == ("t2", "Nurse", False)
    assert [(each.annotator, each.status, each.note, each.spans) for each in row.annotations] == [
        ("ann", "done", "sure", (Span(0, 4, "JOB"),)),
        ("bob", "done", "", (Span(0, 4, "JOB"),)),
    ]


def test_decided_text_says_so(database: Database, work: Project) -> None:
    facts = {"by": "eve", "took": "ann", "annotation": {"spans": []}, "reason": "", "at": now()}
    database.write(lambda connection: connection.execute(DECISIONS.insert().values(text=1, key="k", **facts)))
    rows, _ = find_rows(database, work)
    assert [row.number for row in rows if row.decided] == [1]


def test_label_that_was_taken_off_is_not_found(database: Database, work: Project) -> None:
    record(database, work, "ann", [Act("off", 2, 1, "edit", state(RANK))])
    rows, _ = find_rows(database, work, Filters(label="JOB", annotator="ann"))
    assert [row.number for row in rows] == [1]


def test_disagreement_ends_when_one_takes_the_other_side(database: Database, work: Project) -> None:
    record(database, work, "bob", [Act("again", 1, 1, "accept", state(JOB))])
    assert find_rows(database, work, Filters(disagreement=True)) == ([], False)
