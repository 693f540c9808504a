"""Tokens of the tagged formats, in scripts whose words hold more than letters."""

from __future__ import annotations

import pytest

from textwright.formats.iob import tokens_of
from textwright.types import Span


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("वरिष्ठ दिल्ली, में", ["वरिष्ठ", "दिल्ली", ",", "में"]),
        ("می‌خواهیم شروع", ["می‌خواهیم", "شروع"]),
        ("Ko\u0308ln-Mu\u0308lheim", ["Ko\u0308ln", "-", "Mu\u0308lheim"]),
        ("ที่นี่ 5", ["ที่นี่", "5"]),
        ("naïve (x)", ["naïve", "(", "x", ")"]),
    ],
)
def test_a_word_keeps_its_marks_and_joiners(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end in tokens_of(text)] == tokens


def test_a_word_without_spaces_is_cut_where_spans_are() -> None:
    text = "招聘护士。"
    assert [text[start:end] for start, end in tokens_of(text, [Span(2, 4, "TITLE")])] == ["招聘", "护士", "。"]
