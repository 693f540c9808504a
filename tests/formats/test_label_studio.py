"""Label Studio's JSON: annotations, predictions, several annotators, old offsets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textwright import formats
from textwright.errors import DataError
from textwright.formats import Options, Rejected
from textwright.types import Annotation, Category, Example, Span

PLAIN = Options()

OUTER, INNER = Span(0, 12, "JOBTITLE"), Span(0, 6, "SENIORITY")


def region(start: int, end: int, label: str, quote: str | None = None, **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": [label]} | ({} if quote is None else {"text": quote})
    return {"from_name": "label", "to_name": "text", "type": "labels", "value": value} | more


def annotation(*results: Any, **more: Any) -> dict[str, Any]:
    return {"completed_by": 1, "result": list(results)} | more


def task(text: str, **more: Any) -> dict[str, Any]:
    return {"id": 7, "data": {"text": text}} | more


def read(folder: Path, *tasks: Any, options: Options = PLAIN) -> list[Example]:
    path = folder / "export.json"
    path.write_text(json.dumps(list(tasks), indent=1), encoding="utf-8")
    assert formats.find_format(path).name == "label_studio"
    return list(formats.read(path, options=options))


NESTED = annotation(region(0, 12, "JOBTITLE", "Senior Nurse"), region(0, 6, "SENIORITY", "Senior"))


def test_nested_spans_are_read(tmp_path: Path) -> None:
    [example] = read(tmp_path, task("Senior Nurse", annotations=[NESTED]))
    assert (example.id, example.annotator, example.gold) == ("7", "1", Annotation((OUTER, INNER)))


def test_the_completions_of_old_versions_are_annotations(tmp_path: Path) -> None:
    [example] = read(tmp_path, task("Senior Nurse", completions=[NESTED]))
    assert example.gold == Annotation((OUTER, INNER))


def test_each_annotator_gives_an_example(tmp_path: Path) -> None:
    other = annotation(completed_by={"id": 2, "email": "b@example.org"})
    found = read(tmp_path, task("Senior Nurse", annotations=[NESTED, other]))
    assert [(each.id, each.annotator, len(each.gold.spans or ())) for each in found] == [
        ("7", "1", 2),
        ("7", "b@example.org", 0),
    ]


def test_a_task_with_predictions_alone_has_the_model_as_annotator(tmp_path: Path) -> None:
    guess = {"model_version": "v2", "result": [region(0, 6, "SENIORITY", score=0.5)]}
    [example] = read(tmp_path, task("Senior Nurse", predictions=[guess], annotations=[]))
    assert (example.annotator, example.gold.spans) == ("model:v2", (INNER,))
    assert [each.score for each in example.gold.spans or ()] == [0.5]


def test_predictions_beside_annotations_are_kept_for_writing(tmp_path: Path) -> None:
    guess = {"model_version": "v2", "result": []}
    path = tmp_path / "back.json"
    formats.write(path, read(tmp_path, task("Senior Nurse", annotations=[NESTED], predictions=[guess])))
    assert json.loads(path.read_text())[0]["predictions"] == [guess]


def test_a_cancelled_annotation_is_not_annotated(tmp_path: Path) -> None:
    [example] = read(tmp_path, task("Senior Nurse", annotations=[NESTED | {"was_cancelled": True}]))
    assert example.gold == Annotation()


def test_a_task_without_annotations_is_not_annotated(tmp_path: Path) -> None:
    [example] = read(tmp_path, task("Senior Nurse"))
    assert (example.gold, example.annotator) == (Annotation(), None)


def test_choices_are_categories_of_their_question(tmp_path: Path) -> None:
    choice = {"from_name": "emotion", "to_name": "text", "type": "choices", "value": {"choices": ["joy", "love"]}}
    [example] = read(tmp_path, task("Great", annotations=[annotation(choice)]))
    assert example.gold == Annotation(None, (Category("emotion", "joy"), Category("emotion", "love")))


@pytest.mark.parametrize("offsets", [(2, 7), (3, 8)])
def test_offsets_in_code_points_and_in_utf16_give_the_quoted_words(tmp_path: Path, offsets: tuple[int, int]) -> None:
    [example] = read(tmp_path, task("👩 Nurse", annotations=[annotation(region(*offsets, "A", "Nurse"))]))
    assert example.gold.spans == (Span(2, 7, "A"),)


def test_relations_and_their_regions_are_written_back(tmp_path: Path) -> None:
    link = {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "right"}
    marks = [region(0, 6, "A", "Senior", id="r1"), region(7, 12, "B", "Nurse", id="r2"), link]
    path = tmp_path / "back.json"
    formats.write(path, read(tmp_path, task("Senior Nurse", annotations=[annotation(*marks)])))
    assert json.loads(path.read_text())[0]["annotations"][0]["result"] == marks


def test_what_differs_between_the_annotators_of_a_text_is_kept(tmp_path: Path) -> None:
    gold = Annotation((INNER,))
    examples = [
        Example("7", "Senior Nurse", gold, {"n": 1}, "a", {"seconds": 4.2}),
        Example("7", "Senior Nurse", gold, {}, "b", {"seconds": 3.5}),
        Example("7", "Senior Nurse", gold, {}, "c", {"sure": True}),
        Example("7", "Senior Nurse", gold, {}, "d"),
    ]
    path = tmp_path / "out.json"
    formats.write(path, examples)
    assert len(json.loads(path.read_text())) == 1
    assert list(formats.read(path)) == examples


def test_tasks_in_one_line_are_told_apart(tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    path = tmp_path / "a.json"
    path.write_text('[{"data": {"text": "a"}}, {"text": "b"}, 3]')
    assert [each.text for each in formats.read(path, options=Options(on_reject=rejected.append))] == ["a"]
    assert [(each.line, each.reason.split(":")[0]) for each in rejected] == [
        (1, "item 2 of the list"),
        (1, "item 3 of the list"),
    ]


def test_a_bad_task_is_rejected_with_its_line_and_the_rest_read(tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    bad = task("Nurse", annotations=[annotation(region(0, 5, "A", "Doctor"))])
    found = read(tmp_path, task("a"), bad, task("b"), options=Options(on_reject=rejected.append))
    assert [each.text for each in found] == ["a", "b"]
    assert (rejected[0].line, "marks 'Nurse', but the file says 'Doctor'" in rejected[0].reason) == (8, True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"data": {"text": "a"}}', "expected a JSON list"),
        ('[\n{"data": {"text": "a"}},\n{"data" "text"}]', "export.json:3: not JSON"),
        ('[\n{"data": {"text": "a"}}\n{"data": {"text": "b"}}]', "export.json:3: found"),
        ('[{"data": {"text": "a"}}', "expected ',' or ']'"),
        ('[{"data": {"text": "a', "not JSON"),
        ("", "expected a JSON list"),
    ],
)
def test_what_is_no_list_says_where(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(content)
    with pytest.raises(DataError) as caught:
        list(formats.read(path, format="label_studio"))
    assert reason in str(caught.value)


def test_items_cut_by_the_ends_of_what_is_read_at_once_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textwright.formats.array.READ_BYTES", 7)
    found = read(tmp_path, *[task("👩 Senior Nurse" * 9, annotations=[annotation()]) for _ in range(3)])
    assert [each.text for each in found] == ["👩 Senior Nurse" * 9] * 3


@pytest.mark.parametrize("item", ['{"text": "Nurse"}', '"Nurse"', "7"])
def test_a_list_of_plain_texts_is_told_what_would_be_read(tmp_path: Path, item: str) -> None:
    path = tmp_path / "texts.json"
    path.write_text(f"[{item}]")
    with pytest.raises(DataError, match=r"a JSON list is read as Label Studio's tasks.*JSON lines.*in a file \.jsonl"):
        list(formats.read(path))
