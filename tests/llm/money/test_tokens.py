"""The estimate is near, the bound is never below."""

from __future__ import annotations

import pytest

from tests.llm.cache.asking import request
from textwright.llm.calls import Message
from textwright.llm.money.tokens import estimated_tokens, estimated_tokens_of, most_tokens

TEXTS = [
    "Senior UX Researcher, Edinburgh (6 month contract, remote)",
    "The council has published its plans for the new bridge.",
    '{"spans": [{"label": "SENIORITY", "text": "Senior"}]}',
    "Poszukujemy doświadczonego kierownika działu sprzedaży.",
    "東京でシニアソフトウェアエンジニアを募集しています。",
    "We are hiring 🎉🚀 join us 💼!",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_bound_is_never_below_bytes_nor_below_the_estimate(text: str) -> None:
    asked = request(text * 40)
    assert most_tokens(asked) >= sum(len(message.content.encode()) for message in asked.messages)
    assert most_tokens(asked) >= estimated_tokens(asked.messages)
    assert estimated_tokens_of(text) <= len(text.encode())


def test_the_schema_counts_where_it_is_sent() -> None:
    shape = {"type": "object", "properties": {"spans": {"type": "array"}}}
    assert most_tokens(request(answer=shape)) > most_tokens(request()) + 40
    assert most_tokens(request(answer=shape, enforce="none")) == most_tokens(request())


def test_more_text_is_more_tokens() -> None:
    words = [estimated_tokens([Message("user", "gardener " * count)]) for count in (1, 10, 100)]
    assert words == sorted(words)
    assert 90 <= words[-1] <= 120


def test_half_a_character_is_counted_too() -> None:
    assert most_tokens(request("\ud83d")) > 0
    assert estimated_tokens_of("\ud83d") > 0
