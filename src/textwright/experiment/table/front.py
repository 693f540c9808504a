"""The Pareto front: the methods for which no other is as exact and takes as little, better in one of the two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.evaluate.tables import size_of, time_of
from textwright.experiment.measure.less import takes_less
from textwright.experiment.table.measured import Measured
from textwright.experiment.table.naming import listed_names
from textwright.experiment.table.rows import Row


@dataclass(frozen=True, slots=True)
class Axis:
    """What exactness is paid with: the key of its column, its name, and how an amount of it is said."""

    key: str
    title: str
    say: Callable[[float], str]


def _money(price: float) -> str:
    return "no charge" if price == 0 else f"${price:.2g} for 1,000 texts"


def _size(price: float) -> str:
    return size_of(round(price))


AXES = (
    Axis("latency_ms_p50", "median time for one text", time_of),
    Axis("size_bytes", "size", _size),
    Axis("cost_per_1000", "money", _money),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A method's exactness and price; `by` is the method that dominates it (None: it lies on the front)."""

    method: str
    exact: Measured
    price: float
    by: str | None = None
    how: str = ""

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"method": self.method, "exact": self.exact.value, "price": self.price, "dominated_by": self.by}


@dataclass(frozen=True, slots=True)
class Front:
    """Every method that has both figures, the cheapest first; `without` names those that have not."""

    axis: Axis
    measure: str
    points: tuple[Point, ...]
    without: tuple[str, ...]

    def in_words(self) -> list[str]:
        """Name what lies on the front, and what dominates the rest."""
        on = ", ".join(
            f"{listed_names([each.method])} ({self.axis.say(each.price)})" for each in self.points if each.by is None
        )
        lines = [f"No other is as exact for less (the front): {on}."]
        behind = {
            each.by: [every.method for every in self.points if every.by == each.by] for each in self.points if each.by
        }
        if behind:
            listed = (f"{listed_names(methods)} by {listed_names([better])}" for better, methods in behind.items())
            lines.append(f"Another is as exact or better and takes no more (they are dominated): {'; '.join(listed)}.")
        if self.without:
            lines.append(f"Not drawn, as nobody knows the figure: {listed_names(self.without)}.")
        return lines

    def how(self) -> list[str]:
        """Say of each dominated method by what, and by how much."""
        return [f"{_name(each.method)}: {_name(each.by)} is {each.how}" for each in self.points if each.by]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "axis": self.axis.key,
            "measure": self.measure,
            "points": [each.to_data() for each in self.points],
            "without": list(self.without),
        }


def _name(method: str) -> str:
    return listed_names([method])


def fronts_of(rows: Sequence[Row], measure: str) -> list[Front]:
    """Find the front for each price that at least two methods have, and that is not nothing for all.

    What counts no tokens charges none; what counts some and has no price, nobody knows the price of.
    """
    made = (_front(rows, measure, axis) for axis in AXES)
    return [front for front in made if len({each.price for each in front.points}) > 1]


def _front(rows: Sequence[Row], measure: str, axis: Axis) -> Front:
    exact = {row.method: row.figures[measure] for row in rows if measure in row.figures}
    prices = {row.method: price for row in rows if (price := _price(row, axis)) is not None}
    both = [method for method in exact if method in prices]
    points = sorted((_point(method, exact, prices, both, axis) for method in both), key=lambda each: each.price)
    return Front(axis, measure, tuple(points), tuple(method for method in exact if method not in prices))


def _price(row: Row, axis: Axis) -> float | None:
    found = row.value(axis.key)
    free = axis.key == "cost_per_1000" and "prompt_tokens_per_1000" not in row.figures
    return 0.0 if found is None and free else found


def _point(
    method: str, exact: Mapping[str, Measured], prices: Mapping[str, float], methods: Sequence[str], axis: Axis
) -> Point:
    own = (-exact[method].value, prices[method])
    better = [each for each in methods if _dominates((-exact[each].value, prices[each]), own)]
    if not better:
        return Point(method, exact[method], prices[method])
    by = max(better, key=lambda each: (exact[each].value, -prices[each]))
    how = _how(exact[by].value - exact[method].value, prices[method], prices[by], axis)
    return Point(method, exact[method], prices[method], by, how)


def _dominates(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Say whether a is as exact and takes no more (by more than a tenth), and is better in one of the two."""
    return a[0] <= b[0] and not takes_less(b[1], a[1]) and (a[0] < b[0] or takes_less(a[1], b[1]))


def _how(ahead: float, price: float, less: float, axis: Axis) -> str:
    """Say by how much: so many points more exact, and what the other one takes instead of its own price."""
    exact = f"{100 * ahead:.1f} points more exact" if ahead > 0 else "as exact"
    return (
        f"{exact} for the same"
        if not takes_less(less, price)
        else f"{exact} at {axis.say(less)} instead of {axis.say(price)}"
    )
