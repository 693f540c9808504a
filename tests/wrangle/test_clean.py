"""Repairing a text keeps the way back to it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
