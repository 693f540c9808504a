"""Pictures of the table: the Pareto fronts, and a label's figures before and after its definition changed.

What lies on a front is told by form, not by colour: filled and named, the rest hollow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from textwright.experiment.table.change import Changed
from textwright.experiment.table.columns import measure_title
from textwright.experiment.table.front import Front, Point
from textwright.experiment.table.labels import BOLD, LETTER, Box, Mark, placed
from textwright.train import drawing

WIDTH, HEIGHT = 620, 320
FREE = "no charge"
BESIDE = 7.0  # pixels between whiskers that would lie upon each other
LONGEST = 32  # letters of a name; longer ones are cut
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scales:
    """Both axes: from figures to pixels and back. `free` stands for a price of nothing, which no log axis has."""

    low: float
    high: float
    bottom: float
    top: float
    free: float

    def x(self, price: float) -> float:
        """Return pixels from the left."""
        return WIDTH * (log10(price or self.free) - log10(self.low)) / (log10(self.high) - log10(self.low))

    def y(self, exact: float) -> float:
        """Return pixels from the top."""
        return HEIGHT * (self.top - exact) / (self.top - self.bottom)

    def price(self, x: float) -> float:
        """Return the figure at so many pixels from the left."""
        return float(10 ** (log10(self.low) + x / WIDTH * (log10(self.high) - log10(self.low))))

    def exact(self, y: float) -> float:
        """Return the figure at so many pixels from the top."""
        return self.top - y / HEIGHT * (self.top - self.bottom)


def front_picture(front: Front) -> str:
    """Draw exactness against a price as SVG."""
    scales = scales_of(front.points)
    x = {
        "field": "price",
        "type": "quantitative",
        "title": f"{front.axis.title} (logarithmic)",
        "scale": {"type": "log", "domain": [scales.low, scales.high], "nice": False},
        "axis": _ticks(front, scales),
    }
    y = {
        "field": "exact",
        "type": "quantitative",
        "title": f"{measure_title(front.measure)}, right of 100",
        "scale": {"domain": [scales.bottom, scales.top], "nice": False},
    }
    return drawing.svg_of({"width": WIDTH, "height": HEIGHT, "layer": _layers(front, scales, x, y)})


def _layers(front: Front, scales: Scales, x: Data, y: Data) -> list[Data]:
    places = spread([scales.x(each.price) for each in front.points])
    rows = [_row(each, scales, x) for each, x in zip(front.points, places, strict=True)]
    rows.sort(key=lambda row: (row["price"], row["exact"]))
    on, off = [row for row in rows if row["front"]], [row for row in rows if not row["front"]]
    names, leads = _names(front.points, scales, places)
    whisker = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
    lead = {"x2": {"field": "to_x"}, "y2": {"field": "to_y"}}
    colour, ink = drawing.COLOURS[0], drawing.INK
    layers = [
        layer(on, "line", x, y, color=colour, interpolate="step-after", strokeDash=[4, 4], opacity=0.6),
        layer(off, "rule", x, y, whisker, color=ink, opacity=0.55),
        layer(on, "rule", x, y, whisker, color=colour, opacity=0.8),
        layer(leads, "rule", x, y, lead, color=ink, opacity=0.6),
        layer(off, "point", x, y, color=ink, filled=False, size=60, strokeWidth=1.5),
        layer(on, "point", x, y, color=colour, filled=True, size=90, opacity=1),
        *(_texts([name for name in names if name["front"] is bold], x, y, bold=bold) for bold in (True, False)),
    ]
    return [each for each in layers if each["data"]["values"]]


def layer(rows: Sequence[Data], mark: str, x: Data, y: Data, more: Data | None = None, **how: Any) -> Data:
    """Write a layer of a chart in Vega-Lite's JSON: its rows, its kind of mark, and what places and draws it."""
    return {
        "data": {"values": list(rows)},
        "mark": {"type": mark, **how},
        "encoding": {"x": x, "y": y, **(more or {})},
    }


def _texts(names: Sequence[Data], x: Data, y: Data, *, bold: bool) -> Data:
    weight = "bold" if bold else "normal"
    how = {"align": "left", "baseline": "middle", "color": drawing.INK, "fontSize": 12, "fontWeight": weight}
    return layer(names, "text", x, y, {"text": {"field": "name", "type": "nominal"}}, **how)


def spread(places: Sequence[float]) -> list[float]:
    """Move what would lie upon what is left of it a little to the right, in pixels; the order is kept.

    >>> spread([100.0, 30.0, 101.0])
    [100.0, 30.0, 107.0]
    """
    moved = list(places)
    ordered = sorted(range(len(places)), key=places.__getitem__)
    for left, right in pairwise(ordered):
        moved[right] = max(places[right], moved[left] + BESIDE)
    return moved


def shortened(names: Sequence[str]) -> list[str]:
    """Cut names that are too long for a picture; those that would become the same get a number.

    >>> shortened(["rules", "x" * 40, "x" * 41]) == ["rules", "x" * 31 + "…", "x" * 31 + "… 2"]
    True
    """
    made: list[str] = []
    for name in names:
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        again = sum(each == short or each.startswith(f"{short} ") for each in made) if short != name else 0
        made.append(f"{short} {again + 1}" if again else short)
    return made


