"""doccano's files, in each shape that they have had."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textwright import formats
from textwright.errors import DataError
from textwright.formats import Options
from textwright.schema import schema_of
from textwright.types import Annotation, Category, Example, Span

PLAIN = Options()

NURSE = (Span(0, 6, "SENIORITY"),)


def read(folder: Path, *records: Any, options: Options = PLAIN) -> list[Example]:
    path = folder / "export.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return list(formats.read(path, format="doccano", options=options))


@pytest.mark.parametrize(
    "record",
    [
        {"id": 1, "text": "Senior Nurse", "labels": [[0, 6, "SENIORITY"]]},
        {"id": 1, "text": "Senior Nurse", "label": [[0, 6, "SENIORITY"]], "Comments": []},
        {"id": 1, "data": "Senior Nurse", "label": [[0, 6, "SENIORITY"]]},
        {"id": 1, "text": "Senior Nurse", "entities": [[0, 6, "SENIORITY"]]},
        {
            "id": 1,
            "text": "Senior Nurse",
            "entities": [{"id": 9, "label": "SENIORITY", "start_offset": 0, "end_offset": 6}],
        },
        {
            "id": 1,
            "text": "Senior Nurse",
            "annotations": [{"label": "SENIORITY", "start_offset": 0, "end_offset": 6, "user": 1}],
        },
    ],
)
def test_spans_are_read_from_every_shape(tmp_path: Path, record: Any) -> None:
    [example] = read(tmp_path, record)
    assert (example.id, example.text, example.gold) == ("1", "Senior Nurse", Annotation(NURSE))


@pytest.mark.parametrize(
    "record",
    [
        {"text": "Great", "label": ["positive"]},
        {"text": "Great", "label": "positive"},
        {"text": "Great", "labels": ["positive"]},
        {"text": "Great", "cats": ["positive"]},
        {"text": "Great", "annotations": [{"label": "positive", "user": 1}]},
    ],
)
def test_labels_of_the_whole_text_are_categories(tmp_path: Path, record: Any) -> None:
    [example] = read(tmp_path, record)
    assert example.gold == Annotation(None, (Category("category", "positive"),))


def test_a_numeric_label_of_the_first_versions_is_kept_as_its_number(tmp_path: Path) -> None:
    mark = {"label": 2, "start_offset": 0, "end_offset": 6, "user": 1}
    [example] = read(tmp_path, {"text": "Senior Nurse", "annotations": [mark]})
    assert example.gold.spans == (Span(0, 6, "2"),)


def test_the_old_shape_gives_an_example_for_each_user(tmp_path: Path) -> None:
    marks = [{"label": "A", "start_offset": 0, "end_offset": 6, "user": user} for user in (1, 2)]
    found = read(tmp_path, {"id": 5, "text": "Senior Nurse", "annotations": marks})
    assert [(each.id, each.annotator, each.gold.spans) for each in found] == [
        ("5", "1", (Span(0, 6, "A"),)),
        ("5", "2", (Span(0, 6, "A"),)),
    ]


def test_spans_and_categories_of_one_text_are_both_read(tmp_path: Path) -> None:
    [example] = read(tmp_path, {"text": "Senior Nurse", "entities": [[0, 6, "SENIORITY"]], "cats": ["x"]})
    assert example.gold == Annotation(NURSE, (Category("category", "x"),))


def test_the_task_of_bare_labels_is_the_schemas_only_one(tmp_path: Path) -> None:
    options = Options(schema=schema_of([], tasks={"emotion": ["joy"]}))
    first, second = read(tmp_path, {"text": "a", "label": ["joy"]}, {"text": "b", "label": []}, options=options)
    assert first.gold == Annotation(None, (Category("emotion", "joy"),))
    assert second.gold == Annotation(None, ())


def test_an_empty_label_says_that_there_are_no_spans(tmp_path: Path) -> None:
    assert [each.gold.spans for each in read(tmp_path, {"text": "a", "label": []}, {"text": "b"})] == [(), None]


def test_relations_and_the_ids_they_use_are_written_back(tmp_path: Path) -> None:
    entities = [
        {"id": 31, "label": "ORG", "start_offset": 0, "end_offset": 5},
        {"id": 30, "label": "ORG", "start_offset": 10, "end_offset": 15},
    ]
    record = {
        "id": 1,
        "text": "Apple and Tesla",
        "entities": entities,
        "relations": [{"id": 1, "from_id": 31, "to_id": 30, "type": "rival"}],
        "Comments": ["sure?"],
    }
    path = tmp_path / "back.jsonl"
    formats.write(path, read(tmp_path, record), format="doccano")
    assert json.loads(path.read_text()) == record | {"id": "1"}


def test_two_equal_spans_keep_their_two_ids(tmp_path: Path) -> None:
    entities = [{"id": i, "label": "ORG", "start_offset": 0, "end_offset": 5} for i in (8, 9)]
    link = {"id": 1, "from_id": 8, "to_id": 9, "type": "same"}
    record = {"id": "1", "text": "Apple", "entities": entities, "relations": [link]}
    path = tmp_path / "back.jsonl"
    formats.write(path, read(tmp_path, record), format="doccano")
    assert json.loads(path.read_text()) == record


def test_the_gaps_that_doccano_fills_with_nan_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text('{"text": "a", "label": [], "meta": NaN, "annotator": NaN, "source": NaN}\n')
    [example] = formats.read(path)
    assert (example.annotator, dict(example.meta), dict(example.extra)) == (None, {}, {})


def test_meta_in_a_string_is_read(tmp_path: Path) -> None:
    [example] = read(tmp_path, {"text": "a", "label": [], "meta": '{"source": "board"}'})
    assert example.meta == {"source": "board"}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"label": [[0, 1, "A"]]}, "the text is missing"),
        ({"text": "👩 Nurse", "label": [[3, 8, "A"]]}, "would fit if counted in UTF-16 units"),
        ({"text": "é Nurse", "label": [[3, 8, "A"]]}, "would fit if counted in UTF-8 bytes"),
        ({"text": "Nurse", "label": [[0, 99, "A"]]}, "does not fit in the text of 5 code points"),
        ({"text": "Nurse", "label": [[0, 5]]}, "expected [start, end, label]"),
        ({"text": "Nurse", "label": {"a": 1}}, "expected a list"),
        ({"text": "Nurse", "label": [[0, 5, ""]]}, "label of span [0, 5) is ''"),
        ({"text": "Nurse \ud83d", "label": []}, "lone surrogate U+D83D at offset 6"),
    ],
)
def test_a_bad_record_says_what_is_wrong_and_where(tmp_path: Path, record: Any, reason: str) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, {"text": "fine", "label": []}, record)
    assert "export.jsonl:2: " in str(caught.value)
    assert reason in str(caught.value)
