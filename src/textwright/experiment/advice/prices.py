"""Which of several methods takes least: in money, in time, in size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log

from textwright.evaluate.tables import time_of
from textwright.experiment.advice.budget import LIMITS, Limit
from textwright.experiment.advice.candidates import Candidate
from textwright.experiment.measure.less import takes_less

_LIMITS = {limit.key: limit for limit in LIMITS}
# Money first, as it is paid for each text; then what a user waits for and loads. Memory follows size. Methods are
# compared by the median of their times, as in the table; what a budget limits is the time of 95 of 100 texts.
MONEY = _LIMITS["cost_per_1000"]
TIME = Limit("latency_ms_p50", "the time", lambda each: each.median_ms, time_of, "one text takes (median)")
PRICES = (MONEY, TIME, _LIMITS["size_mb"])
SAID = {"cost_per_1000": "1,000 texts for", "latency_ms_p50": "a median time of", "size_mb": "a size of"}
TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Price:
    """One thing that a method takes, beside what another takes of it; None: a price that nobody knows."""

    limit: Limit
    value: float | None
    other: float | None

    def in_words(self) -> str:
        """Say both.

        >>> Price(TIME, 0.5, 12.0).in_words()
        'a median time of 500 µs instead of 12.0 ms'
        """
        return f"{SAID[self.limit.key]} {self._said(self.value)} instead of {self._said(self.other)}"

    def _said(self, value: float | None) -> str:
        return "a price that nobody knows" if value is None else self.limit.said(value)


def cheapest(candidates: Sequence[Candidate]) -> Candidate:
    """Choose the method that takes least: of those that none other undercuts in all, the one for the least money.

    Of several for the same money, that for which time and size together are least, in how many times
    less. A price in money that nobody knows counts as the most; a time or size that nobody knows is not
    compared. Of equals the more exact one. What is chosen takes less of something than the most exact, or is it.
    """
    best = max(candidates, key=lambda each: each.exact.value)
    front = [each for each in candidates if not any(undercuts(other, each) for other in candidates)]
    worth = [each for each in front if each is best or savings(each, best)] or [best]
    compared = [limit for limit in PRICES[1:] if all(limit.of(each) is not None for each in worth)]
    first = min(worth, key=lambda each: (_dollars(each), _times(each, compared)))
    equals = (each for each in worth if not any(_less(first, each, limit) for limit in PRICES))
    return max(equals, key=lambda each: each.exact.value)


def undercuts(a: Candidate, b: Candidate) -> bool:
    """Say whether a takes no more than b of anything that is known of both, and less of something."""
    return not any(_less(b, a, limit) for limit in PRICES) and any(_less(a, b, limit) for limit in PRICES)


def savings(a: Candidate, b: Candidate) -> list[Price]:
    """List what a takes less of than b."""
    return [Price(limit, limit.of(a), limit.of(b)) for limit in PRICES if _less(a, b, limit)]


def unknown(candidates: Sequence[Candidate]) -> list[tuple[Limit, list[Candidate]]]:
    """List of which methods nobody knows what they take, where it is known of others."""
    found = ((limit, [each for each in candidates if limit.of(each) is None]) for limit in PRICES)
    return [(limit, without) for limit, without in found if 0 < len(without) < len(candidates)]


def _dollars(candidate: Candidate) -> float:
    return inf if candidate.dollars is None else round(candidate.dollars, 6)


def _less(a: Candidate, b: Candidate, limit: Limit) -> bool:
    if limit is MONEY:
        return takes_less(_dollars(a), _dollars(b))
    mine, theirs = limit.of(a), limit.of(b)
    return mine is not None and theirs is not None and takes_less(mine, theirs)


def _times(candidate: Candidate, limits: Sequence[Limit]) -> float:
    return sum(log(max(limit.of(candidate) or 0.0, TINY)) for limit in limits)
