from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.train.tiny import DEV, SCHEMA, TRAIN
from textwright.dataset import Dataset

from .conftest import Run


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write a train and a dev set where the command runs, and give the options that name them."""
    monkeypatch.chdir(tmp_path)
    Dataset(TRAIN[:40], schema=SCHEMA).write("train.jsonl")
    Dataset(DEV[:8], schema=SCHEMA).write("dev.jsonl")
    return ["--train", "train.jsonl", "--dev", "dev.jsonl", "--epochs", "1", "--shares", "0.5,1", "--seeds", "1"]


def test_a_curve_is_trained_told_drawn_and_continued(run: Run, data: list[str]) -> None:
    ran = run("curve", "network", *data, "--json", "curve.json", "--html", "curve.html")
    assert ran.status == 0
    assert "With 40 texts" in ran.out
    assert "training 2/2: 40 texts, seed 0: whole text" in ran.err
    assert "<svg" in Path("curve.html").read_text()
    again = run("curve", "network", *data, "--json", "curve.json")
    assert "2 of 2 trainings are in curve.json" in again.err
    assert "training 1/2" not in again.err
    kept = json.loads(Path("curve.json").read_text())
    Path("curve.json").write_text(json.dumps({**kept, "runs": kept["runs"][:1]}))
    third = run("curve", "network", *data, "--json", "curve.json")
    assert "1 of 2 trainings are in curve.json" in third.err
    assert "training 2/2" in third.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--epochs", "2"], "curve.json: its trainings had another epochs; name another file"),
        (["--shares", "a,b"], "expected numbers with commas between"),
        (["--shares", "2"], "the share 2.0"),
    ],
)
def test_mistakes_are_named(run: Run, data: list[str], options: list[str], message: str) -> None:
    settings = {"recipe": "network", "epochs": 1, "schema": None, "train": "", "dev": ""}
    train, dev = (Dataset.read(name) for name in ("train.jsonl", "dev.jsonl"))
    kept = {**settings, "train": train.fingerprint, "dev": dev.fingerprint}
    Path("curve.json").write_text(json.dumps({"settings": kept, "runs": []}))
    ran = run("curve", "network", *data, *options, "--json", "curve.json")
    assert ran.status == 2
    assert message in ran.err


def test_a_file_that_is_no_curve_is_left_alone(run: Run, data: list[str]) -> None:
    Path("notes.json").write_text("{}")
    ran = run("curve", "network", *data, "--json", "notes.json")
    assert ran.status == 2
    assert "holds no curve that could be continued" in ran.err
    assert Path("notes.json").read_text() == "{}"
    assert "take the curve of network" in run("curve", "distil", *data).err


@pytest.mark.parametrize("name", ["train.jsonl", "dev.jsonl"])
@pytest.mark.parametrize("option", ["--json", "--html"])
def test_annotations_are_not_written_over(run: Run, data: list[str], name: str, option: str) -> None:
    was = Path(name).read_bytes()
    ran = run("curve", "network", *data, option, name)
    assert (ran.status, Path(name).read_bytes()) == (2, was)
    assert f"{name}: is the file that is read. Name another" in ran.err
