"""How errors fall with more texts: laws of their odds, weighed by how well repeated trainings fit them.

odds(n) = a * n ** -b + c, where the odds are error / (1 - error): of small errors the same as the power law of
Hestness et al. (2017), Deep learning scaling is predictable, empirically, and Figueroa et al. (2012), Predicting
sample size required for classification performance; of large ones it holds that no more than all can be
wrong. c is what no number of texts takes away. All powers, with a floor and without, are weighed, as in Bayesian
model averaging (Hoeting et al., 1999), since none can be told from few points. A forecast is of one
training to come, which varies by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import lgamma, log, pi

import numpy as np
from numpy.typing import NDArray

from textwright.evaluate.statistics import Interval, percentile_interval

Floats = NDArray[np.float64]
# From the shallowest fall to the steepest that is believed, and what is believed of them before any point is seen.
POWERS = np.geomspace(0.05, 2.0, 60)
USUAL, APART = 0.3, 0.8
# How the variance that the choice of texts brings falls with their number: as n ** -CALM.
CALM = 1.0
# How much of the variance two draws share that have all texts in common.
COMMON = 0.5
# What one training varies by before any is seen, as a share of texts, and for how many trainings that counts.
VARIES, COUNTS = 0.01, 4
# Odds end where fewer are right.
LEAST_RIGHT = 0.02
ROUNDS = 2000
# So many times as many laws are drawn as are wanted, as some are impossible.
TRIED = 5
# What must be there before a forecast is made.
SIZES, RUNS, RANGE, EXPLAINED, WIDEST = 4, 8, 4.0, 0.7, 0.12
# A doubling that brings less is not worth its while.
WORTHWHILE = 0.005
# Where that is is looked for so many doublings away.
FURTHEST = 40


@dataclass(frozen=True, slots=True)
class Law:
    """The odds of an error after n texts: `a` at `unit` texts above the floor `c`, falling with the power `b`."""

    a: float
    b: float
    c: float
    unit: float

    def error(self, texts: float) -> float:
        """Give the error after so many texts.

        >>> round(Law(0.2, 0.5, 0.01, 100).error(400), 4)
        0.0991
        """
        odds = self.c + self.a * float((texts / self.unit) ** -self.b)
        return round(odds / (1 + odds), 12)

    def gain(self, texts: float) -> float:
        """Give what a doubling takes from the error after so many texts."""
        return self.error(texts) - self.error(2 * texts)

    def enough(self) -> float:
        """Give the number of texts from which on a doubling brings less than half a point."""
        worth = [step for step in range(-FURTHEST, FURTHEST) if self.gain(self.unit * 2.0**step) >= WORTHWHILE]
        if not worth:
            return 0.0
        low, high = self.unit * 2.0 ** worth[-1], self.unit * 2.0 ** (worth[-1] + 1)
        for _ in range(40):
            middle = (low * high) ** 0.5
            low, high = (middle, high) if self.gain(middle) >= WORTHWHILE else (low, middle)
        return low


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
        low, high = map(float, percentile_interval(drawn))
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
    lines = [_line(seen, float(power), floor=floor) for power in POWERS for floor in (True, False)]
    law = _law(max(filter(_is_possible, lines), key=lambda line: line.weight), seen)
    others, chances = _drawn(lines, seen, rounds, dice)
    explained = _explained(errors, _errors(law, texts))
    fit = Fit(law, others or [law], chances or [0.0], explained, None)
    return Fit(law, fit.others, fit.chances, explained, _doubt(texts, errors, fit))


# --- what was seen --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seen:
    """The mean odds of an error of each size, with their variance up to a common factor.

    `within` is the sum of squares inside the sizes in the same unit, `free` its degrees of freedom.
    """

    sizes: Floats
    odds: Floats
    variances: Floats
    within: float
    free: int


def _seen(texts: Floats, errors: Floats) -> _Seen:
    """Sum up the trainings of each size.

    A share near 0 or 1 varies less, and one training on many texts less than one on few. Draws of a large share of
    the texts have most of them in common, so that their mean varies nearly as much as one of them. Trainings that
    do not differ at all, as those on all texts by some recipes, say nothing of how much others would.
    """
    sizes, counts = np.unique(texts, return_counts=True)
    means = np.array([errors[texts == size].mean() for size in sizes])
    squares = np.array([np.square(errors[texts == size] - errors[texts == size].mean()).sum() for size in sizes])
    spread = np.clip(means * (1 - means), 0.005, None)
    single = spread / spread[-1] * (sizes / sizes.max()) ** -CALM
    common = COMMON * sizes / sizes.max()
    right = np.clip(1 - means, LEAST_RIGHT, None)
    differ = squares > 0
    return _Seen(
        sizes=sizes,
        odds=means / right,
        variances=single * ((1 - common) / counts + common) / right**4,
        within=float((squares[differ] / (single * (1 - common))[differ]).sum()),
        free=int((counts[differ] - 1).sum()),
    )


# --- laws -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """The best law of a power as a line: the odds at all texts, and what the next doubling takes away.

    `spread` takes two standard numbers to how far both may be off, `rest` is the sum of squares that is left and
    `free` its degrees of freedom, `weight` the logarithm of how much the power is believed.
    """

    power: float
    best: Floats
    spread: Floats
    rest: float
    free: int
    weight: float


def _line(seen: _Seen, power: float, *, floor: bool) -> _Line:
    """Fit the law of a power by weighted least squares; without a floor the odds alone say what a doubling takes.

    A floor is as likely as none, and anywhere between no error and the error that is reached.
    """
    fall, part = (seen.sizes / seen.sizes.max()) ** -power, 1 - 2**-power
    columns = np.stack([np.ones_like(fall), (fall - 1) / part], axis=1) if floor else fall[:, None]
    weighted = columns / seen.variances[:, None]
    inverse = np.linalg.inv(columns.T @ weighted)
    best = inverse @ (weighted.T @ seen.odds)
    rest = seen.within + float((np.square(seen.odds - columns @ best) / seen.variances).sum()) + 1e-9
    free = seen.free + len(seen.sizes) - columns.shape[1]
    believed = -0.5 * (log(power / USUAL) / APART) ** 2 - (log(max(float(best[0]), 1e-9) * part) if floor else 0.0)
    weight = believed + 0.5 * log(np.linalg.det(inverse)) + lgamma(free / 2) - free / 2 * log(pi * rest)
    spread = np.linalg.cholesky(inverse)
    if floor:
        return _Line(power, best, spread, rest, free, weight)
    one = np.array([[1.0], [part]])
    return _Line(power, one @ best, np.hstack([one @ spread, np.zeros((2, 1))]), rest, free, weight)


def _drawn(
    lines: Sequence[_Line], seen: _Seen, rounds: int, dice: np.random.Generator
) -> tuple[list[Law], list[float]]:
    """Draw laws as they are believed, without those that rise or go below no error at all."""
    weights = np.exp(np.array([line.weight for line in lines]) - max(line.weight for line in lines))
    places = dice.choice(len(lines), rounds * TRIED, p=weights / weights.sum())
    rest, free = (np.array([getattr(line, key) for line in lines])[places] for key in ("rest", "free"))
    scales = np.sqrt((rest + COUNTS * VARIES**2) / dice.chisquare(free + COUNTS))
    off = np.einsum(
        "nij,nj->ni", np.stack([line.spread for line in lines])[places], dice.standard_normal((len(places), 2))
    )
    now, gain = (np.stack([line.best for line in lines])[places] + scales[:, None] * off).T
    powers = np.array([line.power for line in lines])[places]
    a = gain / (1 - 2**-powers)
    kept = np.flatnonzero((a >= 0) & (now >= a))[:rounds]
    unit = float(seen.sizes.max())
    laws = [Law(float(a[each]), float(powers[each]), float(now[each] - a[each]), unit) for each in kept]
    return laws, (scales[kept] * dice.standard_normal(len(kept))).tolist()


def _is_possible(line: _Line) -> bool:
    """Say whether a line neither rises nor goes below no error; those without a floor do not."""
    now, gain = line.best
    return bool(0 <= gain <= now * (1 - 2**-line.power) * (1 + 1e-9))


def _law(line: _Line, seen: _Seen) -> Law:
    now, gain = map(float, line.best)
    a = gain / (1 - 2**-line.power)
    return Law(a, line.power, max(0.0, now - a), float(seen.sizes.max()))


def _errors(law: Law, texts: Floats) -> Floats:
    odds = law.c + law.a * (texts / law.unit) ** -law.b
    return np.asarray(odds / (1 + odds))


def _explained(errors: Floats, expected: Floats) -> float:
    total = float(np.square(errors - errors.mean()).sum())
    return max(0.0, 1 - float(np.square(errors - expected).sum()) / total) if total > 0 else 0.0


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
