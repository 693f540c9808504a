from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from textwright.evaluate.alpha import Rating, alpha, kappa, masi
from textwright.evaluate.resampling import draws

# Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability: the examples A, B and C.
TWO_OBSERVERS = ("0100000010", "1110010000")
FIVE_VALUES = ("aabbdcccedda", "babbbccceddd")
FOUR_OBSERVERS_SOME_MISSING = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def ratings_of(*annotators: str) -> list[Rating]:
    """Read one letter a text for each annotator; a full stop says nothing of a text."""
    said = [tuple(frozenset(each) for each in text if each != ".") for text in zip(*annotators, strict=True)]
    return [Rating(place, values) for place, values in enumerate(said) if len(values) > 1]


@pytest.mark.parametrize(
    ("annotators", "expected"),
    [(TWO_OBSERVERS, 0.095), (FIVE_VALUES, 0.692), (FOUR_OBSERVERS_SOME_MISSING, 0.743)],
)
def test_alpha_is_that_of_krippendorffs_examples(annotators: tuple[str, ...], expected: float) -> None:
    ratings = ratings_of(*annotators)
    assert alpha(ratings, draws(12, seed=0)).value == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("ab", "ab", 0),
        ("", "", 0),
        ("a", "b", 1),
        ("a", "", 1),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
    ],
)
def test_masi_is_as_worked_out_by_hand(a: str, b: str, expected: float) -> None:
    assert masi(frozenset(a), frozenset(b)) == pytest.approx(expected)
    assert masi(frozenset(b), frozenset(a)) == masi(frozenset(a), frozenset(b))


def test_alpha_of_sets_is_as_worked_out_by_hand() -> None:
    # Values ab, a of the first text, c, c of the second. Within: 2 * 2/3, by 1 each, is 4/3. Among all: ab and a 2/3,
    # each with c twice 1, both ways: 2 * (2/3 + 2 + 2) = 28/3. Alpha is 1 - 3 * (4/3) / (28/3) = 4/7.
    ratings = [Rating(0, (frozenset("ab"), frozenset("a"))), Rating(1, (frozenset("c"), frozenset("c")))]
    assert alpha(ratings, draws(2, seed=0)).value == pytest.approx(4 / 7)


def test_kappa_is_as_worked_out_by_hand() -> None:
    # Of 50 texts both say yes to 20, both no to 15: 0.7 agree. By chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5 would.
    ratings = ratings_of("y" * 25 + "n" * 25, "y" * 20 + "n" * 5 + "y" * 10 + "n" * 15)
    assert kappa(ratings, draws(50, seed=0)).value == pytest.approx(0.4)


answers = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=2, max_size=40)


@given(answers)
@settings(max_examples=50)
def test_kappa_agrees_with_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    first, second = zip(*pairs, strict=True)
    found = kappa(ratings_of("".join(first), "".join(second)), draws(len(pairs), seed=0)).value
    if len({*first, *second}) == 1:
        assert found is None
    else:
        assert found == pytest.approx(cohen_kappa_score(first, second), abs=1e-9)


def test_kappa_and_its_interval_are_like_those_of_statsmodels() -> None:
    ratings = ratings_of("a" * 100 + "b" * 60 + "c" * 40, "a" * 80 + "b" * 70 + "c" * 50)
    table = np.array([[80, 20, 0], [0, 50, 10], [0, 0, 40]])
    known, found = cohens_kappa(table), kappa(ratings, draws(200, seed=0))
    assert found == pytest.approx((known.kappa, known.kappa_low, known.kappa_upp), abs=0.02)


def test_no_value_where_all_say_the_same_of_all_texts() -> None:
    ratings = ratings_of("aaaa", "aaaa")
    assert alpha(ratings, draws(4, seed=0)) == (None, None, None)
    assert kappa(ratings, draws(4, seed=0)) == (None, None, None)
