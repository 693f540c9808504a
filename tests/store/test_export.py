from __future__ import annotations

import tracemalloc
from typing import Any

from sqlalchemy import update

from tests.store.working import state
from textwright.formats.jsonl import annotation_data
from textwright.store.acts import Act, Kind, record
from textwright.store.database import Database
from textwright.store.export import examples
from textwright.store.projects import Project
from textwright.store.tables import DECISIONS, TEXTS, now
from textwright.store.texts import add_texts
from textwright.types import Annotation, Category, Example, Span

JOB, RANK = (0, 4, "JOB"), (0, 4, "RANK")


def do(database: Database, project: Project, name: str, text: int, kind: Kind, data: dict[str, Any]) -> None:
    [outcome] = record(database, project, name, [Act(f"{name} {text}", text, 0, kind, data, None, 2.5)])
    assert outcome.problem is None


def decide(database: Database, text: int, annotation: Annotation) -> None:
    facts = {"by": "eve", "took": None, "reason": "", "at": now(), "annotation": annotation_data(annotation)}
    database.write(
        lambda connection: connection.execute(
            DECISIONS.insert().values(text=text, key=f"{text} {annotation}"[:64], **facts)
        )
    )


def test_each_annotation_is_an_example_with_its_facts(database: Database, project: Project) -> None:
    do(database, project, "bob", 1, "accept", state(JOB, note="hm", flagged=True))
    do(database, project, "ann", 1, "edit", {**state(), "categories": [{"task": "kind", "label": "a"}]})
    ann, bob = examples(database, project)
    assert (ann.id, ann.annotator, ann.gold) == ("t1", "ann", Annotation((), (Category("kind", "a"),)))
    assert (bob.annotator, bob.gold) == ("bob", Annotation((Span(0, 4, "JOB"),), ()))
    assert {key: bob.extra[key] for key in bob.extra if key != "at"} == {
        "status": "done",
        "seconds": 2.5,
        "note": "hm",
        "flagged": True,
    }
    assert set(ann.extra) == {"status", "at", "seconds"}


def test_only_handed_in_ones_come_with_done(database: Database, project: Project) -> None:
    do(database, project, "ann", 1, "edit", state(JOB))
    do(database, project, "ann", 2, "accept", state(JOB))
    do(database, project, "ann", 3, "skip", state())
    assert [each.id for each in examples(database, project)] == ["t1", "t2", "t3"]
    assert [each.id for each in examples(database, project, status="done")] == ["t2"]


def test_skipped_text_says_nothing_unless_something_was_marked(database: Database, project: Project) -> None:
    do(database, project, "ann", 1, "skip", state())
    do(database, project, "bob", 1, "skip", state(JOB))
    ann, bob = examples(database, project)
    assert ann.gold == Annotation(None, None)
    assert bob.gold.spans == (Span(0, 4, "JOB"),)


def test_proposals_are_never_exported(database: Database, project: Project) -> None:
    data = {**state(), "proposed": {"spans": [{"start": 0, "end": 4, "label": "JOB"}], "categories": []}}
    do(database, project, "ann", 1, "accept", data)
    assert [each.gold.spans for each in examples(database, project)] == [()]


def test_what_the_file_said_besides_is_kept(database: Database, project: Project) -> None:
    add_texts(
        database, project, [Example("m", "Porter", meta={"source": "x"}, extra={"colour": "red", "status": "old"})]
    )
    do(database, project, "ann", 4, "accept", state(JOB))
    for which in ("annotators", "gold"):
        [found] = examples(database, project, which=which)  # type: ignore[arg-type]
        assert found.meta == {"source": "x"}
        assert found.extra["colour"] == "red"
    assert next(examples(database, project)).extra["status"] == "done"


def test_gold_is_the_decision_or_what_all_agree_on_or_the_only_one(database: Database, project: Project) -> None:
    add_texts(database, project, [Example("differs", "Porter"), Example("open", "Porter")])
    for name, sides in {"ann": (JOB, JOB, JOB, JOB, JOB), "bob": (RANK, JOB, None, RANK, None)}.items():
        for text, side in enumerate(sides, start=1):
            if side is not None:
                do(database, project, name, text, "edit" if text == 5 else "accept", state(side))
    decide(database, 1, Annotation((Span(0, 4, "JOB"),)))
    decide(database, 1, Annotation((Span(5, 7, "RANK"),), ()))
    found = {each.id: each for each in examples(database, project, which="gold")}
    assert {name: each.gold.spans for name, each in found.items()} == {
        "t1": (Span(5, 7, "RANK"),),
        "t2": (Span(0, 4, "JOB"),),
        "t3": (Span(0, 4, "JOB"),),
    }
    assert {name: each.extra["from"] for name, each in found.items()} == {
        "t1": "decision",
        "t2": "agreement",
        "t3": "one annotator",
    }
    assert all(each.annotator is None for each in found.values())


def test_gold_questions_are_left_out(database: Database, project: Project) -> None:
    add_texts(database, project, [Example("g", "Nurse", Annotation((Span(0, 5, "JOB"),)))], gold=True)
    do(database, project, "ann", 4, "accept", state(JOB))
    assert [*examples(database, project), *examples(database, project, which="gold")] == []


def test_memory_does_not_grow_with_the_project(database: Database, project: Project) -> None:
    add_texts(database, project, [Example(f"p{i}", "Porter " * 100) for i in range(4_000)])
    database.write(lambda connection: connection.exec_driver_sql(MANY))
    database.write(lambda connection: connection.execute(update(TEXTS).values(takers=1)))
    next(examples(database, project))
    tracemalloc.start()
    assert sum(1 for _ in examples(database, project)) == 4_003
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000, "the texts alone are 2.8 MB, their rows and examples many times that"


MANY = """
INSERT INTO annotations (text, annotator, project, version, status, state, seconds, at, blind)
SELECT number, 'ann', project, 1, 'done',
  '{"spans": [], "categories": [], "proposed": {"spans": [], "categories": []}, "note": "", "flagged": false}',
  1, '', '0'
FROM texts
"""
