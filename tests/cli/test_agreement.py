from __future__ import annotations

import json
from pathlib import Path

import pytest

from textwright.dataset import Dataset
from textwright.types import Annotation, Example, Span

from .conftest import Run

NURSE = [Span(0, 12, "JOB"), Span(0, 6, "LEVEL")]
ANNA = [("Senior Nurse", NURSE), ("Pilot, Leeds", [Span(0, 5, "JOB")]), ("Cook", [])]
BEN = [("Senior Nurse", NURSE[:1]), ("Pilot, Leeds", [Span(0, 5, "JOB")])]


def written(path: Path, texts: list[tuple[str, list[Span]]], **keys: str) -> Path:
    examples = [
        Example(f"r{place}", text, Annotation(spans=tuple(spans)), **keys)  # type: ignore[arg-type]
        for place, (text, spans) in enumerate(texts)
    ]
    Dataset(examples).write(path)
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [written(tmp_path / "anna.jsonl", ANNA), written(tmp_path / "ben.jsonl", BEN)]


def test_two_files_are_compared_by_id(run: Run, files: list[Path], tmp_path: Path) -> None:
    ran = run("agreement", *files, "--json", tmp_path / "out.json")
    assert ran.status == 0
    assert "2 annotators (anna.jsonl, ben.jsonl), 3 texts: 2 annotated by two or more." in ran.out
    assert "1 texts annotated by fewer than two are left out." in ran.out
    assert "all labels   0.500" in ran.out
    data = json.loads((tmp_path / "out.json").read_text())
    assert data["spans"]["all"]["f1"]["value"] == 0.8
    assert data["annotators"] == {"anna.jsonl": 3, "ben.jsonl": 2}


@pytest.mark.parametrize("place", [0, 1])
def test_annotations_are_not_written_over(run: Run, files: list[Path], place: int) -> None:
    was = files[place].read_bytes()
    ran = run("agreement", *files, "--json", files[place])
    assert (ran.status, files[place].read_bytes()) == (2, was)
    assert f"{files[place]}: is the file that is read. Name another" in ran.err


def test_one_file_may_hold_several_annotators(run: Run, files: list[Path], tmp_path: Path) -> None:
    named = [written(tmp_path / f"{name}2.jsonl", texts, annotator=name) for name, texts in [("a", ANNA), ("b", BEN)]]
    one = tmp_path / "all.jsonl"
    one.write_text("".join(file.read_text() for file in named))
    ran = run("agreement", one)
    assert ran.status == 0
    assert "a, b" in ran.out
    assert ran.out.splitlines()[2:9] == run("agreement", *files).out.splitlines()[2:9]


def test_formats_without_ids_are_matched_by_their_texts(run: Run, tmp_path: Path) -> None:
    lines = [
        f'{{"text": "{text}", "label": [[0, {end}, "JOB"]]}}\n' for text, end in [("Senior Nurse", 12), ("Pilot", 5)]
    ]
    anna, ben = tmp_path / "anna.jsonl", tmp_path / "ben.jsonl"
    anna.write_text("".join(lines))
    ben.write_text("".join(reversed(lines)))
    ran = run("agreement", anna, ben)
    assert ran.status == 0
    assert "2 texts: 2 annotated by two or more" in ran.out
    assert "all labels   1.000" in ran.out


def test_a_text_that_differs_is_named_with_its_files(run: Run, files: list[Path], tmp_path: Path) -> None:
    other = written(tmp_path / "carl.jsonl", [("Junior Nurse", [])])
    ran = run("agreement", files[0], other)
    assert ran.status == 2
    assert ran.out == ""
    assert "'r0': 'Senior Nurse' in anna.jsonl and 'Junior Nurse' in carl.jsonl" in ran.err


def test_one_annotator_alone_is_bad_input(run: Run, files: list[Path]) -> None:
    ran = run("agreement", files[0])
    assert ran.status == 2
    assert "found one annotator (anna.jsonl), expected two or more" in ran.err


def test_a_place_that_cannot_be_written_is_refused_before_the_work(run: Run, files: list[Path]) -> None:
    ran = run("agreement", *files, "--json", "/no/such/folder/out.json")
    assert ran.status == 2
    assert ran.out == ""
    assert "does not exist" in ran.err