def _row(point: Point, scales: Scales, x: float) -> dict[str, Any]:
    low, high = _ends(point)
    price = scales.price(x)
    return {"price": price, "exact": 100 * point.exact.value, "low": low, "high": high, "front": point.by is None}


def _ends(point: Point) -> tuple[float, float]:
    exact = point.exact
    if exact.low is None or exact.high is None:
        return 100 * exact.value, 100 * exact.value
    return 100 * exact.low, 100 * exact.high


def scales_of(points: Sequence[Point]) -> Scales:
    """Choose axes that hold all points and their whiskers, with room for names."""
    prices = [each.price for each in points if each.price > 0]
    free = 10 ** (floor(log10(min(prices))) - 1)
    least = free if any(each.price == 0 for each in points) else min(prices)
    ends = [end for each in points for end in _ends(each)]
    room = max(2.0, 0.06 * (max(ends) - min(ends)))
    bottom, top = max(0.0, min(ends) - room), min(100.0, max(ends) + room)
    return Scales(least / 1.8, max(prices) * 1.8, bottom, top, free)


def _ticks(front: Front, scales: Scales) -> Data:
    """Name the powers of ten as people say them; a narrow range gets its halves and fifths, too."""
    powers = range(floor(log10(scales.low)), ceil(log10(scales.high)) + 1)
    steps = (1, 2, 5) if len(powers) <= 3 else (1,)
    found = [step * 10.0**power for power in powers for step in steps]
    shown = [value for value in found if scales.low <= value <= scales.high]
    named = {value: front.axis.say(value).removesuffix(" for 1,000 texts") for value in shown}
    if any(each.price == 0 for each in front.points):
        named = {scales.free: FREE, **{value: name for value, name in named.items() if value > 2 * scales.free}}
    chosen = "".join(f"datum.value == {value} ? '{name}' : " for value, name in named.items())
    return {"values": list(named), "labelExpr": f"{chosen}''", "grid": True}


def _names(points: Sequence[Point], scales: Scales, x: Sequence[float]) -> tuple[list[Any], list[Any]]:
    """Place the names, those on the front first; give the lines to names that stand far from their point."""
    called = zip(points, x, shortened([each.method for each in points]), strict=True)
    pairs = sorted(called, key=lambda each: (each[0].by is not None, -each[0].exact.value))
    ordered, marks = [point for point, *_ in pairs], [_mark(*each, scales) for each in pairs]
    places = placed(marks, Box(0, 0, WIDTH, HEIGHT), list(_steps(marks[: sum(each.by is None for each in points)])))
    names, leads = [], []
    for point, mark in zip(ordered, marks, strict=True):
        box = places.get(mark.name)
        if box is None:
            continue
        at = {"price": scales.price(box.left), "exact": scales.exact((box.top + box.bottom) / 2)}
        names.append({**at, "name": mark.name, "front": point.by is None})
        leads += _lead(mark, box, scales)
    return names, leads


def _steps(front: Sequence[Mark]) -> Iterator[Box]:
    """Give the stretches of the front's line as thin boxes."""
    ordered = sorted(front, key=lambda mark: mark.x)
    for mark, following in pairwise(ordered):
        yield Box(mark.x, mark.y - 2, following.x, mark.y + 2)
        yield Box(following.x - 2, following.y, following.x + 2, mark.y)


def _mark(point: Point, x: float, name: str, scales: Scales) -> Mark:
    low, high = _ends(point)
    y = scales.y(100 * point.exact.value)
    letter = BOLD if point.by is None else LETTER
    return Mark(name, x, y, scales.y(high), scales.y(low), letter)


def _lead(mark: Mark, box: Box, scales: Scales) -> list[dict[str, float]]:
    """Draw a line from a point to its name when the name is not next to it."""
    x = min(max(mark.x, box.left), box.right)
    y = min(max(mark.y, box.top), box.bottom)
    if abs(x - mark.x) < 14 and abs(y - mark.y) < 14:
        return []
    return [
        {
            "price": scales.price(mark.x),
            "exact": scales.exact(mark.y),
            "to_x": scales.price(x),
            "to_y": scales.exact(y),
        }
    ]


def change_picture(changed: Changed) -> str:
    """Draw each method's exact match before (hollow) and after (filled) as SVG."""
    rows = [
        {"method": method, "before": 100 * before.value, "after": 100 * after.value}
        for method, before, after in changed.figures
    ]
    before = {
        "field": "before",
        "type": "quantitative",
        "title": f"{changed.change.label} exact, right of 100: hollow before, filled after",
        "scale": {"zero": False},
    }
    longest = max(len(method) for method, _, _ in changed.figures)
    axis = {"labelLimit": 220, "minExtent": min(220, LETTER * longest)}
    after, ink, colour = {**before, "field": "after"}, drawing.INK, drawing.COLOURS[0]
    y = {"field": "method", "type": "nominal", "sort": None, "title": None, "axis": axis}
    layers = [
        layer(rows, "rule", before, y, {"x2": {"field": "after"}}, color=ink),
        layer(rows, "point", before, y, color=ink, filled=False, size=80, opacity=1),
        layer(rows, "point", after, y, color=colour, filled=True, size=80, opacity=1),
    ]
    return drawing.svg_of({"width": WIDTH - 160, "height": {"step": 24}, "layer": layers})
