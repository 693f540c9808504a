"""What each word counts for a label: the same in Python and Node, and what a person would say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests import parity, spec
from textwright.errors import SchemaError
from textwright.evaluate import importance
from textwright.packs.emotion import HERE, open_linear
from textwright.schema import Schema
from textwright.types import Annotation, Category, Scores

SCHEMA = Schema.from_data({"tasks": {"mood": {"labels": ["glad", "sad"]}, "about": {"labels": ["food", "weather"]}}})


class Counting:
    """As glad as the share of the words that are `good`, and about food when `soup` is there."""

    schema = SCHEMA

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        raise NotImplementedError

    def score(self, texts: Sequence[str]) -> list[Scores]:
        return [self._scores(text.lower().split()) for text in texts]

    def _scores(self, words: list[str]) -> Scores:
        glad = words.count("good") / max(1, len(words))
        food = 1.0 if "soup" in words else 0.25
        chances = {"mood": {"glad": glad, "sad": 1 - glad}, "about": {"food": food, "weather": 1 - food}}
        return Scores(categories=tuple(Category(task, *each) for task, own in chances.items() for each in own.items()))


def test_each_word_has_what_its_label_loses_without_it() -> None:
    text = "Good GOOD soup"
    found = importance(Counting(), text)
    assert [text[span.start : span.end] for span in found] == ["Good", "GOOD", "soup"]
    assert [span.label for span in found] == ["glad"] * 3
    assert [span.score for span in found] == pytest.approx([2 / 3 - 1 / 2, 2 / 3 - 1 / 2, 2 / 3 - 1])


def test_another_task_and_label_can_be_asked_for() -> None:
    found = importance(Counting(), "Good soup", task="about", label="weather")
    assert [(span.label, span.score) for span in found] == [("weather", 0.0), ("weather", -0.75)]


def test_a_long_text_is_left_out_in_stretches() -> None:
    found = importance(Counting(), "a b c d e", most=2)
    assert [(span.start, span.end) for span in found] == [(0, 5), (6, 9)]


def test_where_no_spaces_part_words_each_letter_is_left_out() -> None:
    text = "天気 กำดี"
    assert [text[span.start : span.end] for span in importance(Counting(), text)] == ["天", "気", "ก", "ำ", "ดี"]


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_a_text_without_words_has_none_that_matter(text: str) -> None:
    assert importance(Counting(), text) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"task": "colour"}, "no task colour. Tasks: mood, about"),
        ({"label": "food"}, "the task mood has no label food. Labels: glad, sad"),
    ],
)
def test_what_is_unknown_is_named_with_what_there_is(asked: dict[str, str], said: str) -> None:
    with pytest.raises(SchemaError, match=said):
        importance(Counting(), "Good", **asked)


def test_no_stretch_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="most is 0"):
        importance(Counting(), "Good", most=0)


def test_the_word_that_says_it_comes_first() -> None:
    text = "Thanks to everyone who helped us to find the dog."
    best = max(importance(open_linear(), text, task="emotion"), key=lambda span: span.score or 0)  # type: ignore[arg-type]
    assert (best.label, text[best.start : best.end]) == ("gratitude", "Thanks")


@pytest.mark.node
def test_node_gives_the_same_numbers() -> None:
    model: Any = open_linear()
    texts = [
        "I love it 👩‍🍳 so much!! But the SoupSpoon &amp; R&D is awful.",
        "word " * 130,
        *parity.hostile_texts()[:30],
    ]
    found = spec.in_node("importance", texts, HERE / "linear")
    for text, each in zip(texts, found, strict=True):
        expected = importance(model, text)
        assert [(s["start"], s["end"], s["label"]) for s in each["spans"]] == [
            (span.start, span.end, span.label) for span in expected
        ]
        assert [s["score"] for s in each["spans"]] == pytest.approx([span.score for span in expected], abs=1e-4)
