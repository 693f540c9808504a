"""A teacher without probabilities: what it says is certain, and what it cannot answer teaches nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from textwright.errors import DataError
from textwright.schema import Schema, schema_of
from textwright.train.certain import ask_teacher
from textwright.types import Annotation, Answer, Category, Problem, Scores, Span

SCHEMA = schema_of(["ROLE"], tasks={"tone": ["calm", "loud"]})


class Shy:
    """Answers texts that do not ask."""

    schema: Schema = SCHEMA

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        raise AssertionError(texts)

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        return [
            Answer(None, Problem("answer", "no JSON"))
            if "?" in text
            else Answer(Annotation((Span(0, 4, "ROLE", 0.75),), (Category("tone", "calm"),)))
            for text in texts
        ]


def test_what_is_said_counts_as_certain_and_what_is_not_said_as_impossible() -> None:
    teacher = ask_teacher("shy", Shy(), ["Cook"], tell=print)
    assert teacher.score(["Cook"]) == [
        Scores((Span(0, 4, "ROLE"),), (Category("tone", "calm"), Category("tone", "loud"))),
    ]
    [scores] = teacher.score(["Cook"])
    assert [each.score for each in scores.spans] == [0.75]
    assert [each.score for each in scores.categories] == [1.0, 0.0]


def test_a_text_without_an_answer_teaches_nothing_and_is_counted() -> None:
    told: list[str] = []
    teacher = ask_teacher("shy", Shy(), ["Cook", "Who?"], tell=told.append)
    assert list(teacher.said) == ["Cook"]
    assert told == ["shy did not answer 1 of 2 texts; these teach nothing. no JSON"]


def test_a_teacher_that_answers_nothing_is_refused() -> None:
    with pytest.raises(DataError, match="shy answered none of the 2 texts, so that it cannot teach: no JSON"):
        ask_teacher("shy", Shy(), ["Who?", "Why?"], tell=print)
