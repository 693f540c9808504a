"""Prodigy's tasks: answers, spans, tokens, choices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textwright import formats
from textwright.errors import DataError
from textwright.types import Annotation, Category, Example, Span

TOKENS = [{"text": "Senior", "start": 0, "end": 6, "id": 0}, {"text": "Nurse", "start": 7, "end": 12, "id": 1}]
TASK = {
    "text": "Senior Nurse",
    "_input_hash": 1,
    "_task_hash": 2,
    "tokens": TOKENS,
    "spans": [{"start": 0, "end": 6, "token_start": 0, "token_end": 0, "label": "SENIORITY"}],
    "_view_id": "ner_manual",
    "answer": "accept",
    "_annotator_id": "anna",
}


def read(folder: Path, *records: Any) -> list[Example]:
    path = folder / "tasks.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    assert formats.find_format(path).name == "prodigy"
    return list(formats.read(path))


def test_an_accepted_task_is_gold(tmp_path: Path) -> None:
    [example] = read(tmp_path, TASK)
    assert example.gold == Annotation((Span(0, 6, "SENIORITY"),))
    assert example.annotator == "anna"


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_a_task_that_was_not_accepted_is_not_annotated(tmp_path: Path, answer: str) -> None:
    [example] = read(tmp_path, TASK | {"answer": answer})
    assert example.gold == Annotation()


@pytest.mark.parametrize("answer", ["accept", "reject", "ignore"])
def test_a_task_is_written_back_as_it_was(tmp_path: Path, answer: str) -> None:
    task = TASK | {"answer": answer, "id": "t-1"}
    path = tmp_path / "back.jsonl"
    formats.write(path, read(tmp_path, task), format="prodigy")
    assert json.loads(path.read_text()) == task


@pytest.mark.parametrize(
    "task",
    [
        {"text": "Great", "label": "joy", "answer": "accept"},
        {"text": "Great", "options": [{"id": "joy"}, {"id": "fear"}], "accept": ["joy"], "answer": "accept"},
    ],
)
def test_choices_are_categories(tmp_path: Path, task: Any) -> None:
    [example] = read(tmp_path, task)
    assert example.gold == Annotation(None, (Category("category", "joy"),))


def test_the_options_of_a_choice_are_written_back(tmp_path: Path) -> None:
    options = [{"id": "joy", "text": "Joy"}, {"id": "fear", "text": "Fear"}]
    task = {"id": "1", "text": "Great", "options": options, "accept": ["joy"], "answer": "accept"}
    path = tmp_path / "back.jsonl"
    formats.write(path, read(tmp_path, task), format="prodigy")
    assert json.loads(path.read_text()) == task


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"answer": "maybe"}, "the answer is 'maybe', expected accept, reject, ignore"),
        ({"spans": [{"start": 0, "end": 6}]}, "expected an object with start, end and label"),
        ({"spans": [{"start": 0, "end": 5, "label": "A", "text": "Senior"}]}, "marks 'Senio', but the file says"),
        (
            {"text": "👩 Nurse!", "spans": [{"start": 3, "end": 8, "label": "A", "text": "Nurse"}]},
            "would fit if counted in UTF-16 units, as JavaScript does: [2, 7)",
        ),
    ],
)
def test_a_bad_task_says_what_is_wrong(tmp_path: Path, change: Any, reason: str) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, TASK, TASK | change)
    assert "tasks.jsonl:2: " in str(caught.value)
    assert reason in str(caught.value)
