"""The sentences of the step: short, without a word that nobody explained."""

from __future__ import annotations

import re

import pytest

from textwright.project.correct.forecast import Forecast
from textwright.project.correct.goal import Goal, goal_from
from textwright.project.correct.rounds import Trained
from textwright.project.correct.words import forecast_words, goal_words, model_words, next_words, suggests_words
from textwright.store.counts import Handed

TERMS = re.compile(r"\b(F1|span|corpus|precision|recall|epoch|held.out|annotat\w*)\b", re.IGNORECASE)


def goal(done: int, total: int = 200) -> Goal:
    return goal_from(Handed(total, done, done // 4))


@pytest.mark.parametrize(
    ("done", "total", "words"),
    [
        (0, 0, "There are no texts yet"),
        (0, 200, "0 of about 100 texts. From 40 on"),
        (40, 200, "40 of about 100 texts. Enough to judge"),
        (120, 200, "120 texts. Enough"),
        (200, 200, "All 200 texts are corrected"),
        (10, 30, "10 of about 30 texts. From 30 on"),
        (1, 1, "The only text"),
    ],
)
def test_goal_says_how_far_one_is(done: int, total: int, words: str) -> None:
    assert goal_words(goal(done, total)).startswith(words)


@pytest.mark.parametrize(
    ("done", "total", "enough"), [(39, 200, False), (40, 200, True), (30, 30, True), (0, 0, False)]
)
def test_forty_are_enough_or_all_of_fewer(done: int, total: int, enough: bool) -> None:
    assert goal(done, total).is_enough is enough


@pytest.mark.parametrize(
    ("handed_in", "done", "running", "words"),
    [
        (0, 5, False, "It learns after 15 more texts."),
        (20, 39, False, "A new one learns after 1 more text."),
        (20, 41, True, "A new model is learning now."),
        (0, 21, True, "The first model is learning now."),
        (180, 190, False, "A new one learns after 10 more texts."),
        (190, 195, False, ""),
    ],
)
def test_next_training_is_foretold_where_there_is_one(handed_in: int, done: int, running: bool, words: str) -> None:
    assert next_words(goal(done), handed_in=handed_in, every=20, running=running) == words


def test_model_that_suggests_nothing_says_why() -> None:
    model = Trained(15, 31.0, 5, 0, "topic")
    assert "not right often enough" in suggests_words(None, model)
    assert "What you chose" in suggests_words("rules 1a2b", model)
    assert suggests_words("rules 1a2b", None) == ""
    assert model_words(model).startswith("Of 100 answers to topic")


@pytest.mark.parametrize(
    "words",
    [
        *(goal_words(goal(done, total)) for done, total in [(0, 0), (5, 200), (50, 200), (150, 200), (200, 200)]),
        *(model_words(Trained(60, 81.0, tests, 1, "span F1")) for tests in (1, 20)),
        *(suggests_words(each, Trained(15, 31.0, 5, 0, "topic")) for each in ("trained", None, "rules")),
        *(forecast_words(Forecast(40, 12.0, 3.0, 1.0, high)) for high in (0.5, 6.0)),
    ],
)
def test_sentences_are_few_and_short_and_need_no_dictionary(words: str) -> None:
    sentences = re.split(r"(?<=[.:]) ", words)
    assert len(sentences) <= 3
    assert all(len(each.split()) <= 20 for each in sentences)
    assert not TERMS.search(words)
