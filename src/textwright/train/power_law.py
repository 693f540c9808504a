"""How errors fall with more texts: power laws with a floor, weighed by how well repeated trainings fit them.

error(n) = a * n ** -b + c; c is what no number of texts takes away. Hestness et al. (2017), Deep
learning scaling is predictable, empirically; Figueroa et al. (2012), Predicting sample size required
for classification performance. All powers are weighed, as in Bayesian model averaging (Hoeting et al.,
1999), since none can be told from few points. A forecast is of one training to come, which varies by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textwright.evaluate.statistics import Interval, percentile_interval

Floats = NDArray[np.float64]
# From the shallowest fall to the steepest that is believed, and what is believed of them before any point is seen.
POWERS = np.geomspace(0.05, 2.0, 120)
USUAL, APART = 0.4, 0.8
# How the variance that the choice of texts brings falls with their number: as n ** -CALM.
CALM = 0.5
ROUNDS = 2000
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
    """A law with others that the same points might have led to; `doubt` says why no forecast can be made.

    `chances` holds for each of the others by how much one training with `law.unit` texts may lie off it.
    """

    law: Law
    others: Sequence[Law]
    chances: Sequence[float]
    explained: float
    doubt: str | None

    def error(self, texts: float) -> float:
        """Give the error that is expected after so many texts: the middle of all laws."""
        return float(np.median([law.error(texts) for law in self.others]))

    def band(self, texts: float) -> Interval:
        """Give the middle 95 % of the error of one training with so many texts."""
        calm = float((texts / self.law.unit) ** (-CALM / 2))
        drawn = [law.error(texts) + calm * chance for law, chance in zip(self.others, self.chances, strict=True)]
        low, high = percentile_interval(drawn)
        return Interval(max(0.0, low), min(1.0, high))


def fitted(points: Iterable[tuple[int, float]], *, seed: int = 0, rounds: int = ROUNDS) -> Fit:
    """Fit laws to points (texts, error), at least three sizes; equally many texts are drawn from the same ones.

    Raise `ValueError` with fewer sizes.
    """
    pairs = sorted(points)
    texts, errors = np.array([n for n, _ in pairs], dtype=float), np.array([e for _, e in pairs])
    if len(set(texts)) < 3:
        raise ValueError(f"{len(set(texts))} sizes, a law needs three")
    seen = _seen(texts, errors)
    dice = np.random.default_rng(seed)
    lines = [_line(seen, power) for power in POWERS]
    law = _law(max(lines, key=lambda line: line.weight), seen)
    others, chances = _drawn(lines, seen, rounds, dice)
    explained = _explained(errors, _errors(law, texts))
    fit = Fit(law, others or [law], chances or [0.0], explained, None)
    return Fit(law, fit.others, fit.chances, explained, _doubt(texts, errors, fit))


# --- what was seen --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seen:
    """The mean error of each size, with its variance up to a common factor.

    `within` is the sum of squares inside the sizes in the same unit, `free` its degrees of freedom.
    """

    sizes: Floats
    errors: Floats
    variances: Floats
    within: float
    free: int


def _seen(texts: Floats, errors: Floats) -> _Seen:
    """Sum up the trainings of each size.

    Two draws of a share of the texts have that share in common, and all of them everything: the mean of draws
    varies less than one draw, but less and less so. What repeated trainings on all texts vary by tells nothing of that.
    """
    sizes, counts = np.unique(texts, return_counts=True)
    means = np.array([errors[texts == size].mean() for size in sizes])
    squares = np.array([np.square(errors[texts == size] - errors[texts == size].mean()).sum() for size in sizes])
    common = sizes / sizes.max()
    spread = np.clip(means * (1 - means), 0.005, None)
    single = spread / spread[-1] * common**-CALM
    apart = common < 1
    within = float((squares[apart] / (single[apart] * (1 - common[apart]))).sum())
    return _Seen(sizes, means, single * ((1 - common) / counts + common), within, int((counts[apart] - 1).sum()))


# --- laws -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """The best law of a power as a line: error at all texts, and what the next doubling takes away.

    `spread` takes two standard numbers to how far both may be off, `rest` is the sum of squares that is left,
    `weight` the logarithm of how much the power is believed.
    """

    power: float
    best: Floats
    spread: Floats
    rest: float
    weight: float


def _line(seen: _Seen, power: float) -> _Line:
    """Fit the law of a power by weighted least squares."""
    fall = ((seen.sizes / seen.sizes.max()) ** -power - 1) / (1 - 2**-power)
    columns = np.stack([np.ones_like(fall), fall], axis=1)
    weighted = columns / seen.variances[:, None]
    inverse = np.linalg.inv(columns.T @ weighted)
    best = inverse @ (weighted.T @ seen.errors)
    rest = float((np.square(seen.errors - columns @ best) / seen.variances).sum())
    squares, free = _left(seen, rest)
    believed = -0.5 * float(np.log(power / USUAL) / APART) ** 2
    weight = believed + 0.5 * float(np.log(np.linalg.det(inverse))) - 0.5 * free * float(np.log(squares))
    return _Line(power, best, np.linalg.cholesky(inverse), rest, weight)


def _left(seen: _Seen, rest: float) -> tuple[float, int]:
    """Give the squares that are left around a law, and their degrees of freedom."""
    return seen.within + rest + 1e-9, seen.free + len(seen.sizes) - 2


def _drawn(lines: Sequence[_Line], seen: _Seen, rounds: int, dice: np.random.Generator) -> tuple[list[Law], list[float]]:
    """Draw laws as they are believed, without those that rise or go below no error at all."""
    weights = np.exp(np.array([line.weight for line in lines]) - max(line.weight for line in lines))
    laws, chances = [], []
    for place in dice.choice(len(lines), rounds * 4, p=weights / weights.sum()):
        line = lines[place]
        squares, free = _left(seen, line.rest)
        scale = float(np.sqrt(squares / dice.chisquare(free)))
        law = _law(line, seen, scale * dice.standard_normal(2))
        if law.a >= 0 and law.c >= 0:
            laws.append(law)
            chances.append(scale * float(dice.standard_normal()))
    return laws[:rounds], chances[:rounds]


def _law(line: _Line, seen: _Seen, off: Floats | None = None) -> Law:
    """Turn a line into a law; without `off` the best one that neither rises nor goes below no error."""
    now, gain = line.best if off is None else line.best + line.spread @ off
    a = float(gain) / (1 - 2**-line.power)
    if off is None:
        a = min(max(a, 0.0), max(float(now), 0.0))
    return Law(a, float(line.power), float(now) - a, float(seen.sizes.max()))


def _errors(law: Law, texts: Floats) -> Floats:
    return law.c + law.a * (texts / law.unit) ** -law.b


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
