from __future__ import annotations

import sys
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test

from tests.evaluate.clustered import World, covered
from textwright.errors import DataError
from textwright.evaluate.paired import drawn_interval, paired, sign_flips
from textwright.evaluate.statistics import mcnemar, paired_difference

A = [True] * 60 + [True] * 9 + [False] * 3 + [False] * 28
B = [True] * 60 + [False] * 9 + [True] * 3 + [False] * 28
BOARDS_60 = [f"board {place}" for place in range(60)]
BOARDS = [f"board {place // 4}" for place in range(100)]


def test_single_runs_on_single_texts_are_mcnemar_and_tango() -> None:
    found = paired(A, B)
    assert (found.only_a, found.only_b, found.texts, found.difference) == (9, 3, 100, 0.06)
    assert found.interval == paired_difference(9, 3, 100)
    assert found.p_value == mcnemar(9, 3)
    assert (found.differ, found.design_effect) == (0.12, 1.0)
    assert found.how == "text by text (McNemar's exact test, Tango's interval)"


def test_a_text_without_gold_is_left_out() -> None:
    assert paired([None, *A], [None, *B], sources=["x", *BOARDS]) == paired(A, B, sources=BOARDS)


def test_sources_are_drawn_where_they_are_known() -> None:
    alone, together = paired(A, B), paired(A, B, sources=BOARDS)
    assert together.difference == alone.difference
    assert together.design_effect == pytest.approx((4**2 + 4**2 + (1 - 3) ** 2) / 12)
    assert together.interval.high - together.interval.low > 1.3 * (alone.interval.high - alone.interval.low)
    assert together.p_value > alone.p_value
    assert together.how == "by 25 whole sources (bootstrap, sign-flip permutation)"


def test_too_few_sources_are_said_and_not_drawn() -> None:
    found = paired(A, B, sources=[name[:7] for name in BOARDS])
    assert found.interval == paired(A, B).interval
    assert "10 sources are too few to draw (20 are needed)" in found.beware
    assert found.told == f"{found.how}; {found.beware}"


def test_sources_of_one_text_each_are_texts() -> None:
    found = paired(A, B, sources=list(map(str, range(100))))
    assert found.p_value == mcnemar(9, 3)
    assert found.how.startswith("text by text, each of another source")
    assert found.told == found.how


def test_texts_without_a_source_stand_alone() -> None:
    named = [None if place < 20 else f"board {place // 4}" for place in range(100)]
    alone = [f"alone {place}" if place < 20 else f"board {place // 4}" for place in range(100)]
    assert paired(A, B, sources=named).p_value == paired(A, B, sources=alone).p_value


def test_runs_of_several_seeds_count_with_their_mean() -> None:
    found = paired([A, A, B], [B, B])
    assert found.difference == pytest.approx(0.04)
    assert (found.only_a, found.only_b) == (9, 3)
    assert found.how == "with means over the seeds, text by text (bootstrap, sign-flip permutation)"


def test_equal_runs_of_several_seeds_say_what_one_says() -> None:
    """Repeating a run brings nothing new: neither a smaller p value nor a narrower interval."""
    found = paired([A, A], [B, B])
    assert found.p_value == pytest.approx(mcnemar(9, 3))
    assert found.interval == pytest.approx(paired_difference(9, 3, 100), abs=0.012)


def test_sources_whose_texts_all_say_the_same_count_as_one_text_each() -> None:
    """Tango's interval of the sources, drawn ones beside it: neither is far from the other."""
    ours, theirs = [place % 5 > 0 for place in range(60)], [place % 4 > 0 for place in range(60)]
    several = paired(
        np.repeat(ours, 4).tolist(), np.repeat(theirs, 4).tolist(), sources=np.repeat(BOARDS_60, 4).tolist()
    )
    assert several.design_effect == pytest.approx(4.0)
    low, high = paired(ours, theirs).interval
    assert several.interval.low <= low + 1e-9
    assert several.interval.high >= high - 1e-9
    assert several.interval == pytest.approx((low, high), abs=0.02)


def test_methods_that_never_differ_have_an_interval_of_some_width() -> None:
    found = paired(A, A, sources=BOARDS)
    assert found.interval == paired_difference(0, 0, 100)
    assert (found.difference, found.p_value, found.design_effect) == (0.0, 1.0, 1.0)


