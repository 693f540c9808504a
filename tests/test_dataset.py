"""A data set: examples in order, their schema, and splitting off a part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.schema import schema_of
from textwright.types import Annotation, Category, Example, Span


def example(number: int, *, source: str | None = None, text: str = "") -> Example:
    meta = {} if source is None else {"source": source}
    return Example(f"t-{number}", text or f"Nurse {number}", Annotation((Span(0, 5, "JOB"),)), meta)


def test_the_labels_that_occur_make_a_closed_schema() -> None:
    gold = Annotation((Span(0, 1, "B"), Span(0, 1, "A")), (Category("emotion", "joy"),))
    data = Dataset([Example("1", "a", gold), Example("2", "b")])
    assert (data.schema.spans, data.schema.task("emotion").labels[0].name) == (("A", "B"), "joy")
    assert (data.declared, data.schema.open) == (False, False)


def test_a_part_keeps_a_declared_schema_and_not_an_occurring_one() -> None:
    declared = Dataset([example(1), Example("2", "b")], schema=schema_of(["JOB", "PAY"]))
    assert declared[1:].schema.spans == ("JOB", "PAY")
    assert Dataset([example(1), Example("2", "b")])[1:].schema.spans == ()


def test_the_fingerprint_is_of_the_content_whatever_the_file(tmp_path: Path) -> None:
    data = Dataset([example(1), example(2)])
    data.write(tmp_path / "a.jsonl")
    data.write(tmp_path / "b.jsonl", format="doccano")
    prints = {Dataset.read(tmp_path / name).fingerprint for name in ("a.jsonl", "b.jsonl")}
    assert prints == {data.fingerprint}
    assert Dataset([example(2), example(1)]).fingerprint != data.fingerprint


def test_reading_goes_on_when_bad_lines_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\noops\n{"text": "b"}\n')
    rejected: list[object] = []
    assert Dataset.read(path, on_reject=rejected.append).texts == ["a", "b"]
    assert len(rejected) == 1
    with pytest.raises(DataError, match=r"a\.jsonl:2: not JSON"):
        Dataset.read(path)


def test_a_split_is_repeatable_and_changes_with_the_seed() -> None:
    data = Dataset([example(i) for i in range(50)])
    first, again, other = (data.split(0.2, seed=seed)[1] for seed in (1, 1, 2))
    assert [each.id for each in first] == [each.id for each in again]
    assert [each.id for each in first] != [each.id for each in other]
    assert len(first) == 10


def test_a_split_divides_every_example_once_and_keeps_their_order() -> None:
    data = Dataset([example(i) for i in range(20)])
    rest, taken = data.split(0.3)
    assert sorted([*rest, *taken], key=lambda each: int(each.id[2:])) == list(data)
    assert list(rest) == [each for each in data if each in list(rest)]


def test_a_split_never_divides_a_source() -> None:
    data = Dataset([example(i, source=f"board {i % 5}") for i in range(50)])
    rest, taken = data.split(0.2)
    assert not {each.meta["source"] for each in rest} & {each.meta["source"] for each in taken}
    assert len(taken) == 10


def test_a_split_never_divides_equal_texts() -> None:
    data = Dataset([example(i, text=f"Nurse {i // 2}") for i in range(40)])
    rest, taken = data.split(0.25, by=None)
    assert not set(rest.texts) & set(taken.texts)


@pytest.mark.parametrize(
    ("data", "share", "reason"),
    [
        ([example(1, source="a"), example(2, source="a")], 0.5, "cannot split off 50%"),
        ([example(1)], 0.5, "cannot split off 50%"),
        ([], 0.5, "cannot split off 50%"),
        ([example(1), example(2)], 1.5, "must lie between 0 and 1"),
    ],
)
def test_what_cannot_be_split_says_why(data: list[Example], share: float, reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        Dataset(data).split(share)


def test_near_texts_are_not_divided() -> None:
    names = ["Adviser for pensions", "Baker at the mill", "Coach of a team", "Driver with a van", "Editor of a paper"]
    near = [example(i, text=name) for i, name in enumerate(names)]
    near += [example(i + 10, text=f"{name}!s") for i, name in enumerate(names)]
    for seed in range(8):
        rest, taken = Dataset(near).split(0.4, seed=seed, near=0.7)
        assert {text.removesuffix("!s") for text in rest.texts}.isdisjoint(t.removesuffix("!s") for t in taken.texts)


def test_texts_that_are_all_near_cannot_be_divided() -> None:
    data = Dataset([example(i, text="Nurse in the night" + "!" * i) for i in range(4)])
    with pytest.raises(DataError, match=r"too few different texts at near=0\.8"):
        data.split(0.5, by=None, near=0.8)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["a"], r"found str 'a' among examples, expected Example\(id, text\)"),
        ([example(1), {"text": "a"}], "found dict .* among examples"),
        ("dev.jsonl", r"found str 'dev.jsonl', expected several examples: a list, or Dataset.read\(path\)"),
        (Path("dev.jsonl"), r"found \w*Path 'dev.jsonl', expected several examples"),
        (example(1), "found Example .*, expected several examples: a list"),
        (None, "found NoneType 'None', expected several examples"),
    ],
)
def test_what_is_no_example_is_named_with_what_would_work(given: Any, expected: str) -> None:
    with pytest.raises(DataError, match=expected):
        Dataset(given)


def test_a_long_thing_among_examples_is_shown_in_part() -> None:
    with pytest.raises(DataError) as refused:
        Dataset(["Nurse " * 1000])  # type: ignore[list-item]
    assert len(str(refused.value)) < 150


@pytest.mark.parametrize(("number", "size"), [(0, "0 examples"), (1, "1 example,"), (2, "2 examples")])
def test_a_data_set_shows_itself_in_one_line(number: int, size: str) -> None:
    shown = repr(Dataset([example(i) for i in range(number)], schema=schema_of(["JOB"]), name="dev.jsonl"))
    assert shown.startswith(f"Dataset('dev.jsonl', {size}")
    assert shown.endswith("labels: JOB)")
