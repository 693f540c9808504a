"""JSONL in the shape of `datasets`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from textwright import formats
from textwright.errors import DataError
from textwright.types import Annotation, Example, Span


def test_every_row_has_every_column(tmp_path: Path) -> None:
    path = tmp_path / "hf.jsonl"
    examples = [Example("1", "a"), Example("2", "b", Annotation((), ()), {"n": 1}, "anna", {"note": "x"})]
    formats.write(path, examples, format="hugging_face")
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    columns = ["id", "text", "spans", "categories", "annotator", "meta", "extra"]
    assert [list(row) for row in rows] == [columns, columns]
    assert rows[1]["meta"] == '{"n": 1}'
    assert list(formats.read(path)) == examples


def test_flat_rows_of_tokens_and_tags_are_read(tmp_path: Path) -> None:
    path = tmp_path / "hf.jsonl"
    path.write_text('{"id": "0", "tokens": ["Peter", "Pan", "!"], "ner_tags": ["B-PER", "I-PER", "O"]}\n')
    [example] = formats.read(path)
    assert (example.id, example.text, example.gold.spans) == ("0", "Peter Pan !", (Span(0, 9, "PER"),))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"tokens": ["a"], "ner_tags": [3]}', "the tag 3 is a number without a name"),
        ('{"tokens": ["a"], "ner_tags": ["O", "O"]}', "not two lists of the same length"),
        ('{"text": "a", "meta": "[1]"}', "the key 'meta' is list, expected an object"),
    ],
)
def test_a_bad_row_says_what_is_wrong(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "hf.jsonl"
    path.write_text(row + "\n")
    with pytest.raises(DataError) as caught:
        list(formats.read(path, format="hugging_face"))
    assert "hf.jsonl:1: " in str(caught.value)
    assert reason in str(caught.value)
