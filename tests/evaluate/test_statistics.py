from __future__ import annotations

from collections.abc import Sequence
from math import comb, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.stats import binom, binomtest, bootstrap, norm, t
from statsmodels.stats import contingency_tables
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from textwright.evaluate.statistics import (
    Z_95,
    holm,
    mcnemar,
    paired_difference,
    percentile_interval,
    quantile,
    resampled,
    student,
    texts_needed,
    wilson,
)

counts = st.integers(0, 2000)


@given(counts, counts)
def test_wilson_agrees_with_statsmodels(right: int, wrong: int) -> None:
    total = right + wrong
    if total:
        assert wilson(right, total) == pytest.approx(proportion_confint(right, total, method="wilson"), abs=1e-12)


def test_wilson_of_nothing_excludes_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


SHARES = np.arange(1, 200) / 200 + 0.00017  # not where an interval ends: there rounding decides


def coverage(total: int, ends: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Give for each true share the exact chance that the interval holds it: a sum over the binomial."""
    low, high = np.array(ends).T[:, :, None]
    chance = binom.pmf(np.arange(total + 1)[:, None], total, SHARES)
    return np.asarray((chance * ((low <= SHARES) & (high >= SHARES))).sum(axis=0))


def solved(right: int, total: int) -> tuple[float, float]:
    """Invert the score test by its quadratic equation, as textbooks have it: no formula of ours."""
    z2 = norm.ppf(0.975) ** 2
    low, high = sorted(np.roots([total + z2, -(2 * right + z2), right**2 / total]).real)
    return low, high


@pytest.mark.parametrize("total", [1, 5, 10, 30, 50, 100, 200, 500])
def test_the_coverage_of_wilson_is_its_exact_coverage(total: int) -> None:
    found = coverage(total, [wilson(right, total) for right in range(total + 1)])
    assert found == pytest.approx(coverage(total, [solved(right, total) for right in range(total + 1)]), abs=1e-12)


@pytest.mark.parametrize("total", [10, 50, 200])
def test_wilson_covers_the_truth_as_often_as_it_says(total: int) -> None:
    found = coverage(total, [wilson(right, total) for right in range(total + 1)])[9:190]
    assert found.mean() == pytest.approx(0.95, abs=0.01)
    assert found.min() > 0.88


@settings(max_examples=30)
@given(counts, counts)
def test_mcnemar_is_the_exact_sign_test(only_a: int, only_b: int) -> None:
    expected = binomtest(only_a, only_a + only_b).pvalue if only_a + only_b else 1.0
    assert mcnemar(only_a, only_b) == pytest.approx(expected, rel=1e-8, abs=1e-200)


def test_mcnemar_agrees_with_statsmodels() -> None:
    tables = np.random.default_rng(0).integers(0, 60, size=(1000, 2, 2))
    found = [mcnemar(int(table[0, 1]), int(table[1, 0])) for table in tables]
    assert found == pytest.approx([contingency_tables.mcnemar(table, exact=True).pvalue for table in tables], rel=1e-8)


def test_mcnemar_counts_far_beyond_what_a_float_holds() -> None:
    assert mcnemar(500_000, 501_000) == pytest.approx(binomtest(500_000, 1_001_000).pvalue, rel=1e-6)


@pytest.fixture
def no_garbage_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep statsmodels from collecting garbage at each call, which takes most of its time."""
    monkeypatch.setattr("gc.collect", lambda *_: 0)


@pytest.mark.usefixtures("no_garbage_is_collected")
def test_holm_agrees_with_statsmodels() -> None:
    generator = np.random.default_rng(0)
    for size in generator.integers(1, 20, size=1000):
        p_values = generator.random(size).round(int(generator.integers(1, 9))).tolist()  # with ties, 0 and 1 among them
        assert holm(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]))


def likeliest_score(only_a: int, only_b: int, total: int, difference: float) -> float:
    """Give Tango's score with the nuisance rate found by maximising the likelihood, not by his formula."""
    least, most = max(0.0, -difference), (1 - difference) / 2

    def unlikelihood(rate: float) -> float:
        parts = ((only_a, rate + difference), (only_b, rate), (total - only_a - only_b, 1 - 2 * rate - difference))
        return -sum(count * log(max(share, 1e-300)) for count, share in parts if count)

    rate = minimize_scalar(unlikelihood, bounds=(least, most), method="bounded", options={"xatol": 1e-12}).x
    return (only_a - only_b - total * difference) / sqrt(total * (2 * rate + difference - difference**2))


