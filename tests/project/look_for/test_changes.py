"""Changes of a schema: what follows a name, what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from textwright.errors import SchemaError
from textwright.project.look_for.changes import (
    Answer,
    Change,
    add_label,
    add_task,
    change_label,
    change_task,
    remove_label,
    remove_task,
)
from textwright.project.look_for.starts import begin_with
from textwright.schema import Label, Rule, Schema, Task

ADDRESS = Schema.from_data(
    {
        "labels": {
            "ADDRESS": {"key": "a"},
            "STREET": {"key": "s", "parent": "ADDRESS"},
            "NUMBER": {"key": "n", "parent": "STREET"},
        },
        "tasks": {"tone": {"labels": {"kind": "Nice.", "rude": ""}}},
        "rules": [{"kind": "inside", "outer": "ADDRESS", "inner": "STREET"}, {"kind": "no_overlap", "label": "NUMBER"}],
        "guideline": "# Addresses",
    }
)


def test_label_gets_a_free_key_and_a_tidy_name() -> None:
    [*_, label] = add_label(ADDRESS, Label("  name of  site ", "Where \n it is.")).schema.labels
    assert label == Label("name_of_site", "Where it is.", key="m")


def test_children_and_rules_follow_a_name() -> None:
    made = change_label(ADDRESS, "STREET", Label("ROAD", parent="ADDRESS"))
    assert [label.parent for label in made.schema.labels] == [None, "ADDRESS", "ROAD"]
    assert made.schema.rules[0] == Rule("inside", "ADDRESS", "ROAD")
    assert made.relabelling.spans == {"STREET": "ROAD"}
    assert made.schema.guideline == "# Addresses"


def test_what_lay_inside_a_removed_label_lies_inside_its_parent() -> None:
    made = remove_label(ADDRESS, "STREET")
    assert [(label.name, label.parent) for label in made.schema.labels] == [("ADDRESS", None), ("NUMBER", "ADDRESS")]
    assert made.schema.rules == (Rule("no_overlap", label="NUMBER"),)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: change_label(ADDRESS, "ADDRESS", Label("ADDRESS", parent="NUMBER")), "would lie inside itself"),
        (lambda: change_label(ADDRESS, "ADDRESS", Label("ADDRESS", parent="ADDRESS")), "would lie inside itself"),
        (lambda: change_label(ADDRESS, "STREET", Label("street", key="N")), "the key n is that of"),
        (lambda: change_label(ADDRESS, "STREET", Label("STREET", key="7")), "is not one letter"),
        (lambda: change_label(ADDRESS, "STREET", Label("number")), "there is a label NUMBER already"),
        (lambda: change_label(ADDRESS, "TOWN", Label("CITY")), "unknown label 'TOWN'"),
        (lambda: remove_label(ADDRESS, "TOWN"), "unknown label 'TOWN'"),
        (lambda: add_label(ADDRESS, Label("\u0007")), "needs a name"),
        (lambda: add_label(ADDRESS, Label("TONE")), "there is a question tone already"),
        (lambda: change_label(ADDRESS, "STREET", Label("tone")), "there is a question tone already"),
        (lambda: add_task(ADDRESS, Task("street", (Label("a"), Label("b")))), "there is a label STREET already"),
        (
            lambda: change_task(
                ADDRESS, "tone", to="STREET", meaning="", multiple=False, answers=[Answer("a"), Answer("b")]
            ),
            "there is a label STREET already",
        ),
        (lambda: add_task(ADDRESS, Task("mood", (Label("good"),))), "needs two answers or more"),
        (lambda: add_task(ADDRESS, Task("mood", (Label("good"), Label("Good")))), "answer to mood good already"),
        (lambda: add_task(ADDRESS, Task("Tone", (Label("a"), Label("b")))), "there is a question tone already"),
        (lambda: remove_task(ADDRESS, "mood"), "unknown task 'mood'"),
    ],
)
def test_change_that_cannot_be_is_refused(change: Callable[[], Change], said: str) -> None:
    with pytest.raises(SchemaError, match=said.replace("?", r"\?")):
        change()


def test_answers_follow_their_names() -> None:
    answers = [Answer("friendly", "Nice.", "kind"), Answer("dull")]
    made = change_task(ADDRESS, "tone", to="voice", meaning="", multiple=True, answers=answers)
    [task] = made.schema.tasks
    assert task == Task("voice", (Label("friendly", "Nice."), Label("dull")), multiple=True)
    assert made.relabelling.categories == {("tone", "kind"): ("voice", "friendly"), ("tone", "rude"): None}


def test_question_that_stays_as_it_is_relabels_nothing() -> None:
    answers = [Answer("kind", "Nice.", "kind"), Answer("rude", "", "rude")]
    assert not change_task(ADDRESS, "tone", to="tone", meaning="", multiple=False, answers=answers).relabelling


def test_start_brings_what_is_not_there_and_keeps_what_is() -> None:
    mine = Schema.from_data({"name": "mine", "labels": {"Street": "Mine.", "SHOP": {"key": "n"}}})
    made = begin_with(mine, ADDRESS).schema
    assert made.spans == ("Street", "SHOP", "ADDRESS", "NUMBER")
    assert (made.name, made.label("Street").meaning, made.label("NUMBER").parent) == ("mine", "Mine.", None)
    assert len({label.key for label in made.labels if label.key}) == 3
    assert made.rules == (Rule("no_overlap", label="NUMBER"),)
    assert begin_with(Schema(), ADDRESS).schema == ADDRESS