def test_nothing_says_nothing() -> None:
    assert paired([], []).interval == (-1.0, 1.0)
    assert paired([None], [None], sources=["x"]).interval == (-1.0, 1.0)


def test_the_same_seed_gives_the_same_interval() -> None:
    assert paired(A, B, sources=BOARDS, seed=1) == paired(A, B, sources=BOARDS, seed=1)
    sums, sizes = np.arange(30.0), np.full(30, 31)
    assert drawn_interval(sums, sizes, seed=1) != drawn_interval(sums, sizes, seed=2)


@pytest.mark.parametrize("wrong", [{"rights_b": B[1:]}, {"sources": BOARDS[1:]}, {"rights_a": [A, A[1:]]}])
def test_unequal_lengths_are_refused(wrong: dict[str, Any]) -> None:
    given: dict[str, Any] = {"rights_a": A, "rights_b": B, "sources": BOARDS, **wrong}
    with pytest.raises(DataError, match="found 99, 100 texts"):
        paired(given.pop("rights_a"), given.pop("rights_b"), **given)


@given(st.integers(0, 60), st.integers(0, 60))
def test_sign_flips_of_single_texts_are_mcnemar(only_a: int, only_b: int) -> None:
    assert sign_flips([1] * only_a + [-1] * only_b + [0]) == pytest.approx(mcnemar(only_a, only_b))


@settings(max_examples=50)
@given(st.lists(st.integers(-4, 4), min_size=2, max_size=9))
def test_sign_flips_agree_with_scipy(sums: list[int]) -> None:
    """Over all ways: scipy exchanges the two samples of each pair, which turns the sign of their difference."""

    def total(x: Any, y: Any, axis: int) -> Any:
        return np.sum(x - y, axis=axis)

    pairs = (np.array(sums), np.zeros(len(sums), dtype=int))
    found = permutation_test(pairs, total, permutation_type="samples", n_resamples=np.inf, vectorized=True)
    assert sign_flips(sums) == pytest.approx(found.pvalue)


def test_sign_flips_count_every_way() -> None:
    sums = [3, -1, 2, 2, 0, -5]
    ways = [
        abs(sum(sign * each for sign, each in zip(signs, sums, strict=True))) for signs in product((1, -1), repeat=6)
    ]
    assert sign_flips(sums) == sum(way >= 1 for way in ways) / len(ways)


def test_very_many_sources_are_drawn_and_come_close(monkeypatch: pytest.MonkeyPatch) -> None:
    sums = [1] * 40 + [-1] * 35 + [3] * 10 + [-3] * 4
    exact = sign_flips(sums)
    monkeypatch.setattr(sys.modules["textwright.evaluate.paired"], "MOST_CELLS", 0)
    assert sign_flips(sums) == pytest.approx(exact, abs=0.01)
    assert 0.05 < exact < 0.95


def test_drawn_interval_is_the_bootstrap_of_scipy() -> None:
    """The same distribution, the tails moved as far as Student's asks."""
    from scipy.stats import bootstrap, norm, t

    generator = np.random.default_rng(3)
    sums, sizes = generator.integers(-2, 4, size=30).astype(float), generator.integers(4, 9, size=30)
    level = 1 - 2 * norm.cdf(-np.sqrt(30 / 29) * t.ppf(0.975, 29))

    def share(sums: Any, sizes: Any, axis: int) -> Any:
        return sums.sum(axis=axis) / sizes.sum(axis=axis)

    expected = bootstrap(
        (sums, sizes), share, paired=True, method="percentile", confidence_level=level, n_resamples=20_000, rng=1
    ).confidence_interval
    assert drawn_interval(sums, sizes) == pytest.approx(tuple(expected), abs=0.006)


@pytest.mark.parametrize("world", [World(25, 4, 0.12, 0.06, 0.2), World(60, 1, 0.1, 0.1, 0.1, seeds=3)], ids=str)
def test_the_interval_covers_the_truth_as_often_as_it_says(world: World) -> None:
    inside, _ = covered(world, times=40, seed=5)
    assert inside >= 0.87
