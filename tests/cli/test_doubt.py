from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.train.tiny import EXAMPLES, SCHEMA, trainer
from textwright.dataset import Dataset
from textwright.types import Annotation

from .conftest import Run


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write texts of which one lost all its spans; the judges are small and quick."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("textwright.train.recipes.trainer_for", lambda recipe, train, wishes: trainer())
    lost = replace(EXAMPLES[0], gold=Annotation(spans=()))
    Dataset([lost, *EXAMPLES[1:]], schema=SCHEMA).write("data.jsonl")
    return Path("data.jsonl")


def test_annotations_are_not_written_over(run: Run, data: Path) -> None:
    was = data.read_bytes()
    ran = run("doubt", data, "-o", "data.jsonl")
    assert (ran.status, data.read_bytes()) == (2, was)
    assert "data.jsonl: is the file that is read. Name another" in ran.err


def test_doubtful_texts_are_listed_as_lines_that_can_be_read(run: Run, data: Path) -> None:
    ran = run("doubt", data, "--folds", "2", "--limit", "3", "-o", "out.jsonl")
    assert ran.status == 0
    assert "part 2 of 2 is judged" in ran.err
    assert "texts are doubtful" in ran.err
    lines = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert len(lines) == 1
    assert lines[0]["id"] == EXAMPLES[0].id
    assert {"start", "end", "label", "probability", "kind"} == set(lines[0]["doubts"][0])
    assert f'missing   TOWN "{EXAMPLES[0].text.split()[-1]}"' in ran.err
    assert len(Dataset.read("out.jsonl")) == 1
    piped = run("doubt", data, "--folds", "2", "--limit", "3")
    assert piped.out == Path("out.jsonl").read_text()


@pytest.mark.parametrize(
    ("options", "message"),
    [(["--recipe", "distil"], "distil needs teachers"), (["--folds", "100"], "too few for 100 folds")],
)
def test_mistakes_are_named(run: Run, data: Path, options: list[str], message: str) -> None:
    ran = run("doubt", data, *options)
    assert ran.status == 2
    assert message in ran.err
