"""How long texts are: exact quantiles and a histogram, four bytes a text."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from textwright.wrangle.profile.values import Bar, Lengths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUANTILES = {"least": 0.0, "5 %": 0.05, "25 %": 0.25, "median": 0.5, "75 %": 0.75, "95 %": 0.95, "99 %": 0.99}
BARS = 30


class Measured:
    """Takes the length of one text after another."""

    def __init__(self, unit: str) -> None:
        """Begin with none."""
        self._unit = unit
        self._values = array("L")

    def add(self, length: int) -> None:
        """Take a length."""
        self._values.append(length)

    def done(self) -> Lengths:
        """Return what was found."""
        import numpy as np

        if not self._values:
            return Lengths(self._unit, 0, 0.0, dict.fromkeys([*QUANTILES, "most"], 0), ())
        values = np.sort(np.frombuffer(self._values, dtype=f"u{self._values.itemsize}"))
        # A quantile is a length that occurs: the smallest that so many texts do not exceed.
        places = {name: max(0, int(np.ceil(share * len(values))) - 1) for name, share in QUANTILES.items()}
        quantiles = {name: int(values[place]) for name, place in places.items()} | {"most": int(values[-1])}
        return Lengths(self._unit, int(values.sum()), float(values.mean()), quantiles, bars_of(values, quantiles))


def bars_of(values: NDArray[np.uint64], quantiles: dict[str, int]) -> tuple[Bar, ...]:
    """Count sorted lengths in bars of one round width; what is beyond the 99 % goes into the last."""
    import numpy as np

    low, high = int(values[0]), quantiles["99 %"]
    width = round_width((high - low + 1) / BARS)
    edges = list(range(low - low % width, high + width, width))
    if edges[-1] <= high:
        edges.append(edges[-1] + width)
    counts = np.diff(np.searchsorted(values, edges))
    bars = [Bar(a, b, int(count)) for a, b, count in zip(edges, edges[1:], counts, strict=False)]
    beyond = len(values) - sum(bar.count for bar in bars)
    return (*bars, Bar(edges[-1], None, beyond)) if beyond else tuple(bars)


def round_width(least: float) -> int:
    """Return the first of 1, 2, 5, 10, 20, 50 and so on that is not less.

    >>> [round_width(each) for each in (0.2, 1, 1.1, 7, 130)]
    [1, 1, 2, 10, 200]
    """
    width = 1
    while True:
        for step in (1, 2, 5):
            if width * step >= least:
                return width * step
        width *= 10
