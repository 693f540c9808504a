from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from tests.experiment.advice.weighed import MEASURE, candidates, method, weighed
from tests.experiment.table.made import judged, run_of, wrong_in
from textwright.errors import DataError
from textwright.experiment.advice.budget import Budget
from textwright.experiment.advice.candidates import candidates_of
from textwright.experiment.advice.prices import cheapest, savings
from textwright.runs import Run

BEST = method("best", ms=20, mb=90)
LEVEL = method("level", [0, 1], ms=2, mb=3)
WORSE = method("worse", range(20), ms=0.1, mb=0.1)


@pytest.mark.parametrize(
    ("runs", "limits", "shipped"),
    [
        ([BEST, WORSE], {}, "best"),
        ([BEST, LEVEL, WORSE], {}, "level"),
        ([WORSE, LEVEL, BEST], {"size_mb": 100}, "level"),
        ([BEST, LEVEL, WORSE], {"latency_ms": 1}, "worse"),
        ([BEST, LEVEL, WORSE], {"memory_mb": 1}, None),
        ([BEST, method("served", [0], mb=None, ms=1)], {"size_mb": 100}, "best"),
        ([method("paid", cost=0.1, ms=1), method("free", [0], ms=30)], {}, "free"),
        ([method("paid", cost=0.1), method("free", range(20))], {}, "paid"),
        ([method("paid", cost=0.1), method("free", range(20))], {"cost_per_1000": 1}, "free"),
        ([method("a", ms=1.0), method("b", [0], ms=0.95)], {}, "a"),
        ([BEST], {}, "best"),
    ],
    ids=[
        "the only one that is good",
        "level and cheaper",
        "order does not matter",
        "what keeps the budget",
        "nothing does",
        "an unknown size keeps no limit",
        "what sends no bill",
        "money does not buy what it is worse",
        "a budget of money",
        "a tenth is no difference",
        "alone",
    ],
)
def test_the_cheapest_of_those_that_cannot_be_told_apart_is_shipped(
    runs: list[Run], limits: dict[str, float], shipped: str | None
) -> None:
    found = weighed(*runs, **limits)
    assert (found.choice.method if found.choice else None) == shipped


def test_the_words_say_what_is_saved_what_may_be_lost_and_what_would_settle_it() -> None:
    said = " ".join(weighed(BEST, LEVEL, WORSE).in_words())
    assert said.startswith("Ship level: 95.0 of 100 texts are right in JOB (95 % interval 83.5 to 98.6, 40 texts).")
    assert "a median time of 1.0 ms instead of 10.0 ms and a size of 3.0 MB instead of 90.0 MB" in said
    assert "What may be given up: 5.0 points here, between -4.2 and 16.5 points with other texts." in said
    assert "To tell the two apart takes about" in said
    assert "If 16.5 points less would be too much, take best" in said


def test_a_clear_winner_is_said_to_be_one() -> None:
    [said] = weighed(BEST, WORSE).in_words()
    assert said.endswith("Every other method is behind it by more than chance.")


def test_level_methods_that_are_not_cheaper_are_named() -> None:
    [said] = weighed(method("a"), method("b", [0])).in_words()
    assert said.endswith("b cannot be told apart from it on these texts, and does not take less all in all.")


def test_another_trade_off_is_told() -> None:
    said = " ".join(weighed(method("small", mb=1, ms=10), method("quick", [0], mb=10, ms=0.5)).in_words())
    assert "Ship quick" in said
    assert "small is level, too, and takes less of one thing (a size of 1.0 MB instead of 10.0 MB) but more" in said


def test_what_a_larger_budget_brings_is_told() -> None:
    said = " ".join(weighed(BEST, LEVEL, WORSE, latency_ms=1).in_words())
    assert "Outside the budget best is 50.0 points more exact than worse" in said
    assert "more than chance). What it takes: 95 of 100 texts take up to 20.0 ms, where 1.0 ms is allowed." in said
    same = " ".join(weighed(LEVEL, method("dear", [0, 1, 2], mb=500), size_mb=100).in_words())
    assert "Nothing outside the budget is more exact" in same


def test_what_comes_nearest_is_named_where_nothing_fits() -> None:
    said = " ".join(weighed(BEST, LEVEL, size_mb=2).in_words())
    assert said.startswith(
        "Nothing keeps the budget. level comes nearest: the size is 3.0 MB, where 2.0 MB is allowed."
    )
    assert "The most exact is best" in said


def test_texts_without_an_answer_are_told() -> None:
    answers = {text: gold for place, (text, gold) in enumerate(wrong_in([]).items()) if place}
    said = " ".join(weighed(run_of("silent", judged(answers))).in_words())
    assert "silent has no answer to 2.5% of the texts" in said


def test_seeds_of_a_method_count_together() -> None:
    runs = [method("seeded", [0, 1], seed=0), method("seeded", [2, 3, 4, 5], seed=1), method("other", [0])]
    [_, seeded] = candidates(*runs)
    assert seeded.exact.value == pytest.approx(1 - 3 / 40)
    assert "2 seeds, 90.0 to 95.0" in weighed(*runs[:2]).in_words()[0]


