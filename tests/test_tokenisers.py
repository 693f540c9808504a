"""The runtime cuts texts into the pieces into which the library `tokenizers` cuts them, with the same places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

from tests import spec
from tests.tokenisers import FAMILIES, Make, hostile, pieces_of

KINDS = {name: make for family in FAMILIES.values() for name, make in family.items()}
SPEC = json.loads((spec.ROOT / "spec/tokenisers.json").read_text(encoding="utf-8"))
SHIPPED = spec.ROOT / "src/textwright/packs/emotion/model/tokenizer.json"


@pytest.mark.node
@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_pieces_and_places_are_those_of_the_library(make: Make, tmp_path: Path) -> None:
    made = make()
    made.save(f"{tmp_path}/tokenizer.json")
    texts = list(hostile(120, seed=1))
    expected = [pieces_of(made, text) for text in texts]
    assert spec.in_node("tokens", texts, tmp_path / "tokenizer.json") == expected


@pytest.mark.node
def test_a_shipped_tokeniser_cuts_alike(tmp_path: Path) -> None:
    made = Tokenizer.from_file(str(SHIPPED))
    made.no_truncation()
    made.no_padding()
    texts = [*hostile(300, seed=2), "x" * 20_000, "so happy 😂 " * 2_000]
    assert spec.in_node("tokens", texts, SHIPPED) == [pieces_of(made, text) for text in texts]


@pytest.mark.node
def test_half_a_character_is_read_as_python_reads_it() -> None:
    found = spec.in_node("tokens", ["a\ud83db", "a?b", "\udc4d"], SHIPPED)
    assert found[0] == found[1]
    assert found[2][3] == [1]


@pytest.mark.parametrize("case", SPEC["tokenisers"], ids=lambda case: str(case["name"]))
def test_the_library_keeps_the_specification(case: dict[str, Any]) -> None:
    made = Tokenizer.from_str(json.dumps(case["tokeniser"]))
    assert [pieces_of(made, text) for text in SPEC["texts"]] == case["pieces"]
