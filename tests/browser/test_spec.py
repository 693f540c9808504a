"""The vectors of spec/ hold in Chromium, Firefox and WebKit, through the runtime as it is served."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256

import pytest

from tests import spec
from tests.browser.engines import Tab
from tests.parity import hostile_texts
from textwright.packs.job_titles.headline import RULES
from textwright.testing import HOSTILE_TEXTS

pytestmark = pytest.mark.browser

WORDS = """async (texts) => {
  const { wordsOf, offsetsOf } = await import("/runtime/textwright.js");
  return texts.map((text) => wordsOf(text).map(({ start, end, form, kind, glued }) => {
    const { toPoints } = offsetsOf(text);
    return [toPoints(start), toPoints(end), form, kind, glued];
  }));
}"""
PATTERNS = """async (vectors) => {
  const { rulesModel, offsetsOf } = await import("/runtime/textwright.js");
  const answer = async ({ rules, files, texts }) => {
    try {
      const annotations = await rulesModel(rules.join("\\n"), files ?? {}).predict(texts);
      return annotations.map(({ spans }, i) => {
        const { toPoints } = offsetsOf(texts[i]);
        return spans.map(({ start, end, label }) => [toPoints(start), toPoints(end), label]);
      });
    } catch (error) {
      return error.name;
    }
  };
  return Promise.all(vectors.map(answer));
}"""

CHECK = """async (rules, vectors) => {
  const { checkHeadline, repairHeadline, offsetsOf } = await import("/runtime/textwright.js");
  return vectors.map(({ text, spans }) => {
    const { toPoints, toUnits } = offsetsOf(text);
    const marked = spans.map((span) => ({ ...span, start: toUnits(span.start), end: toUnits(span.end) }));
    const findings = checkHeadline(text, { rules, annotation: { spans: marked, categories: null } });
    const described = findings.map(({ start, end, rule, repairs }) => [toPoints(start), toPoints(end), rule,
      repairs.map((each) => [toPoints(each.start), toPoints(each.end), each.text, each.safe])]);
    return [described, repairHeadline(text, { rules })];
  });
}"""
# A text of each assigned character and of those around; the planes between hold nothing.
CHARACTERS = [*range(0xD800), *range(0xE000, 0x34000), *range(0xE0000, 0xE1000)]
SUMS = """async (texts) => {
  const { wordsOf, offsetsOf } = await import("/runtime/textwright.js");
  const sumOf = async (text) => {
    const { toPoints } = offsetsOf(text);
    const found = wordsOf(text);
    const words = found.map(({ start, end, form, kind, glued }) => [toPoints(start), toPoints(end), form, kind, glued]);
    const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(words)));
    return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  return Promise.all(texts.map(sumOf));
}"""


def test_words(tab: Tab) -> None:
    texts = [vector["text"] for vector in spec.vectors("words.json")]
    assert tab.ask(WORDS, texts) == [spec.python_words(text) for text in texts]


def test_patterns(tab: Tab) -> None:
    vectors = spec.vectors("patterns.json")
    cases = [[spec.unmark(marked) for marked in vector.get("texts", ())] for vector in vectors]
    asked = [{**vector, "texts": [text for text, _ in case]} for vector, case in zip(vectors, cases, strict=True)]
    expected = [
        "ModelError" if vector.get("error") else [marks for _, marks in case]
        for vector, case in zip(vectors, cases, strict=True)
    ]
    assert tab.ask(PATTERNS, asked) == expected


@pytest.mark.verify
def test_every_character_is_the_same_word_or_sign(tab: Tab) -> None:
    texts = ["".join(f"x{chr(code)}Y " for code in block) for block in batched(CHARACTERS, 256)]
    written = (json.dumps(spec.python_words(text), ensure_ascii=False, separators=(",", ":")) for text in texts)
    assert tab.ask(SUMS, texts) == [sha256(words.encode()).hexdigest() for words in written]


def test_a_tenth_of_the_headlines_and_all_hostile_ones_are_checked_alike(tab: Tab) -> None:
    """Python and Node ask them all."""
    hostile = {*HOSTILE_TEXTS, *hostile_texts()}
    vectors = spec.vectors("headlines.json")
    asked = [vector for place, vector in enumerate(vectors) if place % 10 == 0 or vector["text"] in hostile]
    assert len(asked) > 150
    found = tab.ask(CHECK, json.loads(RULES.read_text("utf-8")), asked)
    assert found == [[vector["findings"], vector["repaired"]] for vector in asked]


def batched(codes: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Cut a list into pieces, as `itertools` does from Python 3.12 on."""
    return (codes[place : place + size] for place in range(0, len(codes), size))
