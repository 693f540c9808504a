"""What was annotated follows a schema whose labels are renamed or taken away."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.store.working import state
from textwright.schema import Schema
from textwright.store.acts import Act, history, record
from textwright.store.database import Database
from textwright.store.decisions import Decision, decisions_of, keep_decision
from textwright.store.export import examples
from textwright.store.projects import Project, find_project
from textwright.store.relabelling import Relabelling, relabelled, replace_schema
from textwright.store.suggestions import Proposal, keep_suggestions, suggestions_of
from textwright.store.tables import ANNOTATIONS, LABELS, TEXTS
from textwright.store.used import Use, uses
from textwright.types import Annotation, Category, Span

RENAMED = Schema.from_data({"labels": ["TITLE", "RANK"], "tasks": {"sort": {"labels": ["a", "b"]}}})
WITHOUT = Schema.from_data({"labels": ["RANK"], "tasks": {"kind": {"labels": ["a", "b"]}}})
NAMES = Relabelling({"JOB": "TITLE"}, {("kind", "a"): ("sort", "a"), ("kind", "b"): ("sort", "b")})


def answered(*spans: tuple[int, int, str], kind: str = "a") -> dict[str, Any]:
    return {**state(*spans), "categories": [{"task": "kind", "label": kind}]}


@pytest.fixture
def marked(database: Database, project: Project) -> Project:
    """Annotate a text in two steps by one, and otherwise by another; suggest and decide on it."""
    both = answered((0, 4, "RANK"), (5, 18, "JOB"))
    for key, annotator, base, said in (
        ("1", "ann", 0, answered((5, 18, "JOB"))),
        ("2", "ann", 1, both),
        ("3", "bob", 0, answered((0, 4, "RANK"))),
    ):
        [outcome] = record(database, project, annotator, [Act(key, 1, base, "accept", said)])
        assert outcome.problem is None
    other = Annotation((Span(5, 18, "JOB"),), (Category("kind", "b"),))
    keep_suggestions(database, [Proposal(1, "rules", 0, other)])
    keep_decision(database, "rev", Decision("d", 1, 0, None, other))
    return project


def labels(database: Database) -> list[tuple[str, str]]:
    with database.read() as connection:
        rows = connection.execute(
            select(LABELS.c.annotator, LABELS.c.label).order_by(LABELS.c.annotator, LABELS.c.label)
        )
        return [(row[0], row[1]) for row in rows]


def differs(database: Database) -> bool:
    with database.read() as connection:
        return bool(connection.scalar(select(TEXTS.c.differs).where(TEXTS.c.number == 1)))


def test_renaming_reaches_all_that_was_said(database: Database, marked: Project) -> None:
    now = replace_schema(database, marked, RENAMED, NAMES)
    assert find_project(database, "titles") == now
    said = {each.annotator: each.gold for each in examples(database, now)}
    assert said["ann"] == Annotation((Span(0, 4, "RANK"), Span(5, 18, "TITLE")), (Category("sort", "a"),))
    assert [act.state["spans"][-1]["label"] for act in history(database, now, 1, annotator="ann")] == ["TITLE", "TITLE"]
    assert suggestions_of(database, [1])[1][0].annotation == Annotation(
        (Span(5, 18, "TITLE"),), (Category("sort", "b"),)
    )
    assert decisions_of(database, [1])[1].annotation.spans == (Span(5, 18, "TITLE"),)
    assert labels(database) == [("ann", "RANK"), ("ann", "TITLE"), ("ann", "a"), ("bob", "RANK"), ("bob", "a")]
    assert differs(database)


def test_work_goes_on_after_a_renaming(database: Database, marked: Project) -> None:
    now = replace_schema(database, marked, RENAMED, NAMES)
    last = history(database, now, 1, annotator="ann")[-1]
    [outcome] = record(database, now, "ann", [Act("4", 1, last.version, "undo", last.state)])
    assert outcome.problem is None


def test_act_that_comes_late_is_kept_under_the_names_of_now(database: Database, marked: Project) -> None:
    replace_schema(database, marked, RENAMED, NAMES)
    now = find_project(database, "titles")
    assert now is not None
    again = Schema.from_data({"labels": ["POST", "RANK"], "tasks": {"sort": {"labels": ["a", "b"]}}})
    now = replace_schema(database, now, again, Relabelling({"TITLE": "POST"}))
    late = answered((0, 4, "RANK"), (5, 18, "JOB"))
    [outcome] = record(database, now, "ann", [Act("4", 1, 2, "accept", late)])
    assert outcome.problem is None
    [*_, kept] = history(database, now, 1, annotator="ann")
    assert [span["label"] for span in kept.state["spans"]] == ["RANK", "POST"]
    assert kept.state["categories"] == [{"task": "sort", "label": "a"}]


def test_name_that_a_label_has_now_means_that_label(database: Database, marked: Project) -> None:
    now = replace_schema(database, marked, RENAMED, NAMES)
    both = Schema.from_data({"labels": ["TITLE", "RANK", "JOB"], "tasks": {"sort": {"labels": ["a", "b"]}}})
    now = replace_schema(database, now, both, Relabelling())
    record(database, now, "ann", [Act("4", 1, 2, "accept", state((5, 18, "JOB")))])
    [*_, kept] = history(database, now, 1, annotator="ann")
    assert [span["label"] for span in kept.state["spans"]] == ["JOB"]


def test_removing_a_label_makes_those_agree_who_differed_in_nothing_else(database: Database, marked: Project) -> None:
    assert differs(database)
    now = replace_schema(database, marked, WITHOUT, Relabelling({"JOB": None}))
    assert not differs(database)
    with database.read() as connection:
        assert len(set(connection.scalars(select(ANNOTATIONS.c.content).where(ANNOTATIONS.c.version > 0)))) == 1
    assert {each.gold.spans for each in examples(database, now)} == {(Span(0, 4, "RANK"),)}


def test_uses_count_marks_and_texts(database: Database, marked: Project) -> None:
    found = uses(database, marked)
    assert found.spans == {"RANK": Use(2, 2), "JOB": Use(1, 1)}
    assert found.categories == {("kind", "a"): Use(2, 2)}


def test_several_answers_are_taken_away_where_one_is_wanted(database: Database, project: Project) -> None:
    several = {**state(), "categories": [{"task": "kind", "label": each} for each in "ab"]}
    for key, number, said in (("1", 1, several), ("2", 2, answered())):
        record(database, project, "ann", [Act(key, number, 0, "accept", said)], several=True)
    assert uses(database, project).several == {"kind": 1}
    now = replace_schema(database, project, project.schema, Relabelling(single=frozenset({"kind"})))
    assert [each.gold.categories for each in examples(database, now)] == [(), (Category("kind", "a"),)]


def test_act_with_several_answers_where_one_is_wanted_is_refused(database: Database, project: Project) -> None:
    several = {**state(), "categories": [{"task": "kind", "label": each} for each in "ab"]}
    [outcome] = record(database, project, "ann", [Act("1", 1, 0, "accept", several)])
    assert outcome.problem is not None
    assert outcome.problem.reason == "text 1: several answers to 'kind', which takes one"


def test_another_project_keeps_its_labels(database: Database, marked: Project) -> None:
    other = Project(marked.id + 1, "other", marked.schema, {})
    replace_schema(database, other, RENAMED, NAMES)
    assert uses(database, marked).spans.keys() == {"RANK", "JOB"}


def test_what_is_proposed_is_relabelled_too() -> None:
    data = {"spans": [], "proposed": {"spans": [{"start": 0, "end": 1, "label": "A"}], "categories": []}}
    assert relabelled(data, Relabelling({"A": None}))["proposed"]["spans"] == []
