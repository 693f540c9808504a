"""A number with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textwright.evaluate.statistics import wilson


class Figure(NamedTuple):
    """A figure with its 95 % interval; None: there is nothing to compute it from."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    def to_data(self) -> dict[str, float | None]:
        """Return the three numbers by name."""
        return self._asdict()


def share_figure(texts: Sequence[int], rights: Sequence[bool]) -> Figure:
    """Give the share of pairs of annotators that agree; `texts` says which text each pair is of.

    Wilson's interval counts texts, not pairs: the pairs of one text are no independent witnesses.

    >>> share_figure([0, 0, 0, 1], [True, False, False, True]).value
    0.5
    """
    if not texts:
        return Figure()
    share, number = sum(rights) / len(rights), len(set(texts))
    return Figure(share, *wilson(share * number, number))
