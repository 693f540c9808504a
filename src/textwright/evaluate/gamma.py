"""How well annotators agree on spans that may overlap and nest: the disorder of the best alignment.

Mathet, Y., Widlöcher, A., Métivier, J.-P. (2015). The unified and holistic method gamma (γ) for
inter-annotator agreement measure and alignment. Computational Linguistics 41(3), 437-479.
`docs/agreement.md` says what is taken from there and what differs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import inf, sqrt
from operator import attrgetter
from typing import NamedTuple

ALONE = 1.0  # what a unit costs that is aligned with nothing: the paper's Δ∅
WORTH = 2 * ALONE  # what two cost that are aligned with nothing: a pair that costs more is none
REMEMBERED = 1 << 16


class Unit(NamedTuple):
    """A span as gamma sees it."""

    start: int
    end: int
    label: str


Units = tuple[Unit, ...]


def positional(a: Unit, b: Unit) -> float:
    """Give the paper's positional dissimilarity: both edges' distance by both lengths, squared.

    >>> positional(Unit(0, 6, "A"), Unit(0, 6, "B")), positional(Unit(0, 4, "A"), Unit(2, 6, "A"))
    (0.0, 0.25)
    """
    apart = abs(a.start - b.start) + abs(a.end - b.end)
    return float((apart / (a.end - a.start + b.end - b.start)) ** 2)


def dissimilarity(a: Unit, b: Unit) -> float:
    """Add to the positional dissimilarity 1 where the labels differ: the paper's combination with both weights 1.

    >>> dissimilarity(Unit(0, 4, "A"), Unit(2, 6, "B"))
    1.25
    """
    return positional(a, b) + (a.label != b.label)


@lru_cache(REMEMBERED)
def disorder(a: Units, b: Units) -> float:
    """Give the cost of the best alignment of two annotations of a text; 0: they are the same.

    Each unit is aligned with one of the other side, which costs their dissimilarity, or with none.

    >>> disorder((Unit(0, 4, "A"), Unit(0, 9, "B")), (Unit(0, 4, "A"),))
    1.0
    """
    if a == b:
        return 0.0
    if not a or not b:
        return ALONE * (len(a) + len(b))
    longest = max(unit.end - unit.start for unit in b)
    costs = [_partners(unit, b, place, longest) for place, unit in enumerate(a)]
    mates = best_matching(costs)
    spent = sum(cost[mate] for cost, mate in zip(costs, mates, strict=True))
    return spent + ALONE * (len(b) - len(a))


def _partners(unit: Unit, others: Units, place: int, longest: int) -> dict[int, float]:
    """Give the cost of each partner that is worth it; a number below 0 stands for none, a place of the unit's own.

    A unit left alone leaves another alone on the other side, so none costs two: `disorder` then counts the
    difference of the two sides alone. `others` are sorted, so those that begin too far away are not looked at.
    """
    costs = {-1 - place: WORTH}
    reach = sqrt(WORTH) * (unit.end - unit.start + longest)
    first = bisect_left(others, unit.start - reach, key=_start)
    last = bisect_left(others, unit.start + reach, lo=first, key=_start)
    for other in range(first, last):
        cost = dissimilarity(unit, others[other])
        if cost < WORTH:
            costs[other] = cost
    return costs


_start = attrgetter("start")


def best_matching(costs: Sequence[Mapping[int, float]]) -> list[int]:
    """Give each row a column of its own so that all together cost least: the Hungarian method.

    Only pairs that are named may be matched, and some matching of all rows must exist. Shortest
    augmenting paths: Crouse, D. F. (2016), IEEE Trans. Aerosp. Electron. Syst. 52, 1679-1696.

    >>> best_matching([{0: 1.0, 1: 2.0}, {0: 1.0, 1: 9.0}])
    [1, 0]
    """
    matching = _Matching(costs)
    for row in range(len(costs)):
        matching.add(row)
    return matching.mates


class _Matching:
    """A matching that grows row by row; the prices keep every matched pair on a shortest path."""

    def __init__(self, costs: Sequence[Mapping[int, float]]) -> None:
        self.costs = costs
        self.mates = [0] * len(costs)
        self.owner: dict[int, int] = {}
        self.row_price = [0.0] * len(costs)
        self.column_price: dict[int, float] = {}

    def add(self, row: int) -> None:
        """Match one more row along the cheapest path to a free column."""
        reached, came_from, end = self._search(row)
        total = reached[end]
        self.row_price[row] += total
        for column, cost in reached.items():
            if column != end:
                self.row_price[self.owner[column]] += total - cost
                self.column_price[column] = self.column_price.get(column, 0.0) - (total - cost)
        self._turn(came_from, end, row)

    def _search(self, row: int) -> tuple[dict[int, float], dict[int, int], int]:
        """Find the free column that is nearest to a row; return the columns reached before it, too."""
        nearest: dict[int, float] = {}
        came_from: dict[int, int] = {}
        reached: dict[int, float] = {}
        way = 0.0
        while True:
            for column, cost in self.costs[row].items():
                there = way + cost - self.row_price[row] - self.column_price.get(column, 0.0)
                if column not in reached and there < nearest.get(column, inf):
                    nearest[column], came_from[column] = there, row
            column = min(nearest, key=nearest.__getitem__)
            way = reached[column] = nearest.pop(column)
            if column not in self.owner:
                return reached, came_from, column
            row = self.owner[column]

    def _turn(self, came_from: Mapping[int, int], column: int, first: int) -> None:
        """Give each row on the path the column before it, from the free column back to the first row."""
        while True:
            row = came_from[column]
            before = self.mates[row]
            self.mates[row], self.owner[column] = column, row
            if row == first:
                return
            column = before


def units_of(spans: Iterable[tuple[int, int, str]]) -> Units:
    """Sort spans, each once, so that equal annotations are equal values."""
    return tuple(sorted({Unit(*each) for each in spans}))
