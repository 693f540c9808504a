"""Chat and completion files for fine-tuning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textwright import formats
from textwright.errors import DataError
from textwright.formats import Options
from textwright.schema import Schema
from textwright.types import Annotation, Category, Example, Span

NURSE = Example("1", "Senior Nurse", Annotation((Span(0, 12, "JOBTITLE"), Span(0, 6, "SENIORITY"))))


def answered(folder: Path, text: str, answer: Any, name: str = "chat") -> Example:
    path = folder / "d.jsonl"
    user, said = {"role": "user", "content": text}, {"role": "assistant", "content": json.dumps(answer)}
    record = {"chat": {"messages": [user, said]}, "completion": {"prompt": text, "completion": json.dumps(answer)}}[
        name
    ]
    path.write_text(json.dumps(record) + "\n")
    [example] = formats.read(path, format=name)
    return example


def test_the_answer_is_the_json_that_a_model_should_give(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    formats.write(path, [NURSE], format="chat")
    system, user, assistant = json.loads(path.read_text())["messages"]
    assert (system["role"], user["content"]) == ("system", "Senior Nurse")
    assert json.loads(assistant["content"]) == {
        "spans": [{"label": "JOBTITLE", "text": "Senior Nurse"}, {"label": "SENIORITY", "text": "Senior"}]
    }


def test_a_later_mention_has_its_occurrence(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    spans = (Span(7, 12, "A"), Span(14, 19, "A"))
    formats.write(path, [Example("1", "Nurse, Nurse, Nurse", Annotation(spans))], format="completion")
    record = json.loads(path.read_text())
    assert json.loads(record["completion"]) == {
        "spans": [{"label": "A", "text": "Nurse", "occurrence": 2}, {"label": "A", "text": "Nurse"}]
    }


def test_the_instruction_names_the_labels_of_the_schema(tmp_path: Path) -> None:
    schema = Schema.from_data({"labels": {"CITY": "A town."}, "tasks": {"emotion": {"labels": ["joy"]}}})
    path = tmp_path / "chat.jsonl"
    formats.write(path, [NURSE], format="chat", options=Options(schema=schema))
    system = json.loads(path.read_text())["messages"][0]["content"]
    assert "Labels:\nCITY: A town.\nTasks:\nemotion: joy" in system


@pytest.mark.parametrize("name", ["chat", "completion"])
def test_mentions_are_found_in_the_text(tmp_path: Path, name: str) -> None:
    answer = {
        "spans": [
            {"label": "A", "text": "aa"},
            {"label": "A", "text": "aa"},
            {"label": "A", "text": "aa", "occurrence": 3},
        ],
        "categories": [{"task": "emotion", "label": "joy", "evidence": "aa"}],
    }
    example = answered(tmp_path, "aaaa", answer, name)
    spans = (Span(0, 2, "A"), Span(1, 3, "A"), Span(2, 4, "A"))
    assert example.gold == Annotation(spans, (Category("emotion", "joy"),))


def test_mentions_that_are_not_in_the_text_are_kept_apart(tmp_path: Path) -> None:
    mentions = [("A", "nurse"), ("A", "Nurse"), ("A", "Nurse"), ("A", "")]
    example = answered(tmp_path, "Nurse", {"spans": [{"label": a, "text": b} for a, b in mentions]})
    assert example.gold.spans == (Span(0, 5, "A"),)
    assert example.extra["not_in_text"] == [{"label": "A", "text": text} for text in ("nurse", "Nurse", "")]


def test_a_conversation_without_an_answer_is_not_annotated(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    parts = [{"type": "text", "text": "Senior "}, {"type": "text", "text": "Nurse"}]
    path.write_text(json.dumps({"messages": [{"role": "user", "content": parts}]}) + "\n")
    [example] = formats.read(path)
    assert (example.text, example.gold) == ("Senior Nurse", Annotation())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Sure!", "not an object with spans or categories"),
        ({"spans": "Nurse"}, "expected a list of objects with label and text"),
        ({"spans": [{"label": "A"}]}, "expected a list of objects with label and text"),
        ({"categories": [{"label": "joy"}]}, "a category is not an object with task and label"),
    ],
)
def test_an_answer_that_is_none_says_why(tmp_path: Path, answer: Any, reason: str) -> None:
    with pytest.raises(DataError) as caught:
        answered(tmp_path, "Nurse", answer)
    assert "d.jsonl:1: " in str(caught.value)
    assert reason in str(caught.value)
