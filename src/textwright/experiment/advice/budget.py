"""What a method may take: limits of time, size, memory and money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from textwright.errors import DataError
from textwright.evaluate.tables import size_of, time_of
from textwright.experiment.advice.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that is limited: its name, where a candidate has it, in the unit of the budget, and how it is said."""

    key: str
    name: str
    of: Callable[[Candidate], float | None]
    said: Callable[[float], str]
    what: str


def _megabytes(value: float | None) -> float | None:
    return None if value is None else value / 1e6


def _said_of_bytes(megabytes: float) -> str:
    return size_of(round(megabytes * 1e6))


LIMITS = (
    Limit("latency_ms", "the time", lambda each: each.latency_ms, time_of, "95 of 100 texts take up to"),
    Limit("size_mb", "the size", lambda each: _megabytes(each.size_bytes), _said_of_bytes, "the size is"),
    Limit("memory_mb", "the memory", lambda each: _megabytes(each.memory_bytes), _said_of_bytes, "memory is"),
    Limit("cost_per_1000", "the price", lambda each: each.dollars, lambda value: f"${value:.2g}", "1,000 texts cost"),
)


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that a method does not keep; `value` None: nobody knows whether it does."""

    limit: Limit
    allowed: float
    value: float | None

    @property
    def times(self) -> float:
        """Return how many times too much it is; of what is not known, infinitely."""
        if self.value is None or self.allowed == 0:
            return float("inf")
        return self.value / self.allowed

    def in_words(self) -> str:
        """Say what is too much."""
        allowed = self.limit.said(self.allowed)
        if self.value is None:
            return f"{self.limit.what} nobody knows what, where {allowed} is allowed"
        return f"{self.limit.what} {self.limit.said(self.value)}, where {allowed} is allowed"


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a method may take; None: no limit. Raise `DataError` for a limit that is no number from 0 on."""

    latency_ms: float | None = None
    size_mb: float | None = None
    memory_mb: float | None = None
    cost_per_1000: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is no limit."""
        for limit in LIMITS:
            value = self.allowed(limit)
            if value is not None and not (isfinite(value) and value >= 0):
                raise DataError(f"the limit {limit.key} is {value:g}, expected a number from 0 on")

    def allowed(self, limit: Limit) -> float | None:
        """Return the most of one thing."""
        value: float | None = getattr(self, limit.key)
        return value

    @property
    def given(self) -> list[tuple[Limit, float]]:
        """List the limits that there are."""
        return [(limit, value) for limit in LIMITS if (value := self.allowed(limit)) is not None]

    def excess(self, candidate: Candidate) -> list[Excess]:
        """List the limits that a method does not keep."""
        kept = ((limit, allowed, limit.of(candidate)) for limit, allowed in self.given)
        return [Excess(limit, allowed, value) for limit, allowed, value in kept if value is None or value > allowed]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {limit.key: value for limit, value in self.given}
