"""Cutting a text into words, numbers, symbols and gaps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textwright.testing import HOSTILE_TEXTS
from textwright.wrangle.words import GAP, SIGNS, alphabet, cut, fold

CUTS = [
    ("Senior UX", ["Senior", "UX"]),
    ("O'Neil's dogs'", ["O'Neil's", "dogs", "'"]),
    ("C++ C# C#x F++y", ["C++", "C#", "C", "#", "x", "F", "+", "+", "y"]),
    (".NET a.b 1.a ..c", [".NET", "a", ".", "b", "1", ".", "a", ".", ".", "c"]),
    ("50k 1,5.30 1,, .5", ["50", "k", "1,5.30", "1", ",", ",", ".", "5"]),
    ("** ***a*", ["**", "***", "a", "*"]),
    ("a-b a - b -a a–b a‑b", ["a", "-", "b", "a", "–", "b", "–", "a", "a", "–", "b", "a", "-", "b"]),
    ("a  b\tc\nd ", ["a", GAP, "b", GAP, "c", GAP, "d"]),
    ("  \t", []),
    ("Cafe\u0301 ½ x²", ["Cafe\u0301", "½", "x²"]),
    ("🇬🇧é", ["🇬", "🇧", "é"]),
    ("מנהל 経理", ["מנהל", "経理"]),
]


@pytest.mark.parametrize(("text", "surfaces"), CUTS)
def test_cut(text: str, surfaces: list[str]) -> None:
    assert cut(text).surfaces == surfaces


def test_glued_says_where_no_white_space_stands_before() -> None:
    assert cut("50k, 6 a").glued == [0, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("word", "folded"), [("ÄRZTE", "ärzte"), ("O’N", "o'n"), ("İSTANBUL", "İstanbul"), ("ΣΑΣ", "σασ")]
)
def test_fold_keeps_the_length(word: str, folded: str) -> None:
    assert fold(word) == folded


texts = st.lists(
    st.sampled_from(["a", "É", "'", "’", ".", "+", "#", "1", ",", "-", "–", "*", " ", "\t", "\n"]) | st.characters()
).map("".join)


def missed(text: str) -> str:
    """Return the characters that no word covers."""
    words = cut(text)
    covered = {i for start, end in zip(words.starts, words.ends, strict=True) for i in range(start, end)}
    return "".join(char for i, char in enumerate(text) if i not in covered)


@given(texts | st.sampled_from(HOSTILE_TEXTS))
@settings(deadline=None, derandomize=True)
def test_words_cover_everything_but_white_space(text: str) -> None:
    assert set(missed(text)) <= set(alphabet().white_space)


@given(texts)
@settings(deadline=None, derandomize=True)
def test_words_stand_in_order_and_as_written(text: str) -> None:
    words = cut(text)
    places = list(zip(words.surfaces, words.starts, words.ends, strict=True))
    assert all(words.ends[i] <= words.starts[i + 1] for i in range(len(places) - 1))
    assert all(text[start:end] == word for word, start, end in places if word not in ("-", "–", GAP))
    assert all(start == end for word, start, end in places if word == GAP)


@given(st.text(st.characters(max_codepoint=127)) | texts)
@settings(deadline=None, derandomize=True)
def test_ascii_texts_are_cut_as_others_are(text: str) -> None:
    plain, longer = cut(text), cut(text + " é")
    count = len(plain.surfaces)
    if not text.isascii() or not text or text[-1] in alphabet().white_space:
        return
    assert longer.surfaces[:count] == [*plain.surfaces[:-1], longer.surfaces[count - 1]]
    assert (longer.starts[:count], longer.ends[:count]) == (plain.starts, plain.ends)


def test_a_text_with_signs_is_cut_as_any_other() -> None:
    for sign in SIGNS:
        text = f"C++{sign}{sign} dev {sign} x{sign}y (3.5{sign})\n\n{sign}it's C#{sign}"
        slow = cut(text + " ж")
        assert [slow.surfaces[:-1], slow.starts[:-1]] == [cut(text).surfaces, cut(text).starts], sign
