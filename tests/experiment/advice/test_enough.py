from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.experiment.advice.weighed import MEASURE, method
from tests.experiment.table.made import GOLD, judged, run_of, texts_with, wrong_in
from textwright.experiment.advice.budget import Budget
from textwright.experiment.advice.candidates import candidates_of
from textwright.experiment.advice.enough import Enough, enough_of
from textwright.experiment.advice.shipping import shipping_of
from textwright.runs import Run


def enough(*runs: Run, **facts: Any) -> Enough:
    found, _ = candidates_of(runs, test="test", measure=MEASURE)
    return enough_of(found, shipping_of(found, Budget(), measure=MEASURE), "test", **facts)


def from_sources(sources: list[str], wrong: range = range(0)) -> Run:
    return run_of("a", judged(wrong_in(wrong), sources=tuple(sources)))


def said(found: Enough) -> str:
    return " ".join(found.in_words())


def test_what_was_learned_is_told_first() -> None:
    found = enough(method("a"), learned={"same": 3, "near": 2})
    assert found.in_words()[0].startswith("3 of the test texts stand in what a method learned from")
    assert found.in_words()[1].startswith("2 of the test texts are nearly the same as some")
    assert "learned from" not in said(enough(method("a")))


def test_the_smallest_difference_that_would_be_noticed_is_that_of_mcnemars_test() -> None:
    found = enough(method("a"), method("b", range(10)))
    assert found.noticed == pytest.approx(2.8 * (0.25 / 40) ** 0.5)
    assert "about 22.1 points between two methods would be noticed in 80 of 100 cases, a smaller one less" in said(
        found
    )
    assert enough(method("a")).noticed is None
    assert enough(method("a"), method("b")).noticed is None


def test_one_text_is_said_as_people_say_it() -> None:
    gold = dict(list(GOLD.items())[:1])
    run = run_of("a", judged(gold, texts_with(gold)))
    assert "1 text leaves open" in said(enough(run))
    found, _ = candidates_of([run], test="test", measure=MEASURE)
    assert ", 1 text)." in shipping_of(found, Budget(), measure=MEASURE).in_words()[0]


def test_a_wide_interval_is_called_so() -> None:
    assert "which is wide: label more test texts" in said(enough(method("a", range(12))))


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        (["reed"] * 30 + [f"s{i}" for i in range(10)], "75% of the texts come from reed"),
        ([f"s{i % 4}" for i in range(40)], "The texts come from 4 sources; with fewer than 20"),
        (["one"] * 40, "The texts come from 1 source; with fewer than 20"),
    ],
)
def test_sources_that_say_too_little_are_told(sources: list[str], told: str) -> None:
    assert told in said(enough(from_sources(sources)))


def test_many_sources_are_no_reason_to_warn() -> None:
    assert "source" not in said(enough(from_sources([f"s{i}" for i in range(40)])))
    assert "is not known (meta.source)" in said(enough(method("a")))


def test_parts_in_which_the_method_is_weaker_are_named() -> None:
    answers = judged(wrong_in(range(15, 30)))
    halves = ["first" if place < 20 else "second" for place in range(40)]
    parts = [
        {"value": value, "examples": 20, "failed": 0, "exact": {"JOB": _share(right)}}
        for value, right in (("first", 15), ("second", 4))
    ]
    report = {**answers.report, "slices": {"half": parts}}
    run = run_of("a", replace(answers, report=report, parts={"half": halves}))
    assert (
        "a is weaker, by more than chance, on half second (20.0 of 100, 20 texts); on all texts it has 62.5."
        in said(enough(run))
    )


def _share(right: int) -> dict[str, float]:
    from textwright.evaluate.statistics import wilson

    low, high = wilson(right, 20)
    return {"accuracy": right / 20, "low": low, "high": high, "right": right, "texts": 20}
