"""A figure of a method: its mean over seeds, its interval, and how far the seeds lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textwright.evaluate.figure import Figure


class Measured(NamedTuple):
    """A figure over seeds. `low` and `high` are its 95 % interval, where it can have one.

    The interval says what other texts would change, averaged over the seeds; `least` and `most`, given where there
    are several seeds, say what another seed changes.
    """

    value: float
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None

    def to_data(self) -> dict[str, float | None]:
        """Return the numbers that there are, by name."""
        return {name: value for name, value in self._asdict().items() if value is not None}


def measured(figures: Sequence[Figure | None]) -> Measured | None:
    """Average a figure over seeds. None: no seed has it.

    >>> measured([Figure(0.5), Figure(0.7)])
    Measured(value=0.6, low=None, high=None, least=0.5, most=0.7)
    """
    known = [each for each in figures if each is not None and each.value is not None]
    values = [each.value for each in known if each.value is not None]
    if not values:
        return None
    least, most = (min(values), max(values)) if len(values) > 1 else (None, None)
    return Measured(_mean(values), _end([each.low for each in known]), _end([each.high for each in known]), least, most)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _end(ends: Sequence[float | None]) -> float | None:
    known = [each for each in ends if each is not None]
    return _mean(known) if len(known) == len(ends) else None
