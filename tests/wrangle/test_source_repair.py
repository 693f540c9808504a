"""Broken texts are mended as ftfy mends them, and each character knows what it was made of."""

from __future__ import annotations

import random

import pytest
from ftfy import fix_text
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.wrangle.test_source_html import assert_in_order, hostile, some_spans, whence

from textwright.wrangle.source import repair as mending
from textwright.wrangle.source.repair import repair


@pytest.mark.parametrize(
    ("raw", "text", "pieces"),
    [
        ("nurse", "nurse", list("nurse")),
        ("cafÃ© bar", "café bar", ["c", "a", "f", "Ã©", " ", "b", "a", "r"]),
        ("â€™s", "’s", ["â€™", "s"]),
        ("R&amp;D", "R&D", ["R", "&amp;", "D"]),
        ("voilÃ le", "voilà le", ["v", "o", "i", "l", "Ã", " ", "l", "e"]),
        ("a\x00b\x1b[31mc", "abc", ["a", "b", "c"]),
        ("a\r\nb\u2028c", "a\nb\nc", ["a", "\r\n", "b", "\u2028", "c"]),
        ("\ud83d\ude00\ud83d", "\U0001f600\ufffd", ["\ud83d\ude00", "\ud83d"]),
        ("“ﬁne” Ａ", "“ﬁne” Ａ", ["“", "ﬁ", "n", "e", "”", " ", "Ａ"]),
        ("&lt;b> &amp;", "<b> &", ["&lt;", "b", ">", " ", "&amp;"]),
        ("<b> &amp;", "<b> &amp;", list("<b> &amp;")),
        ("\u00c3\u0192\u00c2\u00a9", "é", ["\u00c3\u0192\u00c2\u00a9"]),
    ],
)
def test_broken_text_is_mended(raw: str, text: str, pieces: list[str]) -> None:
    mapped = repair(raw)
    assert (mapped.text, whence(mapped, raw)) == (text, pieces)


WORDS = [
    "café",
    "£30k",
    "“quoted”",
    "–",
    "à la carte",
    "nurse",
    "日本",
    "привет",
    "\U0001f600",
    "&amp;",
    "&EACUTE;",
    "\r\n",
    "\n",
]
WORDS += [
    "\r",
    "\x00",
    "\x1b[31m",
    "\ud83d",
    "\ufeff",
    "\x85",
    "\u2028",
    "\x93",
    " ",
    "<",
    "Ã ",
    "e\u0301",
    "ﬁ",
    "\x1a",
    "�",
]
WRONG = ["latin-1", "sloppy-windows-1252", "cp437", "macroman", "sloppy-windows-1251"]


def broken(word: str, encodings: list[str]) -> str:
    """Read a word in the wrong encodings, one after the other."""
    for encoding in encodings:
        word = word.encode("utf-8", "surrogatepass").decode(encoding, "replace")
    return word


texts = st.lists(st.builds(broken, st.sampled_from(WORDS), st.lists(st.sampled_from(WRONG), max_size=2)), max_size=8)


@given(texts.map("".join) | st.text(max_size=20), st.randoms(use_true_random=False))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_text_is_ftfys_and_maps_back(raw: str, chance: random.Random) -> None:
    mapped = repair(raw)
    assert mapped.text == fix_text(raw, mending._config())
    assert_in_order(mapped, raw)
    spans = some_spans(mapped, chance)
    assert mapped.mapped_spans(mapped.raw_spans(spans)) == spans


@pytest.mark.parametrize("raw", hostile)
def test_hostile_texts_are_mapped(raw: str) -> None:
    assert_in_order(repair(raw), raw)


@given(texts.map("".join))
@settings(deadline=None, derandomize=True, max_examples=50)
def test_a_step_that_we_do_not_know_is_mapped_as_a_whole(raw: str) -> None:
    known = dict(mending._PATTERNS)
    mending._PATTERNS.clear()
    try:
        mapped = repair(raw)
    finally:
        mending._PATTERNS.update(known)
    assert mapped.text == fix_text(raw, mending._config())
    assert_in_order(mapped, raw)
