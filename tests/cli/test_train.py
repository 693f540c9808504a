from __future__ import annotations

from pathlib import Path

import pytest

from tests.train.tiny import DEV, SCHEMA, TRAIN
from textwright import parity
from textwright.dataset import Dataset
from textwright.predictors.onnx import OnnxPredictor

from .conftest import Run

TEACHER = """
from textwright.errors import PredictionError
from textwright.types import Annotation, Span
from tests.train.tiny import SCHEMA


class Teacher:
    schema = SCHEMA

    def predict(self, texts):
        for place, text in enumerate(texts):
            if "?" in text:
                raise PredictionError(place, "questions are not answered")
        return [Annotation(spans=(Span(0, 5, "TITLE"),)) for _ in texts]
"""


@pytest.fixture(autouse=True)
def without_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask Python alone again: starting Node for each model would take longer than to train it."""
    monkeypatch.setattr(parity, "find_node", lambda: None)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write a train and a dev set where the command runs, and give the options that name them."""
    monkeypatch.chdir(tmp_path)
    Dataset(TRAIN[:40], schema=SCHEMA).write("train.jsonl")
    Dataset(DEV[:5], schema=SCHEMA).write("dev.jsonl")
    Path("pool.txt").write_text("Senior Nurse\nChef\n")
    return ["--train", "train.jsonl", "--dev", "dev.jsonl", "--epochs", "1"]


def test_a_network_is_trained_and_teaches_another(run: Run, data: list[str]) -> None:
    first = run("train", "network", *data, "-o", "big")
    assert (first.status, first.out) == (0, "")
    assert "epoch 1/1" in first.err
    assert "Try it: textwright predict big/ FILE" in first.err
    assert run("train", "distil", *data, "--teacher", "big/", "--unlabelled", "pool.txt", "-o", "small").status == 0
    assert OnnxPredictor.open("small").schema.spans == ("CORE", "TITLE", "TOWN")
    assert "dev: 5 texts" in Path("small/README.md").read_text()


def test_a_folder_that_answers_otherwise_than_it_promises_is_told_of(
    run: Run, data: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = parity.Difference("Chef", {"spans": []}, {"spans": [{"start": 0, "end": 4, "label": "TITLE"}]})
    monkeypatch.setattr(parity, "broken_promises", lambda model, folder: [other])
    ran = run("train", "network", *data, "-o", "model")
    assert ran.status == 0
    assert "model does not keep its promises (textwright parity model/): Python answers 1 of 520 texts" in ran.err


def test_the_schema_of_a_pack_is_learned(run: Run, data: list[str]) -> None:
    ran = run("train", "network", *data, "--schema", "job_titles", "-o", "model")
    assert ran.status == 2
    assert "the train set has the label 'CORE' that is not to be learned" in ran.err


def test_texts_in_both_sets_are_counted_and_too_many_refused(run: Run, data: list[str]) -> None:
    Dataset([*TRAIN[:40], DEV[0]], schema=SCHEMA).write("train.jsonl")
    ran = run("train", "network", *data, "-o", "model")
    assert ran.status == 0
    assert "1 of 5 dev texts are in the train set too" in ran.err
    Dataset([*TRAIN[:40], *DEV[:2]], schema=SCHEMA).write("train.jsonl")
    ran = run("train", "network", *data, "-o", "other")
    assert ran.status == 2
    assert "2 of 5 texts to judge on are in the training data" in ran.err
    assert not Path("other").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["distil", "-o", "m"], "distil needs --unlabelled DATA and at least one --teacher MODEL"),
        (["network", "-o", "train.jsonl", "--schema", "no.toml"], "train.jsonl is a file; name a folder"),
    ],
)
def test_mistakes_are_named(run: Run, data: list[str], options: list[str], message: str) -> None:
    ran = run("train", *options, *data)
    assert ran.status == 2
    assert message in ran.err


def test_the_baseline_and_the_picture_of_a_training_are_in_the_folder(run: Run, data: list[str]) -> None:
    ran = run("train", "linear", *data, "-o", "base")
    assert ran.status == 0
    assert "whole text" in ran.err
    assert "spans: expected calibration error" in ran.err
    assert (Path("base/training.json").exists(), Path("base/training.svg").exists()) == (True, True)
    assert "![Loss and dev score by epoch](training.svg)" in Path("base/README.md").read_text()


def test_a_training_that_was_stopped_goes_on(run: Run, data: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    data[-1] = "3"
    told: list[str] = []

    def interrupted(line: str) -> None:
        told.append(line)
        if "epoch 2/3" in line:
            raise KeyboardInterrupt

    assert run("train", "network", *data, "-o", "whole").status == 0
    with monkeypatch.context() as patch:
        for name in ("say", "tell"):
            patch.setattr(f"textwright.cli.train.{name}", interrupted)
        assert run("train", "network", *data, "-o", "model").status == 130
    assert Path("model.part/spans.pt").exists()
    assert told[-1].endswith("model.part")
    again = run("train", "network", *data, "-o", "model")
    assert again.status == 0
    assert "going on after epoch 1 of 3" in again.err
    assert not Path("model.part").exists()
    graphs = [Path(folder, "onnx/model.onnx").read_bytes() for folder in ("whole", "model")]
    assert graphs[0] == graphs[1]


def test_distil_learns_from_a_model_without_probabilities(
    run: Run, data: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "own_rules.py").write_text(TEACHER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    Path("pool.txt").write_text("Baker in Rome\nWho are you?\n", encoding="utf-8")
    teacher = ["--teacher", "python:own_rules:Teacher", "--unlabelled", "pool.txt"]
    ran = run("train", "distil", *data, *teacher, "-o", "small")
    assert ran.status == 0, ran.err
    assert "did not answer 1 of 2 texts" in ran.err
    assert run("predict", "small/", "pool.txt").status == 0
