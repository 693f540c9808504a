from __future__ import annotations

from dataclasses import replace
from json import loads
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from textwright.llm.prompts.answer_schema import answer_problems, answer_schema, strict
from textwright.llm.prompts.prompt import answer_text
from textwright.schema import Schema

from .samples import MOOD, STARS, STOCK, TOPIC, TRADES

REVIEWS = Schema(tasks=(MOOD, TOPIC))
TWO_MOODS = "the task 'mood' has 2 answers, it must have exactly one of: good, bad"
FOOD_TWICE = "the label 'food' of the task 'topic' is given twice"


def takes(schema: Schema, task: str, value: Any) -> bool:
    return Draft202012Validator(answer_schema(schema, task)).is_valid(value)


@pytest.mark.parametrize(
    ("mention", "right"),
    [
        ({"label": "TOWN", "text": "Hove"}, True),
        ({"label": "TOWN", "text": "Hove", "occurrence": 2}, True),
        ({"label": "TOWN", "text": "Hove", "occurrence": None}, True),
        ({"label": "CITY", "text": "Hove"}, False),
        ({"label": "TOWN"}, False),
        ({"text": "Hove"}, False),
        ({"label": "TOWN", "text": None}, False),
        ({"label": "TOWN", "text": "Hove", "occurrence": "2"}, False),
        ({"label": "TOWN", "text": "Hove", "start": 3}, False),
    ],
)
def test_a_mention_is_of_the_promised_form(mention: dict[str, Any], right: bool) -> None:
    assert takes(TRADES, "spans", {"spans": [mention]}) is right


def test_an_open_schema_takes_any_label() -> None:
    assert takes(replace(TRADES, open=True), "spans", {"spans": [{"label": "CITY", "text": "Hove"}]})


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ([{"task": "mood", "label": "good"}], True),
        ([{"task": "mood", "label": "good", "evidence": "ah"}, {"task": "topic", "label": "room"}], True),
        ([{"task": "mood", "label": "good", "evidence": None}], True),
        ([{"task": "mood", "label": "room"}], False),
        ([{"task": "weather", "label": "good"}], False),
        ([], False),
    ],
)
def test_a_category_has_a_label_of_its_task(given: list[Any], right: bool) -> None:
    assert takes(REVIEWS, "categories", {"categories": given}) is right


@pytest.mark.parametrize(
    ("tasks", "is_open", "least", "most"),
    [
        ((MOOD,), False, 1, 1),
        ((MOOD, STARS), False, 2, 2),
        ((MOOD, TOPIC), False, 1, 4),
        ((TOPIC,), False, 0, 3),
        ((MOOD,), True, 1, 1),
        ((MOOD, TOPIC), True, 1, None),
    ],
)
def test_there_are_as_many_categories_as_can_be_right(tasks: Any, is_open: bool, least: int, most: int | None) -> None:
    items = answer_schema(Schema(tasks=tasks, open=is_open), "categories")["properties"]["categories"]
    assert (items["minItems"], items.get("maxItems")) == (least, most)


@pytest.mark.parametrize("example", STOCK)
def test_every_example_is_an_answer_that_is_taken(example: Any) -> None:
    assert takes(TRADES, "spans", loads(answer_text(example, "spans")))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([("mood", "good")], []),
        ([("mood", "good"), ("topic", "food"), ("topic", "room")], []),
        ([], ["the task 'mood' has 0 answers, it must have exactly one of: good, bad"]),
        (
            [("mood", "good"), ("mood", "bad")],
            [TWO_MOODS],
        ),
        (
            [("mood", "good"), ("topic", "food"), ("topic", "food")],
            [FOOD_TWICE],
        ),
    ],
)
def test_what_a_json_schema_cannot_say_is_said_in_words(given: list[tuple[str, str]], says: list[str]) -> None:
    value = {"categories": [{"task": task, "label": label} for task, label in given]}
    assert answer_problems(value, REVIEWS, "categories") == says


def test_spans_have_no_such_problems() -> None:
    assert answer_problems({"spans": []}, TRADES, "spans") == []


# --- strict mode ----------------------------------------------------------------------------


def test_strict_makes_of_the_tasks_one_object_with_the_labels_of_all() -> None:
    items = strict(answer_schema(Schema(tasks=(MOOD, STARS)), "categories"))["properties"]["categories"]["items"]
    assert items["properties"]["task"]["enum"] == ["mood", "stars"]
    assert items["properties"]["label"]["enum"] == ["good", "bad", "one", "two", "three"]
    assert items["required"] == ["task", "label", "evidence"]


@pytest.mark.parametrize(
    ("optional", "nullable"),
    [
        ({"type": "string"}, {"type": ["string", "null"]}),
        ({"type": ["string", "null"]}, {"type": ["string", "null"]}),
        ({"enum": ["a"], "type": "string"}, {"enum": ["a", None], "type": ["string", "null"]}),
        ({"anyOf": [{"type": "string"}]}, {"anyOf": [{"anyOf": [{"type": "string"}]}, {"type": "null"}]}),
    ],
)
def test_strict_lets_what_is_optional_be_null(optional: dict[str, Any], nullable: dict[str, Any]) -> None:
    form = strict({"type": "object", "properties": {"a": optional}})
    assert form == {"type": "object", "properties": {"a": nullable}, "required": ["a"], "additionalProperties": False}


def test_strict_changes_nothing_of_what_it_is_given() -> None:
    answer = answer_schema(REVIEWS, "categories")
    before = repr(answer)
    strict(answer)
    assert repr(answer) == before


def test_what_the_strict_form_allows_is_checked_by_the_exact_one() -> None:
    wrong = {"categories": [{"task": "mood", "label": "room", "evidence": None}]}
    assert Draft202012Validator(strict(answer_schema(REVIEWS, "categories"))).is_valid(wrong)
    assert not takes(REVIEWS, "categories", wrong)
