"""10,000 hostile strings for each family of tokenisers, and every character, are cut as the library cuts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from tests import spec
from tests.tokenisers import FAMILIES, hostile, pieces_of
from tokenizers import Tokenizer

pytestmark = pytest.mark.verify

COUNT = 10_000
KINDS = [(family, name) for family, kinds in FAMILIES.items() for name in kinds]
AT_ONCE = 100_000


def differing(made: Tokenizer, file: Path, texts: Sequence[str]) -> list[str]:
    """List the texts that the runtime cuts in another way."""
    made.save(str(file))
    found = spec.in_node("tokens", texts, file)
    return [text for text, pieces in zip(texts, found, strict=True) if pieces != pieces_of(made, text)]


@pytest.mark.parametrize(("family", "name"), KINDS, ids=[name for _, name in KINDS])
def test_hostile_strings_are_cut_alike(family: str, name: str, tmp_path: Path) -> None:
    texts = list(hostile(COUNT, seed=6))
    assert differing(FAMILIES[family][name](), tmp_path / "tokenizer.json", texts) == []


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("WordPiece", "bert_uncased"),
        ("WordPiece", "decomposed"),
        ("BPE", "llama3"),
        ("BPE", "continued"),
        ("Unigram", "xlm_roberta"),
    ],
)
def test_every_character_is_cut_alike(family: str, name: str, tmp_path: Path) -> None:
    made, chars = FAMILIES[family][name](), every_character()
    while some := [f"a{char}b {char}\u0301{char}" for char in islice(chars, AT_ONCE)]:
        assert differing(made, tmp_path / "tokenizer.json", some) == []


def every_character() -> Iterator[str]:
    """Yield all characters, assigned or not."""
    return (chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
