"""A plain function answers like every other predictor, and what it raises is one text's problem."""

from __future__ import annotations

from typing import Any

import pytest

from textwright.errors import PredictionError
from textwright.predictors.function import FunctionPredictor
from textwright.schema import Schema, schema_of
from textwright.testing import check_predictor
from textwright.types import Annotation, Category, Span

SCHEMA = schema_of(["TOWN"], tasks={"mood": ["good", "bad"]})


def first_word(text: str) -> list[tuple[int, int, str]]:
    end = len(text.split(" ")[0])
    return [(0, end, "TOWN")] if end and not text[:end].isspace() and text[0].isalnum() else []


def saying(said: Any) -> FunctionPredictor:
    return FunctionPredictor("fixed", SCHEMA, lambda text: said)


def test_a_function_is_a_predictor() -> None:
    check_predictor(FunctionPredictor("first word", SCHEMA, first_word))


@pytest.mark.parametrize(
    "said",
    [
        [(0, 4, "TOWN")],
        [{"start": 0, "end": 4, "label": "TOWN"}],
        [Span(0, 4, "TOWN")],
        ((0, 4, "TOWN"),),
        {"spans": [(0, 4, "TOWN")]},
        Annotation(spans=(Span(0, 4, "TOWN"),)),
    ],
)
def test_spans_may_be_said_in_many_ways(said: Any) -> None:
    assert saying(said).predict(["York"]) == [Annotation(spans=(Span(0, 4, "TOWN"),))]


def test_categories_are_said_with_their_task() -> None:
    assert saying({"categories": [("mood", "good")]}).predict(["York"]) == [
        Annotation(categories=(Category("mood", "good"),))
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (None, "gave NoneType, expected"),
        ({}, "an object without spans and categories"),
        ([(0, 4)], "expected [(start, end, label), ...]"),
        ([(0, 9, "TOWN")], "span [0, 9) does not fit"),
        ([(0, 4, "CITY")], "unknown label 'CITY'"),
        ({"categories": [("mood", "odd")]}, "unknown label 'odd' of task mood"),
    ],
)
def test_what_is_no_annotation_is_a_problem_of_the_text(said: Any, reason: str) -> None:
    [answer] = saying(said).answer(["York"])
    assert answer.annotation is None
    assert reason in str(answer.problem)


def test_what_a_function_raises_costs_one_text() -> None:
    def fails(text: str) -> list[tuple[int, int, str]]:
        return [(0, 1, "TOWN")] if text else [][1]

    model = FunctionPredictor("fails", Schema(open=True), fails)
    answers = model.answer(["York", "", "Hove"])
    assert [answer.annotation is None for answer in answers] == [False, True, False]
    assert "IndexError: list index out of range" in str(answers[1].problem)
    with pytest.raises(PredictionError, match="text 1: IndexError"):
        model.predict(["York", ""])


def test_ctrl_c_ends_a_function_for_all_texts() -> None:
    def stopped(text: str) -> list[tuple[int, int, str]]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        FunctionPredictor("stopped", SCHEMA, stopped).answer(["York"])
