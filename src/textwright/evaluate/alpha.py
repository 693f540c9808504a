"""Agreement on the categories of whole texts, beyond chance: Krippendorff's alpha and Cohen's kappa.

A value is the set of labels that an annotator gave a text for one task: one label where only one may be given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

import numpy as np

from textwright.evaluate.figure import Figure
from textwright.evaluate.resampling import Draws, Floats, figure, ratio

Choice = frozenset[str]
Value = TypeVar("Value")


class Rating(NamedTuple):
    """What was said of a text, by its place, in the order of the annotators."""

    text: int
    values: tuple[Choice, ...]


def masi(a: Choice, b: Choice) -> float:
    """Give the distance of two sets of labels: 0 the same, 1 nothing shared, between them by what is shared.

    Passonneau, R. J. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic
    annotation. LREC 2006. One label against another is 1, so that this is the nominal distance for
    tasks with one label.

    >>> masi(frozenset("a"), frozenset("ab")), masi(frozenset("a"), frozenset("b"))
    (0.6666666666666667, 1.0)
    """
    if a == b:
        return 0.0
    shared = len(a & b)
    monotone = 2 / 3 if a <= b or b <= a else 1 / 3
    return 1 - monotone * shared / len(a | b)


def alpha(ratings: Sequence[Rating], draws: Draws, *, distance: Callable[[Choice, Choice], float] = masi) -> Figure:
    """Give Krippendorff's alpha: 1 less the distance within texts by the distance of all values.

    Krippendorff, K. (2018), Content Analysis, 4th ed., chapter 12. Any number of annotators may have
    said something of a text, and not the same ones of each. There is no value where all said the same
    of all texts: then chance would agree, too.
    """
    known = _numbered(value for rating in ratings for value in rating.values)
    distances = np.array([[distance(a, b) for b in known] for a in known]).reshape(len(known), len(known))
    texts = [rating.text for rating in ratings for _ in rating.values]
    often = draws.tallies(texts, [known[value] for rating in ratings for value in rating.values], len(known))
    within = draws.sums([rating.text for rating in ratings], [_apart(rating, known, distances) for rating in ratings])
    among = ((often @ distances) * often).sum(axis=1)
    return figure(1 - ratio((often.sum(axis=1) - 1) * within, among))


def _apart(rating: Rating, known: dict[Choice, int], distances: Floats) -> float:
    """Add up the distances within a text, both ways; a text counts as much as it has values."""
    pairs = combinations([known[value] for value in rating.values], 2)
    return sum(2 * float(distances[a, b]) for a, b in pairs) / (len(rating.values) - 1)


def kappa(ratings: Sequence[Rating], draws: Draws) -> Figure:
    """Give Cohen's kappa of two annotators, each chance by the labels that this annotator gives.

    Cohen, J. (1960). Educational and Psychological Measurement 20, 37-46.
    """
    known = _numbered(value for rating in ratings for value in rating.values)
    texts = [rating.text for rating in ratings]
    first, second = (
        draws.tallies(texts, [known[rating.values[side]] for rating in ratings], len(known)) for side in (0, 1)
    )
    number = draws.sums(texts, [1] * len(texts))
    agreed = ratio(draws.sums(texts, [rating.values[0] == rating.values[1] for rating in ratings]), number)
    chance = ratio((first * second).sum(axis=1), number**2)
    return figure(ratio(agreed - chance, 1 - chance))


def _numbered(values: Iterable[Value]) -> dict[Value, int]:
    """Give each different value a number, in the order of appearance."""
    return {value: place for place, value in enumerate(dict.fromkeys(values))}
