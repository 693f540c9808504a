"""The values are frozen, compare without scores and keep "nothing there" apart from "not annotated"."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from textwright.types import Annotation, Category, Example, Span, in_order


def test_scores_are_not_compared() -> None:
    assert Span(0, 6, "A", 0.1) == Span(0, 6, "A", 0.9)
    assert Category("t", "l", 0.1) == Category("t", "l")
    assert len({Span(0, 6, "A", 0.1), Span(0, 6, "A")}) == 1


def test_nothing_there_is_not_the_same_as_not_annotated() -> None:
    assert Annotation(spans=()) != Annotation(spans=None)


def test_values_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Span(0, 1, "A").start = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        Example("1", "x").meta["source"] = "y"  # type: ignore[index]


def test_replace_builds_a_new_value() -> None:
    example = Example("1", "Nurse")
    assert replace(example, text="Chef").text == "Chef"
    assert example.text == "Nurse"


def test_longer_span_comes_first_where_two_start_together() -> None:
    spans = [Span(7, 9, "B"), Span(0, 3, "B"), Span(0, 9, "A"), Span(0, 3, "A")]
    assert in_order(spans) == (Span(0, 9, "A"), Span(0, 3, "A"), Span(0, 3, "B"), Span(7, 9, "B"))
