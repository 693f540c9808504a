"""The vectors of spec/ hold in Python, and the built runtime in Node agrees with Python on any text."""

from __future__ import annotations

import importlib.util
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import spec
from textwright.errors import ModelError
from textwright.predictors.rules import RulesPredictor
from textwright.testing import HOSTILE_TEXTS
from textwright.wrangle.words import alphabet

WORDS, PATTERNS, TITLES = (spec.vectors(f"{name}.json") for name in ("words", "patterns", "titles"))
MARKED = [(vector, marked) for vector in PATTERNS for marked in vector.get("texts", ())]
REFUSED = [vector for vector in PATTERNS if vector.get("error")]
PIECES = [
    "Senior",
    "UX",
    "designer",
    "part-time",
    "C++",
    ".NET",
    "£30k",
    "-",
    "–",
    "&amp;",
    "Â£",
    "\u200b",
    "👩‍💻",
    "İ",
    "ΣΑΣ",
    "é",
    "\ud800",
]


def test_there_are_enough_vectors() -> None:
    assert len(WORDS) + len(MARKED) + len(REFUSED) + len(TITLES) >= 300


@pytest.mark.parametrize("vector", WORDS, ids=lambda vector: ascii(vector["text"]))
def test_words(vector: dict[str, Any]) -> None:
    text = vector["text"]
    found = [
        [text[start:end], form, kind, *(["glued"] if glued and kind != "gap" else [])]
        for start, end, form, kind, glued in spec.python_words(text)
    ]
    assert found == vector["words"]


@pytest.mark.parametrize(("vector", "marked"), MARKED, ids=lambda value: ascii(value) if isinstance(value, str) else "")
def test_patterns(vector: dict[str, Any], marked: str, tmp_path: Path) -> None:
    text, marks = spec.unmark(marked)
    assert spec.python_spans(spec.rules_of(vector, tmp_path), [text]) == [marks], vector["about"]


@pytest.mark.parametrize("vector", REFUSED, ids=lambda vector: vector["about"])
def test_wrong_rules_are_refused(vector: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        spec.rules_of(vector, tmp_path)


def test_titles_are_what_the_rules_give_now() -> None:
    path = spec.ROOT / "tools/make_spec.py"
    module = importlib.util.spec_from_file_location("make_spec", path)
    assert module is not None
    assert module.loader is not None
    make_spec = importlib.util.module_from_spec(module)
    module.loader.exec_module(make_spec)
    assert make_spec.TARGET.read_text(encoding="utf-8") == make_spec.content(), "stale: run tools/make_spec.py"


def random_texts(count: int, *, seed: int) -> list[str]:
    """Make texts of pieces of titles, of any characters, and of both."""
    rng = random.Random(seed)

    def piece() -> str:
        if rng.random() < 0.6:
            return rng.choice(PIECES)
        return chr(rng.choice((rng.randrange(0x80), rng.randrange(0x3000), rng.randrange(0x110000))))

    made = ["".join(piece() + rng.choice(("", "", " ", "  ")) for _ in range(rng.randrange(12))) for _ in range(count)]
    return [with_whole_pairs(text) for text in made]


def with_whole_pairs(text: str) -> str:
    """Join two surrogates that make a pair, as no text outside of Python can hold them apart."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


@pytest.mark.node
@pytest.mark.parametrize("count", [5_000, pytest.param(20_000, marks=pytest.mark.verify)])
def test_node_cuts_any_text_as_python_does(count: int) -> None:
    texts = [*HOSTILE_TEXTS, *random_texts(count, seed=3)]
    found = spec.in_node("words", texts)
    different = [text for text, words in zip(texts, found, strict=True) if words != spec.python_words(text)]
    assert different == []


@pytest.mark.node
@pytest.mark.parametrize("count", [500, pytest.param(2_000, marks=pytest.mark.verify)])
def test_node_marks_any_text_as_python_does(count: int) -> None:
    texts = random_texts(count, seed=5)
    assert spec.node_spans(spec.RULES, texts) == spec.python_spans(RulesPredictor.open(spec.RULES), texts)


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_words_lie_in_order_and_hold_no_white_space(text: str) -> None:
    words = spec.python_words(text)
    assert all(0 <= start <= end <= len(text) for start, end, *_ in words)
    assert all(before[1] <= after[0] for before, after in pairwise(words))
    assert not set("".join(form for _, _, form, *_ in words)) & set(alphabet().white_space)
