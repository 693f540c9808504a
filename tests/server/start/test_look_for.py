"""The second step behind its routes: labels, questions, what to start from, and what has marks already."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest

from tests.server.start.conftest import At, ProjectAt
from textwright.schema import Schema
from textwright.types import Annotation, Category, Example, Span

PATH = "/api/steps/look_for"
TEXTS = ("Bosch drill 18 V", "Sony TV 55 in", "Makita saw 36 V")
TOOLS = '[labels.BRAND]\nmeaning = "Who makes it."\nkey = "b"\n\n[tasks.kind]\nlabels = ["tool", "toy"]\n'
MARKED = [
    Example("a", "Bosch drill", Annotation((Span(0, 5, "BRAND"),), (Category("kind", "tool"),)), annotator="me"),
    Example("b", "Sony TV", Annotation((Span(0, 4, "BRAND"),), (Category("kind", "toy"),)), annotator="me"),
]


def names(found: Any) -> list[str]:
    return [label["name"] for label in found["labels"]]


def marked(at: At) -> list[list[str]]:
    return [[span.label for span in each.gold.spans or ()] for each in at.bench.desk.examples()]


@pytest.fixture
def tools(project_at: ProjectAt) -> At:
    """Open a project whose two texts were annotated."""
    at = project_at(TEXTS, schema=TOOLS)
    at.bench.desk.add(MARKED)
    return at


def test_label_is_added_to_the_file_and_the_desk(project_at: ProjectAt) -> None:
    at = project_at(TEXTS)
    found = at.post(f"{PATH}/labels", name=" MAKER ", meaning="Who makes it, such as Sony.")
    assert names(found) == ["MAKER"]
    assert Schema.read(at.project.schema_file) == at.bench.desk.project.schema
    assert found["labels"][0]["place"] == {"text": "Sony TV 55 in", "start": 0, "end": 4}
    assert at.standing("look_for") | {"commands": []} == {
        "name": "look_for", "done": True, "words": "1 label", "commands": [], "fault": "",
    }  # fmt: skip


def test_label_that_cannot_be_is_refused(tools: At) -> None:
    refused = {
        " ": "a label needs a name",
        "brand": "there is a label BRAND already",
        "A[B]": "has the sign [",
        "x" * 61: "at most 60 fit",
    }
    for name, said in refused.items():
        assert said in tools.refused(f"{PATH}/labels", name=name)
    assert names(tools.get(PATH)) == ["BRAND"]


def test_renaming_a_label_renames_its_marks(tools: At) -> None:
    found = tools.post(f"{PATH}/labels/change", name="BRAND", to="MAKER", meaning="Who made it.", key="m", words="sony")
    [label] = found["labels"]
    assert (label["name"], label["key"], label["marks"], label["texts"]) == ("MAKER", "m", 2, 2)
    assert label["place"]["text"] == "Sony TV 55 in"
    assert marked(tools) == [["MAKER"], ["MAKER"]]


def test_label_is_not_changed_when_its_example_is_in_no_text(tools: At) -> None:
    detail = tools.refused(f"{PATH}/labels/change", name="BRAND", to="MAKER", words="Philips")
    assert detail == "no text has the words Philips; name some that stand in one of your texts"
    assert names(tools.get(PATH)) == ["BRAND"]


def test_label_with_marks_is_removed_only_when_they_may_be_lost(tools: At) -> None:
    assert (
        tools.refused(f"{PATH}/labels/removal", status=409, name="BRAND")
        == "BRAND has 2 marks in 2 texts, which would be lost"
    )
    assert marked(tools) == [["BRAND"], ["BRAND"]]
    assert names(tools.post(f"{PATH}/labels/removal", name="BRAND", lose=True)) == []
    assert marked(tools) == [[], []]


def test_question_is_added_changed_and_removed(tools: At) -> None:
    answers = [{"name": "yes"}, {"name": "no", "meaning": "Not at all."}]
    found = tools.post(f"{PATH}/tasks", name="new", answers=answers)
    assert [task["name"] for task in found["tasks"]] == ["kind", "new"]
    changed = [{"name": "device", "was": "tool"}, {"name": "toy", "was": "toy"}]
    found = tools.post(f"{PATH}/tasks/change", name="kind", to="sort", answers=changed)
    assert [(each["name"], each["texts"]) for each in found["tasks"][0]["answers"]] == [("device", 1), ("toy", 1)]
    fewer = [{"name": "device", "was": "device"}, {"name": "other"}]
    change = {"name": "sort", "to": "sort", "answers": fewer}
    assert "sort: toy has 1 mark in 1 text" in tools.refused(f"{PATH}/tasks/change", status=409, **change)
    tools.post(f"{PATH}/tasks/change", lose=True, **change)
    tools.post(f"{PATH}/tasks/removal", name="sort", lose=True)
    assert [task.name for task in tools.bench.desk.project.schema.tasks] == ["new"]


def test_texts_with_several_answers_are_counted_before_a_question_takes_one(project_at: ProjectAt) -> None:
    at = project_at(TEXTS, schema='[tasks.kind]\nlabels = ["tool", "toy"]\nmultiple = true\n')
    both = (Category("kind", "tool"), Category("kind", "toy"))
    at.bench.desk.add([Example("a", "Bosch drill", Annotation((), both), annotator="me")])
    answers = [{"name": name, "was": name} for name in ("tool", "toy")]
    change = {"name": "kind", "to": "kind", "multiple": False, "answers": answers}
    detail = at.refused(f"{PATH}/tasks/change", status=409, **change)
    assert detail == "1 text has several answers to kind, which would be lost"
    assert [task["multiple"] for task in at.post(f"{PATH}/tasks/change", lose=True, **change)["tasks"]] == [False]
    assert [each.gold.categories for each in at.bench.desk.examples()] == [()]


def test_what_there_is_to_start_from_is_taken_over(project_at: ProjectAt) -> None:
    at = project_at(TEXTS, schema="[labels.SIZE]\n")
    starts = {start["name"]: start for start in at.get(PATH)["starts"]}
    assert {"products", "titles", "emotion"} <= set(starts)
    found = at.post(f"{PATH}/start", name="products")
    assert names(found) == ["SIZE", "BRAND", "PRODUCT", "COLOUR"]
    assert "products" not in {start["name"] for start in found["starts"]}
    assert "Known: " in at.refused(f"{PATH}/start", name="nothing")


def test_schema_that_was_edited_by_hand_is_taken_up(tools: At) -> None:
    tools.project.schema_file.write_text("[labels.SIZE]\n", encoding="utf-8")
    assert names(tools.get(PATH)) == ["SIZE", "BRAND"]
    tools.project.schema_file.write_text("[labels.SIZE]\nkeys = 1\n", encoding="utf-8")
    answer = tools.client.get(PATH)
    assert (answer.status_code, "unknown key 'keys'" in answer.json()["detail"]) == (422, True)
    tools.project.schema_file.write_text("[labels.kind]\n", encoding="utf-8")
    assert "there is a question kind already" in tools.client.get(PATH).json()["detail"]


def test_label_that_is_made_while_annotating_is_in_the_file(tools: At) -> None:
    tools.bench.desk.add_label("SIZE")
    assert Schema.read(tools.project.schema_file).spans == ("BRAND", "SIZE")


def test_texts_for_the_test_neither_propose_nor_show(project_at: ProjectAt) -> None:
    tea = [Example(f"a{n}", f"tea {n} kg") for n in range(10, 16)]
    ink = [Example(f"b{n}", f"ink £{n}", meta={"held_out": True}) for n in range(10, 16)]
    at = project_at([*tea, *ink], schema='[labels.COST]\nmeaning = "Such as £12."\n')
    while not (found := at.get(f"{PATH}/proposals"))["ready"]:
        time.sleep(0.02)
    assert {each["name"]: each["texts"] for each in found["labels"]} == {"AMOUNT": 6}
    at.bench.desk.add([replace(ink[0], gold=Annotation((Span(4, 7, "COST"),)), annotator="me")])
    assert at.get(PATH)["labels"][0] | {"key": ""} == {
        "name": "COST", "meaning": "Such as £12.", "key": "", "parent": "", "marks": 1, "texts": 1, "place": None,
    }  # fmt: skip


def test_proposals_come_from_the_texts(project_at: ProjectAt) -> None:
    at = project_at([f"tea {number} kg" for number in range(10, 16)])
    while not (found := at.get(f"{PATH}/proposals"))["ready"]:
        time.sleep(0.02)
    proposed = {each["name"]: each for each in found["labels"]}
    assert proposed["AMOUNT"]["texts"] == 6
    at.post(f"{PATH}/labels", name="AMOUNT", meaning="", place=proposed["AMOUNT"]["places"][0])
    assert "AMOUNT" not in {each["name"] for each in at.get(f"{PATH}/proposals")["labels"]}
    assert json.loads((at.project.folder / "look_for.json").read_text("utf-8"))["examples"].keys() == {"AMOUNT"}
