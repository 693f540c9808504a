"""The step `correct`: texts set aside come among the others, and what the model reached stands beside."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.start.conftest import At, ProjectAt
from textwright.dataset import Dataset
from textwright.project.files import Project
from textwright.project.workbench import ME
from textwright.store.acts import Act
from textwright.store.rounds import keep_round
from textwright.types import Annotation, Example, Span

SCHEMA = 'name = "shop"\n[labels.BRAND]\nkey = "b"\n'
TASK = 'name = "mail"\n[tasks.topic]\n[tasks.topic.labels]\nbill = {}\nfault = {}\n'
TEXTS = [Example(f"t{n}", f"Bosch drill {n}", meta={"held_out": n % 4 == 0}) for n in range(1, 49)]


def correct(at: At, count: int) -> list[dict[str, Any]]:
    """Hand in the next texts as they come, with the brand marked."""
    tasks = at.get(f"/api/queue?limit={count}")["tasks"]
    state = {
        "spans": [{"start": 0, "end": 5, "label": "BRAND"}],
        "categories": [],
        "proposed": {"spans": [], "categories": []},
        "note": "",
        "flagged": False,
    }
    acts = [Act(f"k{task['number']}", task["number"], 0, "accept", state, seconds=6.0) for task in tasks]
    assert all(outcome.problem is None for outcome in at.bench.desk.record(ME, acts))
    return list(tasks)


def at_shop(project_at: ProjectAt, texts: list[Example] = TEXTS) -> At:
    def place(project: Project) -> None:
        Dataset(texts).write(project.texts_file)

    return project_at([], schema=SCHEMA, before=place)


def test_step_begins_with_nothing_learned(project_at: ProjectAt) -> None:
    at = at_shop(project_at)
    found = at.get("/api/steps/correct")
    assert (found["done"], found["aim"], found["enough"], found["rounds"]) == (0, 48, 40, [])
    assert found["goal"] == "0 of about 48 texts. From 40 on you can judge."
    assert found["forecast"] == found["suggests"] == ""
    assert not at.standing("correct")["done"]


def test_every_fourth_text_is_for_the_test_and_counts_as_such(project_at: ProjectAt) -> None:
    at = at_shop(project_at)
    tasks = correct(at, 40)
    assert [place for place, task in enumerate(tasks) if task["held_out"]] == list(range(3, 40, 4))
    assert {task["id"] for task in tasks if task["held_out"]} < {each.id for each in TEXTS if each.meta["held_out"]}
    found = at.get("/api/steps/correct")
    assert (found["done"], found["tests"]) == (40, 10)
    assert at.standing("correct") == {
        "name": "correct",
        "done": True,
        "words": "40 of 48",
        "commands": at.standing("correct")["commands"],
        "fault": "",
    }


def test_models_stand_with_what_they_reached_and_what_more_brings(project_at: ProjectAt) -> None:
    at = at_shop(project_at)
    correct(at, 40)
    for learned, score, right in ((10, 0.5, 2), (20, 0.6, 4), (30, 0.7, 6)):
        facts = {"texts": learned + 8, "learned": learned, "score": score, "support": 8, "right": right}
        keep_round(
            at.bench.database,
            at.bench.desk.project,
            {**facts, "measure": "span F1", "seconds": 3.0, "round": learned // 10, "handed_in": learned + 8},
        )
    found = at.get("/api/steps/correct")
    assert found["rounds"][-1] == {"learned": 30, "right": 70, "tests": 8, "whole": 6}
    assert found["model"] == "Of 100 marked parts it gets about 70 right. Every mark is right in 6 of 8 test texts."
    assert found["forecast"].startswith("About 1 more minute (8 texts) brings about")
    assert found["suggests"] == "It is not right often enough yet to suggest anything."


def test_without_torch_the_work_goes_on_and_the_pip_line_is_said(
    project_at: ProjectAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textwright.project.workbench.find_spec", lambda name: None)
    at = at_shop(project_at)
    correct(at, 5)
    found = at.get("/api/steps/correct")
    assert "install what it needs" in found["model"]
    assert found["missing"] == "pip install 'textwright[train]'"
    assert (found["done"], found["next"]) == (5, "")


def test_projects_of_questions_alone_work_alike(project_at: ProjectAt) -> None:
    at = project_at([f"My bill is wrong {n}" for n in range(8)], schema=TASK)
    facts = {"texts": 40, "learned": 30, "score": 0.8, "support": 10, "right": 8, "measure": "topic"}
    keep_round(at.bench.database, at.bench.desk.project, {**facts, "seconds": 3.0, "round": 1, "handed_in": 40})
    found = at.get("/api/steps/correct")
    assert found["counts"] == "answers to topic"
    assert found["model"].startswith("Of 100 answers to topic it gets about 80 right.")


def test_annotations_that_a_file_brought_count(project_at: ProjectAt) -> None:
    marked = Example("a", "Bosch drill", Annotation((Span(0, 5, "BRAND"),)), annotator=ME)
    at = at_shop(project_at, [marked, Example("b", "Makita saw")])
    assert at.get("/api/steps/correct")["done"] == 1
