"""The Pareto front, and the names beside its points."""

from __future__ import annotations

import random

import pytest

from textwright.experiment.table.front import AXES, Front, fronts_of
from textwright.experiment.table.labels import Box, Mark, between, placed
from textwright.experiment.table.measured import Measured
from textwright.experiment.table.pictures import front_picture, shortened, spread
from textwright.experiment.table.rows import Row


def row(method: str, exact: float, **prices: float) -> Row:
    figures = {key: Measured(value) for key, value in prices.items()}
    return Row(method, "function", (0,), {"whole_text": Measured(exact, exact - 0.05, exact + 0.05), **figures})


def front(*rows: Row, axis: int = 0) -> Front:
    return next(each for each in fronts_of(rows, "whole_text") if each.axis == AXES[axis])


ROWS = (
    row("rules", 0.8, latency_ms_p50=0.1, size_bytes=2e6),
    row("rules, then network", 0.9, latency_ms_p50=1.0),
    row("slow", 0.85, latency_ms_p50=5.0, size_bytes=3e6),
    row("as good", 0.8, latency_ms_p50=0.1, size_bytes=2e6),
)


def test_what_another_beats_in_both_is_dominated() -> None:
    points = {each.method: each.by for each in front(*ROWS).points}
    assert points == {"rules": None, "as good": None, "rules, then network": None, "slow": "rules, then network"}


def test_the_front_is_said_in_words() -> None:
    on, dominated = front(*ROWS).in_words()
    assert on.startswith("No other is as exact for less (the front): rules (100 µs), as good (100 µs), “rules, then")
    assert dominated == (
        "Another is as exact or better and takes no more (they are dominated): slow by “rules, then network”."
    )
    assert front(*ROWS).how() == ["slow: “rules, then network” is 5.0 points more exact at 1.0 ms instead of 5.0 ms"]


def test_a_difference_of_less_than_a_tenth_in_time_dominates_nothing() -> None:
    same = front(row("b1", 0.4, latency_ms_p50=0.01959), row("b2", 0.4, latency_ms_p50=0.01984))
    assert same.how() == []
    [said] = front(row("b1", 0.5, latency_ms_p50=0.01984), row("b2", 0.4, latency_ms_p50=0.01959)).how()
    assert said == "b2: b1 is 10.0 points more exact for the same"


def test_methods_without_the_figure_are_named() -> None:
    assert front(*ROWS, axis=1).in_words()[-1] == ("Not drawn, as nobody knows the figure: “rules, then network”.")


def test_what_tells_no_price_charges_none() -> None:
    paid = front(row("here", 0.8), row("asked", 0.9, cost_per_1000=2.0), axis=2)
    assert paid.in_words() == [
        "No other is as exact for less (the front): here (no charge), asked ($2 for 1,000 texts)."
    ]
    assert not [each for each in fronts_of(ROWS, "whole_text") if each.axis == AXES[2]]


@pytest.mark.parametrize("seed", range(20))
def test_no_point_of_a_front_is_beaten_and_every_other_is(seed: int) -> None:
    chance = random.Random(seed)
    rows = [row(f"m{i}", chance.randrange(50, 60) / 100, latency_ms_p50=chance.randrange(1, 9)) for i in range(12)]
    found = front(*rows)
    places = {each.method: (each.exact.value, -each.price) for each in found.points}
    for point in found.points:
        own = places[point.method]
        beaten = any(a >= own[0] and b >= own[1] and (a, b) != own for a, b in places.values())
        assert beaten == (point.by is not None)


@pytest.mark.parametrize("seed", range(10))
def test_names_lie_on_nothing(seed: int) -> None:
    chance, frame = random.Random(seed), Box(0, 0, 600, 300)
    marks = []
    for i in range(15):
        x, y = chance.uniform(20, 580), chance.uniform(20, 280)
        marks.append(Mark(f"method {i}", x, y, y - 12, y + 12))
    lines = [Box(0, 150, 600, 154)]
    places = placed(marks, frame, lines)
    boxes = list(places.values())
    assert len(boxes) >= 12
    assert all(box.inside(frame) for box in boxes)
    for place, (name, box) in enumerate(places.items()):
        assert not any(map(box.meets, [*lines, *boxes[:place]]))
        assert not any(_holds(box, mark) for mark in marks)
        own = next(mark for mark in marks if mark.name == name)
        assert not any(_holds(between(own, box), mark) for mark in marks if abs(mark.x - own.x) > 10)


def _holds(box: Box, mark: Mark) -> bool:
    return box.left < mark.x < box.right and box.top < mark.y < box.bottom


def test_pictures_name_methods_and_follow_the_page() -> None:
    for axis, rows in ((0, ROWS), (2, (row("here", 0.8), row("asked", 0.9, cost_per_1000=2.0)))):
        drawn = front_picture(front(*rows, axis=axis))
        assert all(each.method in drawn for each in rows)
        assert "currentColor" in drawn
        assert "http" not in drawn.replace("http://www.w3.org/", "")
    assert "no charge" in drawn


def test_long_names_are_cut_and_whiskers_at_one_price_stand_apart() -> None:
    long = "a method with a name that no picture has room for"
    drawn = front_picture(front(row(long, 0.8, latency_ms_p50=1.0), row("b", 0.9, latency_ms_p50=2.0)))
    assert "a method with a name that no pi…" in drawn
    places = [100.0, 100.0, 300.0, 104.0]
    assert spread(places) == [100.0, 107.0, 300.0, 114.0]
    assert shortened([long, f"{long} either"])[1] == "a method with a name that no pi… 2"