@settings(max_examples=50)
@given(st.integers(1, 80), st.integers(1, 80), st.integers(1, 200))
def test_paired_difference_inverts_the_score_test(only_a: int, only_b: int, alike: int) -> None:
    total = only_a + only_b + alike
    low, high = paired_difference(only_a, only_b, total)
    assert likeliest_score(only_a, only_b, total, low) == pytest.approx(Z_95, abs=2e-3)
    assert likeliest_score(only_a, only_b, total, high) == pytest.approx(-Z_95, abs=2e-3)


@given(counts, counts, counts)
def test_paired_difference_is_fair_to_both_sides(only_a: int, only_b: int, alike: int) -> None:
    total = only_a + only_b + alike
    low, high = paired_difference(only_a, only_b, total)
    seen = (only_a - only_b) / total if total else 0.0
    assert -1 <= low <= seen <= high <= 1
    assert paired_difference(only_b, only_a, total) == pytest.approx((-high, -low), abs=1e-9)


@pytest.mark.parametrize(("rate_a", "rate_b"), [(0.1, 0.05), (0.2, 0.2), (0.08, 0.01)])
def test_paired_difference_covers_the_truth_as_often_as_it_says(rate_a: float, rate_b: float) -> None:
    total, truth, covered = 60, rate_a - rate_b, 0.0
    for a in range(total + 1):
        for b in range(total + 1 - a):
            ways = comb(total, a) * comb(total - a, b)
            chance = ways * rate_a**a * rate_b**b * (1 - rate_a - rate_b) ** (total - a - b)
            low, high = paired_difference(a, b, total) if chance > 1e-8 else (1.0, -1.0)
            covered += chance * (low <= truth <= high)
    assert covered == pytest.approx(0.95, abs=0.03)


def exact_power(total: int, rate_a: float, rate_b: float) -> float:
    """Give the chance that McNemar's exact test finds p <= 0.05 on `total` texts."""
    power, differ = 0.0, rate_a + rate_b
    for trials in range(total + 1):
        chance = comb(total, trials) * differ**trials * (1 - differ) ** (total - trials)
        if chance > 1e-9:
            wins = [k for k in range(trials + 1) if mcnemar(k, trials - k) <= 0.05]
            share = rate_a / differ
            power += chance * sum(comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in wins)
    return power


@pytest.mark.parametrize(("only_a", "only_b", "total"), [(12, 6, 100), (5, 1, 60), (9, 2, 50)])
def test_texts_needed_give_the_power_they_promise(only_a: int, only_b: int, total: int) -> None:
    needed = texts_needed(only_a, only_b, total)
    assert needed is not None
    assert exact_power(needed, only_a / total, only_b / total) == pytest.approx(0.82, abs=0.035)


def test_no_number_of_texts_tells_equals_apart() -> None:
    assert texts_needed(5, 5, 100) is None
    assert texts_needed(0, 0, 0) is None


def test_a_stricter_question_needs_more_texts() -> None:
    few, many = texts_needed(12, 6, 100), texts_needed(12, 6, 100, alpha=0.005)
    assert few is not None
    assert many is not None
    assert few < many


def test_resampling_is_repeatable_and_depends_on_its_seed() -> None:
    draws = [list(resampled(20, rounds=5, seed=seed)) for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


def test_percentile_interval_agrees_with_numpy() -> None:
    generator = np.random.default_rng(0)
    for size in generator.integers(1, 60, size=1000):
        values = generator.normal(size=size)
        assert percentile_interval(values.tolist()) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])))


def test_resampling_gives_the_percentile_bootstrap_of_scipy() -> None:
    """The same distribution: chance moves its ends a little in both."""
    values = np.random.default_rng(1).integers(0, 5, size=40)
    means = [float(np.dot(times, values)) / 40 for times in resampled(40, rounds=4000, seed=0)]
    expected = bootstrap((values,), np.mean, method="percentile", n_resamples=20_000, rng=2).confidence_interval
    assert percentile_interval(means) == pytest.approx(tuple(expected), abs=0.04)


@pytest.mark.parametrize("freedom", [5, 10, 19, 50, 1000])
def test_student_agrees_with_scipy(freedom: int) -> None:
    assert student(freedom) == pytest.approx(t.ppf(0.975, freedom), abs=1e-3)


def test_percentile_interval_is_the_middle_of_the_values() -> None:
    assert percentile_interval([float(value) for value in range(1001)]) == (25.0, 975.0)


def test_quantile_of_one_value_is_the_value() -> None:
    assert quantile([3.0], 0.95) == 3.0
