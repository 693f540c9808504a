from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from textwright.evaluate.gamma import Unit, Units, best_matching, disorder, dissimilarity, positional, units_of
from textwright.evaluate.span_agreement import chance_pairs

JOB, LEVEL, CORE = Unit(0, 20, "JOB"), Unit(0, 6, "LEVEL"), Unit(7, 20, "CORE")

a_unit = st.builds(
    lambda start, size, label: Unit(start, start + size, label),
    st.integers(0, 25),
    st.integers(1, 20),
    st.sampled_from("AB"),
)
some_units = st.lists(a_unit, max_size=7).map(units_of)


def cost_by_scipy(a: Units, b: Units) -> float:
    """Give the cost of the best alignment from a square of costs: each unit may also be aligned with nothing."""
    size = len(a) + len(b)
    costs = np.zeros((size, size))
    costs[: len(a), len(b) :] = 1
    costs[len(a) :, : len(b)] = 1
    for row, one in enumerate(a):
        for column, other in enumerate(b):
            costs[row, column] = dissimilarity(one, other)
    rows, columns = linear_sum_assignment(costs)
    return float(costs[rows, columns].sum())


@given(some_units, some_units)
@settings(max_examples=300)
def test_disorder_is_that_of_the_best_alignment_which_scipy_finds(a: Units, b: Units) -> None:
    assert disorder(a, b) == pytest.approx(cost_by_scipy(a, b), abs=1e-9)


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.lists(st.floats(0, 9), min_size=n, max_size=n), min_size=1, max_size=n)
    )
)
def test_matching_costs_what_scipy_finds(costs: list[list[float]]) -> None:
    mates = best_matching([dict(enumerate(row)) for row in costs])
    assert len(set(mates)) == len(costs)
    found = sum(row[mate] for row, mate in zip(costs, mates, strict=True))
    table = np.array(costs)
    rows, columns = linear_sum_assignment(table)
    assert found == pytest.approx(float(table[rows, columns].sum()), abs=1e-9)


def test_matching_of_two_hundred_spans_that_overlap_like_scipys() -> None:
    dice = random.Random(0)
    a, b = (units_of((s, s + 20, "A") for s in dice.sample(range(5000), 200)) for _ in range(2))
    assert disorder(a, b) == pytest.approx(cost_by_scipy(a, b))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((0, 4), (0, 4), 0.0),
        ((0, 4), (2, 6), (4 / 8) ** 2),  # both edges two apart, lengths four and four
        ((0, 20), (0, 6), (14 / 26) ** 2),  # nested: one edge is the same
        ((0, 4), (4, 8), (8 / 8) ** 2),  # side by side
        ((0, 2), (8, 10), (16 / 4) ** 2),  # far apart: dearer than to stand alone
    ],
)
def test_positions_differ_as_worked_out_by_hand(a: tuple[int, int], b: tuple[int, int], expected: float) -> None:
    assert positional(Unit(*a, "A"), Unit(*b, "B")) == expected
    assert dissimilarity(Unit(*a, "A"), Unit(*b, "B")) == expected + 1


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((), (), 0),
        ((JOB, LEVEL, CORE), (JOB, LEVEL, CORE), 0),
        ((JOB, LEVEL, CORE), (JOB,), 2),  # nested against flat: what is nested stands alone
        ((JOB, LEVEL, CORE), (), 3),
        ((LEVEL,), (Unit(0, 6, "CORE"),), 1),  # the same place, another label
        ((JOB,), (Unit(0, 13, "JOB"), Unit(14, 20, "JOB")), (7 / 33) ** 2 + 1),  # one in two: the longer is its partner
        ((Unit(0, 2, "A"),), (Unit(8, 10, "A"),), 2),  # too far apart to be partners
    ],
)
def test_alignments_cost_what_was_worked_out_by_hand(a: Units, b: Units, expected: float) -> None:
    assert disorder(units_of(a), units_of(b)) == pytest.approx(expected)
    assert disorder(units_of(b), units_of(a)) == pytest.approx(expected)


@given(some_units, some_units, a_unit)
def test_a_span_that_both_mark_never_adds_disorder(a: Units, b: Units, both: Unit) -> None:
    assume(both not in a and both not in b)
    assert disorder(units_of([*a, both]), units_of([*b, both])) <= disorder(a, b) + 1e-9


def test_chance_pairs_all_annotations_of_different_texts_where_they_are_few() -> None:
    chance = chance_pairs([0, 0, 1, 2], seed=0)
    assert list(zip(chance.first, chance.second, strict=True)) == [(0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_chance_draws_each_annotation_equally_often_where_they_are_many() -> None:
    texts = [place // 2 for place in range(1000)]
    chance, again = chance_pairs(texts, seed=1, most=5000), chance_pairs(texts, seed=1, most=5000)
    assert 4900 < len(chance.first) <= 5000
    assert all(texts[a] != texts[b] for a, b in zip(chance.first, chance.second, strict=True))
    assert max(np.bincount(chance.second)) == 5
    assert np.array_equal(chance.second, again.second)
