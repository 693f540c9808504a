"""Each engine cuts texts into the pieces of spec/tokenisers.json, and of hostile strings, as the library does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tokenizers import Tokenizer

from tests.browser.engines import Tab
from tests.test_tokenisers import SPEC
from tests.tokenisers import FAMILIES, hostile, pieces_of

pytestmark = pytest.mark.browser

CUT = """async (file, texts) => {
  const { openTokeniser, offsetsOf } = await import("/runtime/textwright.js");
  const tokeniser = openTokeniser(file);
  return texts.map((text) => {
    const { ids, tokens, starts, ends } = tokeniser.encode(text);
    const { toPoints } = offsetsOf(text);
    return [ids, tokens, starts.map(toPoints), ends.map(toPoints)];
  });
}"""


def test_pieces_are_those_of_the_specification(tab: Tab) -> None:
    found = {case["name"]: tab.ask(CUT, case["tokeniser"], SPEC["texts"]) for case in SPEC["tokenisers"]}
    assert found == {case["name"]: case["pieces"] for case in SPEC["tokenisers"]}


def test_hostile_strings_are_cut_alike(tab: Tab) -> None:
    for family, name in (("WordPiece", "bert_uncased"), ("BPE", "roberta"), ("Unigram", "albert")):
        made: Tokenizer = FAMILIES[family][name]()
        texts = list(hostile(300, seed=3))
        found: list[Any] = tab.ask(CUT, json.loads(made.to_str()), texts)
        assert found == [pieces_of(made, text) for text in texts], name
