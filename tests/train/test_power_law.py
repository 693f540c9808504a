from __future__ import annotations

import re

import numpy as np
import pytest

from textwright.train.power_law import Law, fitted

SIZES = (75, 150, 300, 600, 1200)


def points(law: Law, *, seed: int, noise: float = 0.006, repeats: int = 3) -> list[tuple[int, float]]:
    """Draw the errors of repeated trainings that follow a law but for chance."""
    dice = np.random.default_rng(seed)
    return [(n, law.error(n) + float(dice.normal(scale=noise))) for n in SIZES for _ in range(repeats)]


@pytest.mark.parametrize(
    "law",
    [Law(0.1, 0.5, 0.03, 1200), Law(0.06, 0.8, 0.0, 1200), Law(0.2, 0.3, 0.0, 1200)],
    ids=["floor", "steep", "slow"],
)
@pytest.mark.parametrize("forecasts", [20, pytest.param(40, marks=pytest.mark.verify)])
def test_the_truth_lies_in_the_band_of_most_forecasts(law: Law, forecasts: int) -> None:
    inside = 0
    for seed in range(forecasts):
        fit = fitted(points(law, seed=seed), seed=seed)
        low, high = fit.band(2400)
        inside += low <= law.error(2400) <= high
    assert inside >= 0.85 * forecasts


def test_points_without_chance_give_the_law_back() -> None:
    law = Law(0.1, 0.6, 0.04, 1200)
    fit = fitted(points(law, seed=0, noise=0), rounds=5)
    assert fit.law.error(4800) == pytest.approx(law.error(4800), abs=1e-3)
    assert fit.explained == pytest.approx(1.0, abs=1e-4)
    assert fit.doubt is None


def test_a_doubling_stops_paying_where_it_brings_half_a_point() -> None:
    law = Law(0.1, 0.6, 0.04, 1200)
    enough = law.enough()
    assert law.error(enough) - law.error(2 * enough) == pytest.approx(0.005)
    assert Law(0.0, 0.6, 0.04, 1200).enough() == 0.0


@pytest.mark.parametrize(
    ("given", "doubt"),
    [
        ([(n, 0.5 / n) for n in (10, 20, 40)] * 3, "9 trainings of 3 sizes are too few"),
        ([(n, 0.5 / n) for n in (10, 20, 40, 80)], "4 trainings of 4 sizes are too few"),
        ([(n, 5 / n) for n in (100, 110, 120, 130)] * 3, "lie too near each other"),
        ([(n, 0.2) for n in SIZES] * 3, "more texts have not helped"),
        ([(n, 0.1 + n / 10000) for n in SIZES] * 3, "more texts have not helped"),
        ([(75, 0.4), (150, 0.41), (300, 0.39), (600, 0.4), (1200, 0.2)] * 3, "do not lie on a power law"),
        (
            [(60, 0.5), (120, 0.49), (240, 0.46), (480, 0.39), (960, 0.27)] * 3,
            "(fall faster|could lie anywhere|do not lie)",
        ),
        (points(Law(0.2, 0.5, 0.0, 1200), seed=1, noise=0.25), "(could lie anywhere|do not lie|not helped)"),
    ],
)
def test_no_forecast_is_made_of_what_does_not_bear_one(given: list[tuple[int, float]], doubt: str) -> None:
    found = fitted(given).doubt
    assert found is not None
    assert re.search(doubt, found)


def test_two_sizes_are_no_curve() -> None:
    with pytest.raises(ValueError, match="2 sizes"):
        fitted([(10, 0.1), (20, 0.05)])


def test_the_band_holds_a_training_to_come_and_not_the_law_alone() -> None:
    law = Law(0.2, 0.5, 0.0, 1200)
    inside = 0
    for seed in range(40):
        fit = fitted(points(law, seed=seed), seed=seed)
        low, high = fit.band(2400)
        inside += low <= law.error(2400) + float(np.random.default_rng(seed + 99).normal(scale=0.003)) <= high
    assert inside >= 35


def test_errors_of_nearly_all_fall_as_errors_of_few_do() -> None:
    law = Law(4.0, 0.5, 0.0, 1200)
    fit = fitted(points(law, seed=0, noise=0.002))
    assert law.error(75) > 0.9
    assert fit.error(2400) == pytest.approx(law.error(2400), abs=0.01)
