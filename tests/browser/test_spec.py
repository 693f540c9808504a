"""The vectors of spec/ hold in Chromium, through the runtime as it is served."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests import spec

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


def sendable(text: str) -> bool:
    """Say whether a text can be handed to the browser as it is; lone surrogates cannot."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def test_words(page: Page) -> None:
    texts = [vector["text"] for vector in spec.vectors("words.json") if sendable(vector["text"])]
    assert page.evaluate(WORDS, texts) == [spec.python_words(text) for text in texts]


def test_lone_surrogates(page: Page) -> None:
    written = """() => import("/runtime/textwright.js").then(({ wordsOf }) => wordsOf("a\\ud800 b\\udc00").length)"""
    assert page.evaluate(written) == len(spec.python_words("a\ud800 b\udc00"))


def test_patterns(page: Page) -> None:
    vectors = spec.vectors("patterns.json")
    cases = [[spec.unmark(marked) for marked in vector.get("texts", ())] for vector in vectors]
    asked = [{**vector, "texts": [text for text, _ in case]} for vector, case in zip(vectors, cases, strict=True)]
    expected = [
        "ModelError" if vector.get("error") else [marks for _, marks in case]
        for vector, case in zip(vectors, cases, strict=True)
    ]
    assert page.evaluate(PATTERNS, asked) == expected
