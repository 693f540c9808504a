"""Which of several methods takes least: in money, in time, in size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log

from textwright.experiment.advice.budget import LIMITS, Limit
from textwright.experiment.advice.candidates import Candidate

# Money first, as it is paid for each text; then what a user waits for and loads. Memory follows size.
PRICES = tuple(limit for key in ("cost_per_1000", "latency_ms", "size_mb") for limit in LIMITS if limit.key == key)
SAID = {"cost_per_1000": "1,000 texts for", "latency_ms": "95 of 100 answers within", "size_mb": "a size of"}
# Times of two measurements that differ by less are the same.
SAME = 1.1
TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Price:
    """One thing that a method takes, beside what another takes of it."""

    limit: Limit
    value: float
    other: float

    def in_words(self) -> str:
        """Say both.

        >>> Price(PRICES[1], 0.5, 12.0).in_words()
        '95 of 100 answers within 500 µs instead of 12.0 ms'
        """
        return f"{SAID[self.limit.key]} {self.limit.said(self.value)} instead of {self.limit.said(self.other)}"


def cheapest(candidates: Sequence[Candidate]) -> Candidate:
    """Choose the method that takes least: of those that none other undercuts in all, the one for the least money.

    Of several for the same money, that for which time and size together are least, in how many times
    less. What nobody knows counts as the most. Of equals the more exact one.
    """
    front = [each for each in candidates if not any(undercuts(other, each) for other in candidates)]
    first = min(front, key=lambda each: (_dollars(each), _times(each)))
    equals = (each for each in front if not any(_less(first, each, limit) for limit in PRICES))
    return max(equals, key=lambda each: each.exact.value)


def undercuts(a: Candidate, b: Candidate) -> bool:
    """Say whether a takes no more than b of anything, and less of something."""
    return not any(_less(b, a, limit) for limit in PRICES) and any(_less(a, b, limit) for limit in PRICES)


def savings(a: Candidate, b: Candidate) -> list[Price]:
    """List what a takes less of than b, where both are known."""
    return [
        Price(limit, value, other)
        for limit in PRICES
        if _less(a, b, limit) and (value := limit.of(a)) is not None and (other := limit.of(b)) is not None
    ]


def _dollars(candidate: Candidate) -> float:
    return inf if candidate.dollars is None else round(candidate.dollars, 6)


def _less(a: Candidate, b: Candidate, limit: Limit) -> bool:
    mine, theirs = _known(a, limit), _known(b, limit)
    return mine * SAME < theirs


def _known(candidate: Candidate, limit: Limit) -> float:
    value = limit.of(candidate)
    return inf if value is None else value


def _times(candidate: Candidate) -> float:
    values = (_known(candidate, limit) for limit in PRICES if limit.key != "cost_per_1000")
    return sum(log(max(value, TINY)) for value in values)
