"""Intervals of F1 come from drawing sources, not texts: held against scipy's bootstrap of sources."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import bootstrap

from tests.evaluate.fakes import spans
from textwright.evaluate.f1 import f1_intervals, groups_of, span_rows
from textwright.evaluate.outcome import Outcome, outcome_of
from textwright.evaluate.statistics import Interval
from textwright.types import Answer, Example

JOB = spans((0, 1, "JOB"))
SIZES = [1 + place % 7 for place in range(40)]
MISSED = [place % 3 == 0 for place in range(40)]  # a source whose mentions are all missed


def outcomes(*, sources: bool) -> list[Outcome]:
    """Return 40 sources of 1 to 7 texts; in each a model finds every mention or none."""
    made = []
    for source, (size, missed) in enumerate(zip(SIZES, MISSED, strict=True)):
        meta = {"source": f"board {source}"} if sources else {}
        example = Example(f"t{source}", "x", JOB, meta)
        made += [
            outcome_of(replace(example, id=f"{source}.{n}"), Answer(spans() if missed else JOB)) for n in range(size)
        ]
    return made


def interval(found: list[Outcome]) -> Interval:
    return f1_intervals(span_rows(found, ["JOB"]), groups_of(found))["JOB"]


def f1(right: NDArray[Any], texts: NDArray[Any], axis: int) -> NDArray[Any]:
    """A mention that is missed counts once against, one that is found twice for: 2r / (2r + missed)."""
    found = right.sum(axis=axis)
    return np.asarray(2 * found / (found + texts.sum(axis=axis)))


def drawn(right: list[int], texts: list[int]) -> tuple[float, float]:
    both = (np.array(right), np.array(texts))
    result = bootstrap(both, f1, paired=True, method="percentile", n_resamples=20_000, rng=1)
    return tuple(result.confidence_interval)


def test_sources_are_drawn_where_they_are_known() -> None:
    right = [0 if missed else size for size, missed in zip(SIZES, MISSED, strict=True)]
    assert interval(outcomes(sources=True)) == pytest.approx(drawn(right, SIZES), abs=0.015)


def test_texts_are_drawn_where_nobody_knows_their_sources() -> None:
    right = [int(not missed) for size, missed in zip(SIZES, MISSED, strict=True) for _ in range(size)]
    alone, together = interval(outcomes(sources=False)), interval(outcomes(sources=True))
    assert alone == pytest.approx(drawn(right, [1] * len(right)), abs=0.015)
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_texts_of_a_source_are_never_parted() -> None:
    found = outcomes(sources=True)
    places: dict[str, set[int]] = {}
    for outcome, place in zip(found, groups_of(found).place, strict=True):
        places.setdefault(str(outcome.example.meta["source"]), set()).add(place)
    assert all(len(each) == 1 for each in places.values())
    assert len({min(each) for each in places.values()}) == 40


def of_boards(number: int) -> list[Outcome]:
    """Return 60 texts of so many boards, with the same F1 of 0.8 in each: a draw of boards would never vary."""
    made = []
    for place in range(60):
        example = Example(f"t{place}", "x", JOB, {"source": f"board {place % number}"})
        made.append(outcome_of(example, Answer(spans() if place // number % 3 == 0 else JOB)))
    return made


def test_fewer_than_20_sources_are_not_drawn_but_their_texts() -> None:
    few, enough = of_boards(4), of_boards(20)
    assert (groups_of(few).by, groups_of(few).number, groups_of(few).too_few) == ("text", 60, 4)
    assert (groups_of(enough).by, groups_of(enough).too_few) == ("source", 0)
    assert interval(few).low < 0.75 < 0.85 < interval(few).high
    assert groups_of(few[:4]).too_few == 0, "each text is of another source"
