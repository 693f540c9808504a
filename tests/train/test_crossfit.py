from __future__ import annotations

import random

import pytest

from textwright.schema import Schema
from textwright.train.crossfit import cross_fitted, figures, interval, macro_f1
from textwright.train.topics import CategoryLesson
from textwright.types import Category, Scores

SCHEMA = Schema.from_data(
    {"tasks": {"mood": {"labels": ["joy", "fear"], "multiple": True}, "side": {"labels": ["left", "right"]}}}
)


def world(texts: int, noise: float) -> tuple[list[Scores], list[CategoryLesson]]:
    """Texts with what is right, and scores that know it but for noise; all scores of moods are low."""
    random_, scores, lessons = random.Random(0), list[Scores](), list[CategoryLesson]()
    for place in range(texts):
        truth = {topic: float(random_.random() < 0.4) for topic in (("mood", "joy"), ("mood", "fear"))}
        left = float(random_.random() < 0.5)
        truth |= {("side", "left"): left, ("side", "right"): 1 - left}
        lessons.append(CategoryLesson(str(place), truth))
        seen = {topic: value if random_.random() >= noise else 1 - value for topic, value in truth.items()}
        scale = {"mood": 0.2, "side": 0.9}
        scores.append(Scores(categories=tuple(Category(*t, 0.05 + scale[t[0]] * v) for t, v in seen.items())))
    return scores, lessons


def test_thresholds_of_one_half_suit_the_other() -> None:
    assert macro_f1(cross_fitted(*world(400, 0.0), SCHEMA)) == 1.0


def test_chance_is_not_flattered() -> None:
    judged = cross_fitted(*world(400, 0.5), SCHEMA).of_task("mood")
    assert 0.4 < macro_f1(judged) < 0.62


@pytest.mark.parametrize("task", ["mood", "side"])
def test_more_texts_make_an_interval_narrower(task: str) -> None:
    few, many = (cross_fitted(*world(texts, 0.2), SCHEMA).of_task(task) for texts in (100, 2000))
    (low, high), (lower, higher) = interval(many), interval(few)
    assert low < macro_f1(many) < high
    assert high - low < (higher - lower) / 2


def test_figures_name_every_label() -> None:
    table = figures(cross_fitted(*world(60, 0.1), SCHEMA), SCHEMA)
    assert [line.split(" | ")[1] for line in table.splitlines()[2:]] == [
        "all 2 (macro)",
        "joy",
        "fear",
        "all 2 (macro)",
        "left",
        "right",
    ]
