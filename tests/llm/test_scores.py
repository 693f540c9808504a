"""Scores from log-probabilities: of the right place, of the right tokens, or none."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textwright.llm.answers.scores import category_scores, mention_scores
from textwright.llm.calls import Completion, Token
from textwright.types import Usage


def answered(raw: str, *tokens: tuple[str, float]) -> Completion:
    return Completion(raw, "stop", Usage(), tuple(Token(text, math.log(p)) for text, p in tokens))


def letter_by_letter(raw: str, unsure: range) -> Completion:
    """Give every character a token of its own, sure but for a stretch."""
    return answered(raw, *((each, 0.25 if i in unsure else 1.0) for i, each in enumerate(raw)))


def test_a_score_is_the_geometric_mean_over_label_and_text() -> None:
    raw = '{"spans": [{"label": "SKILL", "text": "SQL"}]}'
    completion = answered(
        raw,
        ('{"spans": [{"label": "', 0.1),
        ("SKILL", 0.9),
        ('", "text": "', 0.1),
        ("SQ", 0.4),
        ("L", 0.6),
        ('"}]}', 0.1),
    )
    assert mention_scores(completion, json.loads(raw)) == [pytest.approx((0.9 * 0.4 * 0.6) ** (1 / 3))]


def test_the_second_of_two_equal_mentions_has_its_own_score() -> None:
    value = {"spans": [{"label": "A", "text": "Nurse"}, {"label": "A", "text": "Nurse", "occurrence": 2}]}
    raw = json.dumps(value)
    second = raw.rindex("Nurse")
    first_score, second_score = mention_scores(letter_by_letter(raw, range(second, second + 5)), value)
    assert first_score == 1.0
    assert second_score == pytest.approx(0.25 ** (5 / 6))


def test_a_category_has_the_score_of_its_label() -> None:
    value = {"categories": [{"task": "agency", "label": "agency", "evidence": "agency"}, {"task": "b", "label": "c"}]}
    raw = json.dumps(value)
    label = raw.index("agency", raw.index("label"))
    assert category_scores(letter_by_letter(raw, range(label, label + 6)), value) == [pytest.approx(0.25), 1.0]


def test_words_around_the_json_do_not_matter() -> None:
    value = {"spans": [{"label": "A", "text": "x"}]}
    raw = f"The label A of x:\n```\n{json.dumps(value)}\n```"
    assert mention_scores(letter_by_letter(raw, range(17)), value) == [1.0]


def test_parts_of_a_character_count_for_the_whole_one() -> None:
    raw = '{"spans": [{"label": "A", "text": "é🙂z"}]}'
    completion = answered(
        raw,
        ('{"spans": [{"label": "', 1.0),
        ("A", 1.0),
        ('", "text": "', 1.0),
        ("\ufffd", 0.5),
        ("\ufffd", 0.5),
        ("\ufffd", 0.5),
        ("\ufffd", 0.5),
        ("z", 1.0),
        ('"}]}', 0.1),
    )
    assert mention_scores(completion, json.loads(raw)) == [pytest.approx(0.5 ** (4 / 6))]


@pytest.mark.parametrize(
    ("completion", "value"),
    [
        (
            Completion('{"spans": [{"label": "A", "text": "x"}]}', "stop", Usage()),
            {"spans": [{"label": "A", "text": "x"}]},
        ),
        (letter_by_letter('{"A": "x"}', range(0)), {"spans": [{"label": "A", "text": "x"}]}),
        (letter_by_letter("[" * 5000, range(0)), {"spans": [{"label": "A", "text": "x"}]}),
        (
            answered('{"spans": [{"label": "A", "text": "x"}]}', ("other", 0.5)),
            {"spans": [{"label": "B", "text": "x"}]},
        ),
    ],
    ids=["no probabilities", "mended", "too deep", "another value"],
)
def test_what_cannot_be_known_has_no_score(completion: Completion, value: Any) -> None:
    assert mention_scores(completion, value) == [None]


def test_an_answer_without_the_layer_has_no_scores() -> None:
    assert mention_scores(answered("{}"), {}) == []
    assert category_scores(answered("[]"), []) == []


MENTIONS = st.lists(st.fixed_dictionaries({"label": st.text(), "text": st.text(min_size=1)}), min_size=1, max_size=4)


@given(MENTIONS, st.booleans(), st.lists(st.integers(1, 7), min_size=1, max_size=9))
def test_every_mention_of_any_right_answer_is_found(
    mentions: list[dict[str, str]], ascii_only: bool, sizes: list[int]
) -> None:
    value = {"spans": mentions}
    raw = json.dumps(value, ensure_ascii=ascii_only)
    pieces, place = [], 0
    while place < len(raw):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append((raw[place : place + size], 0.5))
        place += size
    scores = mention_scores(answered(raw, *pieces), value)
    assert scores == [pytest.approx(0.5)] * len(mentions)
