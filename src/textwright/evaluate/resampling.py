"""Intervals for figures that are ratios of sums over texts: texts drawn again, all figures at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textwright.evaluate.f1 import MOST_GROUPS, ROUNDS
from textwright.evaluate.figure import Figure

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Draws:
    """How often each group of texts was drawn in each round; the first round has each once.

    More than 200 texts are dealt into 200 groups at random: intervals hardly change, and take a moment only.
    """

    group: Places
    times: Floats

    @property
    def groups(self) -> int:
        """Return the number of groups."""
        return int(self.times.shape[1])

    def sums(self, texts: Sequence[int], values: Sequence[float]) -> Floats:
        """Add up the values that texts bring, in every round."""
        totals = np.bincount(self.group[np.asarray(texts, dtype=np.intp)], weights=values, minlength=self.groups)
        return np.asarray(self.times @ totals)

    def tallies(self, texts: Sequence[int], kinds: Sequence[int], number: int) -> Floats:
        """Count how often each of `number` kinds comes, in every round; each text brings one of a kind."""
        cells = self.group[np.asarray(texts, dtype=np.intp)] * number + np.asarray(kinds, dtype=np.intp)
        totals = np.bincount(cells, minlength=self.groups * number).reshape(self.groups, number)
        return np.asarray(self.times @ totals)

    def pair_sums(self, first: Places, second: Places, values: Floats) -> Floats:
        """Add up what each pair of texts brings, in every round: a pair comes as often as both its texts do."""
        cells = self.group[first] * self.groups + self.group[second]
        totals = np.bincount(cells, weights=values, minlength=self.groups**2).reshape(self.groups, self.groups)
        return np.asarray(((self.times @ totals) * self.times).sum(axis=1))


def draws(texts: int, *, seed: int, rounds: int = ROUNDS) -> Draws:
    """Draw as many groups of texts as there are, with replacement, `rounds` times."""
    generator = np.random.default_rng(seed)
    groups = min(texts, MOST_GROUPS)
    group = generator.permutation(texts) % groups
    times = generator.multinomial(groups, np.full(groups, 1 / groups), size=rounds)
    return Draws(group, np.vstack([np.ones(groups), times]))


def ratio(parts: Floats, wholes: Floats) -> Floats:
    """Divide, round by round; what has no whole is not a number."""
    return np.asarray(np.divide(parts, wholes, out=np.full(len(parts), np.nan), where=wholes != 0))


def figure(rounds: Floats) -> Figure:
    """Make a figure of its value (the first round) and of those that other draws of texts gave.

    There is no interval where most draws give no value.
    """
    value, others = rounds[0], rounds[1:][~np.isnan(rounds[1:])]
    if np.isnan(value):
        return Figure()
    if len(others) < len(rounds) / 2:
        return Figure(float(value))
    low, high = np.quantile(others, [0.025, 0.975])
    return Figure(float(value), float(low), float(high))
