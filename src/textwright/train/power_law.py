"""How errors fall with more texts: a power law with a floor, fitted to repeated trainings, and how far to trust it.

error(n) = a * n ** -b + c; c is what no number of texts takes away. Hestness et al. (2017), Deep
learning scaling is predictable, empirically; Figueroa et al. (2012), Predicting sample size required
for classification performance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textwright.evaluate.statistics import Interval, percentile_interval

Floats = NDArray[np.float64]
# From the shallowest fall to the steepest that is believed.
POWERS = np.geomspace(0.05, 2.0, 120)
ROUNDS = 400
# What must be there before a forecast is made.
SIZES, RUNS, RANGE, EXPLAINED, WIDEST = 4, 8, 4.0, 0.7, 0.1
# A doubling that brings less is not worth its while.
WORTHWHILE = 0.005


@dataclass(frozen=True, slots=True)
class Law:
    """The error after n texts: `a` at `unit` texts above the floor `c`, falling with the power `b`."""

    a: float
    b: float
    c: float
    unit: float

    def error(self, texts: float) -> float:
        """Give the error after so many texts.

        >>> Law(0.2, 0.5, 0.01, 100).error(400)
        0.11
        """
        return self.c + self.a * float((texts / self.unit) ** -self.b)

    def enough(self) -> float:
        """Give the number of texts from which on a doubling brings less than half a point."""
        gain = self.a * (1 - 2**-self.b)
        return self.unit * float((gain / WORTHWHILE) ** (1 / self.b)) if gain > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """A law with others that the same points might have led to; `doubt` says why no forecast can be made."""

    law: Law
    others: Sequence[Law]
    explained: float
    doubt: str | None

    def band(self, texts: float) -> Interval:
        """Give the middle 95 % of the error after so many texts."""
        return percentile_interval([law.error(texts) for law in self.others])


def fitted(points: Iterable[tuple[int, float]], *, seed: int = 0, rounds: int = ROUNDS) -> Fit:
    """Fit a law to points (texts, error), at least three sizes; the band comes from resampled deviations.

    Whether there is a floor cannot be seen before it is reached, so that half of the others have none.

    Raise `ValueError` with fewer sizes.
    """
    pairs = sorted(points)
    texts, errors = np.array([n for n, _ in pairs], dtype=float), np.array([e for _, e in pairs])
    if len(set(texts)) < 3:
        raise ValueError(f"{len(set(texts))} sizes, a law needs three")
    spread = _spread(errors)
    [law] = _least_squares(texts, errors[None], spread)
    expected = _errors(law, texts)
    # Three numbers were fitted: the deviations are smaller than those from the truth.
    deviations = (errors - expected) / spread * np.sqrt(len(errors) / max(1, len(errors) - 3))
    dice = np.random.default_rng(seed)
    drawn = expected + dice.choice(deviations, (rounds, len(errors))) * spread
    others = [*_least_squares(texts, drawn, spread), *_least_squares(texts, drawn, spread, floor=False)]
    explained = _explained(errors, expected)
    fit = Fit(law, others, explained, None)
    return Fit(law, others, explained, _doubt(texts, errors, fit))


def _spread(errors: Floats) -> Floats:
    """Give how much each error is expected to vary: a share near 0 or 1 varies less."""
    return np.sqrt(np.clip(errors * (1 - errors), 0.005, None))


def _errors(law: Law, texts: Floats) -> Floats:
    return law.c + law.a * (texts / law.unit) ** -law.b


def _least_squares(texts: Floats, rows: Floats, spread: Floats, *, floor: bool = True) -> list[Law]:
    """Find for each row of errors the law with the smallest weighted squares of the deviations.

    With the power given, the best `a` and `c` that are not below 0 follow at once; all powers are tried.
    Without a `floor`, `c` is 0.
    """
    unit, weights = float(texts.max()), spread**-2.0
    tried = [(power, *_best_line((texts / unit) ** -power, rows, weights, floor=floor)) for power in POWERS]
    costs = np.stack([cost for *_, cost in tried])
    found = []
    for row, best in enumerate(costs.argmin(axis=0).tolist()):
        power, a, c, _ = tried[best]
        found.append(Law(float(a[row]), float(power), float(c[row]), unit))
    return found


def _best_line(shape: Floats, rows: Floats, weights: Floats, *, floor: bool) -> tuple[Floats, Floats, Floats]:
    """Fit a * shape + c to each row; give a, c and the weighted squares that are left."""
    one, first, second = weights.sum(), weights @ shape, weights @ shape**2
    errors, product = rows @ weights, rows @ (weights * shape)
    size = one * second - first**2
    a, c = (one * product - first * errors) / size, (second * errors - first * product) / size
    steep, flat = np.maximum(product / second, 0), np.maximum(errors / one, 0)
    inside = (a >= 0) & (c >= 0) & floor
    choices = [
        (np.where(inside, a, steep), np.where(inside, c, 0)),
        (np.where(inside, a, 0), np.where(inside, c, flat)),
    ]
    costs = [((rows - a[:, None] * shape - c[:, None]) ** 2 @ weights) for a, c in choices]
    (a, c), (other_a, other_c) = choices
    better = costs[0] <= costs[1]
    return np.where(better, a, other_a), np.where(better, c, other_c), np.minimum(*costs)


def _explained(errors: Floats, expected: Floats) -> float:
    total = float(np.square(errors - errors.mean()).sum())
    return 1 - float(np.square(errors - expected).sum()) / total if total > 0 else 0.0


def _doubt(texts: Floats, errors: Floats, fit: Fit) -> str | None:
    """Say why no forecast can be made of these points; None when one can."""
    sizes = len(set(texts))
    if sizes < SIZES or len(texts) < RUNS:
        return f"{len(texts)} trainings of {sizes} sizes are too few; at least {RUNS} of {SIZES} sizes tell something"
    if texts.max() < RANGE * texts.min():
        return f"the sizes, {int(texts.min()):,} to {int(texts.max()):,}, lie too near each other"
    least, most = errors[texts == texts.min()], errors[texts == texts.max()]
    if most.mean() >= least.mean() - max(least.std(), most.std()):
        return "more texts have not helped: what differs between the sizes may be chance"
    if fit.explained < EXPLAINED:
        return f"the points do not lie on a power law, which explains {fit.explained:.0%} of their differences"
    if fit.law.error(2 * float(texts.max())) > most.mean() + _by_chance(texts, errors):
        return "the errors fall faster than a power law does, so that none says where they go"
    low, high = fit.band(2 * float(texts.max()))
    if high - low > WIDEST:
        return f"it could lie anywhere between {100 * (1 - high):.0f} and {100 * (1 - low):.0f}"
    return None


def _by_chance(texts: Floats, errors: Floats) -> float:
    """Give how far trainings on equally many texts lie apart, on average."""
    return float(np.mean([errors[texts == size].std() for size in np.unique(texts)]))
