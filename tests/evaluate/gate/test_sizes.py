"""The number of texts that a margin needs, held against the exact chance of passing."""

from __future__ import annotations

import numpy as np
import pytest

from textwright.evaluate.gate.sizes import power_for_margin, texts_for_margin
from textwright.evaluate.paired import paired
from textwright.evaluate.statistics import paired_difference


def passing(texts: int, differ: float, margin: float, *, behind: float = 0.0, times: int = 1500) -> float:
    """Draw so many data sets and say how often a margin is passed."""
    shares = [(differ - behind) / 2, (differ + behind) / 2, 1 - differ]
    drawn = np.random.default_rng(4).multinomial(texts, shares, size=times)
    kinds, counts = np.unique(drawn[:, :2], axis=0, return_counts=True)
    passed = [paired_difference(int(a), int(b), texts).low > -margin for a, b in kinds]
    return float(counts[passed].sum() / times)


@pytest.mark.parametrize(("margin", "differ"), [(0.05, 0.1), (0.1, 0.2), (0.03, 0.05)])
def test_texts_for_a_margin_give_the_power_they_promise(margin: float, differ: float) -> None:
    needed = texts_for_margin(margin, differ=differ)
    assert passing(needed, differ, margin) == pytest.approx(0.8, abs=0.04)


@pytest.mark.parametrize(("texts", "margin", "differ"), [(200, 0.05, 0.1), (400, 0.05, 0.2), (150, 0.1, 0.1)])
def test_power_is_how_often_equals_pass(texts: int, margin: float, differ: float) -> None:
    assert passing(texts, differ, margin) == pytest.approx(power_for_margin(margin, texts, differ=differ), abs=0.05)


@pytest.mark.parametrize(("texts", "differ"), [(200, 0.1), (400, 0.2), (1000, 0.08)])
def test_a_model_that_is_worse_by_the_margin_hardly_ever_passes(texts: int, differ: float) -> None:
    """The level is 2.5 %."""
    assert passing(texts, differ, 0.05, behind=0.05) <= 0.035


def test_methods_that_never_differ_need_what_tango_needs() -> None:
    needed = texts_for_margin(0.02, differ=0.0)
    assert paired_difference(0, 0, needed).low > -0.02
    assert paired_difference(0, 0, needed - 2).low < -0.02
    assert (power_for_margin(0.02, needed, differ=0.0), power_for_margin(0.02, needed - 2, differ=0.0)) == (1.0, 0.0)


def test_a_design_effect_multiplies() -> None:
    assert texts_for_margin(0.02, differ=0.1, design_effect=3.0) == pytest.approx(
        3 * texts_for_margin(0.02, differ=0.1), abs=3
    )
    alone, together = power_for_margin(0.02, 500, differ=0.1), power_for_margin(0.02, 1500, differ=0.1, design_effect=3)
    assert alone == pytest.approx(together)


def test_sources_whose_texts_all_say_the_same_are_worth_one_text_each() -> None:
    sources = [place // 4 for place in range(200)]
    right, other = ([source % number > 0 for source in sources] for number in (3, 5))
    assert paired(right, other, sources=list(map(str, sources))).design_effect == pytest.approx(4.0)
