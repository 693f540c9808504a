"""Repairing a text keeps the way back to it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright.types import Span
from textwright.wrangle.clean import Mapped, clean

REPAIRS = [
    ("R&amp;D", "R&D"),
    ("&amp;amp;", "&amp;"),
    ("&pound;30k &ndash; £40k", "£30k – £40k"),
    ("Â£30k", "£30k"),
    ("cafÃ©", "café"),
    ("â€™s", "’s"),
    ("nur\u00adse\u200b", "nurse"),
    ("\ufeffnurse", "nurse"),
    ("â & Â", "â & Â"),
    ("nurse", "nurse"),
]


@pytest.mark.parametrize(("raw", "text"), REPAIRS)
def test_clean_repairs(raw: str, text: str) -> None:
    assert clean(raw).text == text


def test_range_of_a_repaired_character_is_all_that_it_was_made_of() -> None:
    assert clean("R&amp;D").raw(1, 2) == (1, 6)


def test_text_without_faults_is_itself() -> None:
    assert clean("nurse") == Mapped("nurse")


faulty = st.lists(st.sampled_from([raw for raw, _ in REPAIRS]) | st.text(max_size=4), max_size=6).map("".join)


@given(faulty)
@settings(deadline=None, derandomize=True)
def test_kept_characters_map_back_to_themselves_in_order(raw: str) -> None:
    mapped = clean(raw)
    ranges = [mapped.raw(i, i + 1) for i in range(len(mapped.text))]
    assert all(0 <= start < end <= len(raw) for start, end in ranges)
    assert all(raw[start] == char for char, (start, end) in zip(mapped.text, ranges, strict=True) if end - start == 1)
    assert all(one[1] <= two[0] or one == two for one, two in pairwise(ranges))


@given(faulty)
@settings(deadline=None, derandomize=True)
def test_what_clean_removes_is_only_what_its_list_names(raw: str) -> None:
    mapped = clean(raw)
    kept = sum(end - start for start, end in {mapped.raw(i, i + 1) for i in range(len(mapped.text))})
    invisible = sum(
        raw.count(char) for char in "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
    )
    isolates = sum(raw.count(char) for char in "\u2066\u2067\u2068\u2069")
    assert kept >= len(raw) - invisible - isolates - 3 * raw.count("ï»¿")


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [(0, 1, (0, 1)), (1, 6, (1, 2)), (2, 4, (1, 2)), (0, 7, (0, 3)), (7, 8, (3, 4)), (6, 20, (2, 8)), (-3, 1, (0, 1))],
)
def test_spans_of_the_raw_text_take_whole_characters(start: int, end: int, found: tuple[int, int]) -> None:
    [span] = clean("R&amp;D Lead").mapped_spans([Span(start, end, "X", 0.5)])
    assert ((span.start, span.end), span.score) == (found, 0.5)


def test_span_of_what_was_removed_is_left_out() -> None:
    assert clean("nur\u00adse").mapped_spans([Span(3, 4, "X"), Span(9, 12, "X")]) == ()


def test_white_space_that_is_cut_stays_outside() -> None:
    mapped = Mapped("a b", (0, 1, 4), (1, 4, 5))
    assert mapped.mapped_spans([Span(0, 2, "X"), Span(3, 5, "X"), Span(1, 4, "X")]) == (
        Span(0, 1, "X"),
        Span(2, 3, "X"),
        Span(1, 2, "X"),
    )


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 2), (-1, 2), (0, 6)])
def test_spans_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no stretch of a text of 5 characters"):
        clean("nurse").raw_spans([Span(start, end, "X")])


def test_spans_of_a_text_without_faults_are_themselves() -> None:
    spans = (Span(0, 5, "X"),)
    assert clean("nurse").raw_spans(spans) == clean("nurse").mapped_spans(spans) == spans


@given(faulty)
@settings(deadline=None, derandomize=True)
def test_two_steps_are_one(raw: str) -> None:
    first = clean(raw)
    second = clean(first.text)
    both = first.then(second)
    assert both.text == second.text
    for place in range(len(both.text)):
        assert both.raw(place, place + 1) == first.raw(*second.raw(place, place + 1))