@pytest.mark.parametrize(
    ("run", "runtime", "reason"),
    [
        (run_of("x", failed="out of memory"), "python", "out of memory"),
        (run_of("x", not_judged={"test.python": "killed"}), "python", "killed"),
        (run_of("x"), "python", "was not judged on test"),
        (method("x"), "node", "was not judged in node"),
    ],
)
def test_what_cannot_be_weighed_is_named_with_the_reason(run: Run, runtime: str, reason: str) -> None:
    found, left_out = candidates_of([run], test="test", measure=MEASURE, runtime=runtime)  # type: ignore[arg-type]
    assert found == []
    assert left_out == {"x": reason}


def test_a_method_that_was_not_judged_by_the_measure_is_left_out() -> None:
    found, left_out = candidates_of([method("x")], test="test", measure="category:tone")
    assert found == []
    assert left_out == {"x": "was not judged by category:tone"}


def test_what_nobody_knows_of_one_is_not_compared() -> None:
    runs = [method("cues", ms=0.024, mb=None), method("net", [0], ms=0.988, mb=0.33)]
    said = " ".join(weighed(*runs).in_words())
    assert said.startswith("Ship cues")
    assert "Nobody knows the size of cues, so that it was not compared." in said
    said = " ".join(weighed(method("good", mb=None, ms=9), method("quick", [0], mb=500, ms=1)).in_words())
    assert "quick takes less: a median time of 500 µs instead of 4.5 ms." in said


@pytest.mark.parametrize("seed", range(40))
def test_what_is_shipped_takes_less_of_something_than_the_best_or_is_it(seed: int) -> None:
    chance = random.Random(seed)
    runs = [
        method(f"m{i}", range(i % 3), ms=chance.choice([1, 1.05, 2, 4]), mb=chance.choice([None, 1, 1.05, 2, 4]))
        for i in range(5)
    ]
    found = weighed(*runs)
    assert found.choice is not None
    assert found.best is not None
    assert found.choice is found.best or savings(found.choice, found.best)


def test_less_than_a_price_that_nobody_knows_is_said() -> None:
    said = " ".join(weighed(method("unknown", cost=-1), method("free", [0])).in_words())
    assert "free takes less: 1,000 texts for $0 instead of a price that nobody knows." in said
    assert "Nobody knows the price of unknown, so that it counts as the most." in said


def test_methods_that_a_budget_leaves_out_for_an_unknown_figure_are_named() -> None:
    said = " ".join(weighed(method("known"), method("my function", [0], mb=None), size_mb=1000).in_words())
    assert "Nobody knows the size of my function, so that the budget leaves it out." in said
    assert "leaves" not in " ".join(weighed(BEST, LEVEL, size_mb=10).in_words())


def test_methods_are_compared_by_the_median_and_limited_by_the_slow_texts() -> None:
    first, second = method("first", ms=2.0), method("second", ms=1.0)
    report = {**second.judgements[0].report, "speed": {"latency_ms_p50": 3.0, "latency_ms_p95": 1.0}}
    second = replace(second, judgements=(replace(second.judgements[0], report=report),))
    assert cheapest(candidates(first, second)).method == "first"
    assert weighed(first, second, latency_ms=1.5).to_data()["ship"] == "second"


def test_equally_exact_methods_are_said_to_be_so() -> None:
    said = " ".join(weighed(method("slow", ms=9), method("quick")).in_words())
    assert "slow is as exact with 100.0, and these texts cannot tell the two apart; quick takes less" in said
    assert "-0.0" not in said
    assert "0.0 points here" in said


def test_a_price_that_nobody_knows_is_not_free() -> None:
    unknown, paid = method("unknown", cost=-1, ms=1), method("paid", [0], cost=0.1, ms=30)
    assert cheapest(candidates(unknown, paid)).method == "paid"
    assert weighed(unknown, paid, cost_per_1000=200).to_data()["ship"] == "paid"
    assert candidates(unknown)[0].to_data()["cost_per_1000"] is None
    assert "nobody knows what" in " ".join(weighed(unknown, cost_per_1000=200).in_words())


def test_a_method_without_any_answer_is_left_out_with_the_reason() -> None:
    _, left_out = candidates_of([run_of("silent", judged({}))], test="test", measure=MEASURE)
    assert left_out == {"silent": "has no answer to any text of test; the first error: never heard of it"}


@pytest.mark.parametrize("limit", [-1.0, float("nan"), float("inf")])
def test_a_limit_that_is_none_is_refused(limit: float) -> None:
    with pytest.raises(DataError, match="latency_ms"):
        Budget(latency_ms=limit)


def test_the_numbers_behind_the_words_are_plain_data() -> None:
    data = json.loads(json.dumps(weighed(BEST, LEVEL, WORSE, latency_ms=1).to_data()))
    assert data["ship"] == "worse"
    assert data["best_of_all"] == "best"
    assert data["over_budget"]["best"] == [{"limit": "latency_ms", "allowed": 1, "value": 20.0}]
    assert data["behind_best_of_all"]["worse"]["told_apart"] is True
