"""Trees are those of parse-english on real texts, and on very many random ones; time grows with the length."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from tests import spec
from tests.wrangle.tree.unified import differing, mixtures

from textwright.wrangle.tree import parse, to_text

pytestmark = [pytest.mark.verify, pytest.mark.node]

BENCH = runpy.run_path(str(spec.ROOT / "bench/tree.py"))
FILES: dict[str, str] = BENCH["FILES"]
SHARED: Path = BENCH["SHARED"]
# So many texts of each kind; an advert is some fifty sentences.
COUNTS = {"headlines": 20_000, "annotated headlines": 5_000, "sentences": 10_000, "adverts": 400}


@pytest.mark.parametrize("name", FILES)
def test_real_texts_have_the_trees_of_parse_english(name: str) -> None:
    if not (SHARED / FILES[name]).is_file():
        pytest.skip("the shared texts are not here")
    texts = BENCH["texts_of"](SHARED / FILES[name], COUNTS[name])
    assert list(BENCH["differing"](texts)) == []


@pytest.mark.parametrize("seed", range(5))
def test_random_texts_have_the_trees_of_parse_english(seed: int) -> None:
    assert differing(mixtures(5_000, seed=100 + seed)) == []


def test_each_character_has_the_tree_of_parse_english() -> None:
    texts = [f"a{chr(code)}b. {chr(code)}c {chr(code)}." for code in range(0x11000)]
    assert [text for start in range(0, len(texts), 10_000) for text in differing(texts[start : start + 10_000])] == []


@pytest.mark.parametrize("unit", ["Head Chef. ", "a.b-c/", "Mr. ", "( . ", "a\n\n", "w/'", "😀+", '." '])
def test_a_million_characters_lose_nothing(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    assert to_text(parse(text)) == text
