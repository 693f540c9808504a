from __future__ import annotations

from typing import Any

from tests.store.working import state
from textwright.store.acts import Act, Kind, record, take
from textwright.store.counts import TextCounts, annotator_counts, progress_counts
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.texts import add_texts
from textwright.types import Annotation, Example, Span


def do(database: Database, project: Project, name: str, text: int, kind: Kind, **more: Any) -> None:
    [outcome] = record(
        database, project, name, [Act(f"{name} {text} {more}", text, more.pop("base", 0), kind, state(), **more)]
    )
    assert outcome.problem is None


def test_new_project_has_everything_to_do(database: Database, project: Project) -> None:
    assert progress_counts(database, project, 2) == TextCounts(total=3, done=0, begun=0, skipped=0)
    assert annotator_counts(database, project) == []


def test_text_is_done_when_enough_handed_it_in(database: Database, project: Project) -> None:
    do(database, project, "ann", 1, "accept")
    assert progress_counts(database, project, 2) == TextCounts(total=3, done=0, begun=1, skipped=0)
    do(database, project, "bob", 1, "accept")
    assert progress_counts(database, project, 2) == TextCounts(total=3, done=1, begun=0, skipped=0)


def test_begun_skipped_and_taken_texts_are_told_apart(database: Database, project: Project) -> None:
    do(database, project, "ann", 1, "edit")
    do(database, project, "ann", 2, "skip")
    database.write(lambda connection: take(connection, project, "ann", 3))
    assert progress_counts(database, project, 1) == TextCounts(total=3, done=0, begun=1, skipped=1)
    [ann] = annotator_counts(database, project)
    assert (ann.name, ann.done, ann.begun, ann.skipped) == ("ann", 0, 1, 1)


def test_text_that_is_opened_again_is_not_done(database: Database, project: Project) -> None:
    do(database, project, "ann", 1, "accept")
    do(database, project, "ann", 1, "reopen", base=1)
    assert progress_counts(database, project, 1) == TextCounts(total=3, done=0, begun=1, skipped=0)


def test_gold_questions_do_not_count(database: Database, project: Project) -> None:
    add_texts(database, project, [Example("g", "Nurse", Annotation((Span(0, 5, "JOB"),)))], gold=True)
    do(database, project, "ann", 4, "accept")
    assert progress_counts(database, project, 1) == TextCounts(total=3, done=0, begun=0, skipped=0)
    assert [each.done for each in annotator_counts(database, project, "ann")] == [0]


def test_pace_is_that_of_the_latest_fifty(database: Database, project: Project) -> None:
    add_texts(database, project, [Example(f"p{i}", "Porter") for i in range(60)])
    for number in range(4, 64):
        do(database, project, "ann", number, "accept", seconds=1000.0 if number < 14 else float(number % 2 * 2 + 3))
    [ann] = annotator_counts(database, project, "ann")
    assert ann.done == 60
    assert ann.seconds_per_text == 4.0
    assert ann.texts_per_hour == 900.0


def test_annotators_come_by_name_and_one_alone(database: Database, project: Project) -> None:
    for name in ("cy", "ann", "bob"):
        do(database, project, name, 1, "accept")
    assert [each.name for each in annotator_counts(database, project)] == ["ann", "bob", "cy"]
    assert [each.name for each in annotator_counts(database, project, "bob")] == ["bob"]
