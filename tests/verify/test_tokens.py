"""100,000 random strings: simple words as in Keras, word boundaries as in browsers, nothing lost."""

from __future__ import annotations

import pytest
from keras_preprocessing.text import text_to_word_sequence
from tests import wordbreak
from tests.wrangle.test_tokens import is_lossless, joined

from textwright.wrangle import simple_words
from textwright.wrangle.tokens.boundaries import any_text

pytestmark = pytest.mark.verify

COUNT = 100_000


def test_simple_words_are_those_of_keras() -> None:
    texts = [*wordbreak.any_strings(COUNT // 2, seed=11), *wordbreak.mixtures(COUNT // 2, seed=11)]
    assert [text for text in texts if simple_words(text) != text_to_word_sequence(text)] == []


def test_tokens_lose_nothing() -> None:
    texts = [*wordbreak.any_strings(COUNT // 2, seed=12), *wordbreak.mixtures(COUNT // 2, seed=12)]
    assert [text for text in texts if not is_lossless(text)] == []


@pytest.mark.node
def test_boundaries_are_those_of_the_browsers() -> None:
    texts = list(wordbreak.mixtures(COUNT, seed=13))
    pairs = zip(texts, map(any_text("").findall, texts), wordbreak.segments(texts), strict=True)
    assert [text for text, ours, theirs in pairs if joined(ours) != joined(theirs)] == []
