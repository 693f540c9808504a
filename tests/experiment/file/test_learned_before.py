"""What models that are there learned from is looked at, as far as they say it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.experiment.file.leaking import DISTILS, FOLDER, LEARNS, add, look, made, words
from tests.experiment.file.texts import titles, write_lines
from textwright.dataset import Dataset
from textwright.errors import DataError


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return made(tmp_path)


def model(place: Path, **parts: Dataset) -> None:
    """Write a model folder that says from which data it learned."""
    (place / "folder").mkdir(exist_ok=True)
    facts = {
        part: {"name": each.name, "examples": len(each), "fingerprint": each.fingerprint}
        for part, each in parts.items()
    }
    config = {"kind": "joint", "parts": [{"trained": facts}]}
    (place / "folder/config.json").write_text(json.dumps(config), encoding="utf-8")


def test_model_that_learned_from_the_test_is_refused(place: Path) -> None:
    model(place, train=Dataset.read(place / "test.jsonl"))
    with pytest.raises(DataError, match=r"8 the same of 8 texts in test, the train set of folder \(model of folder\)"):
        look(place, FOLDER)


@pytest.mark.parametrize("reference", ["run:net-0-12345678", "run:./other/runs/net-0-12345678"])
def test_run_that_learned_from_the_test_is_refused(
    place: Path, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model(place, train=Dataset.read(place / "test.jsonl"))
    run = place / "other/runs/net-0-12345678"
    run.mkdir(parents=True)
    (place / "folder").rename(run / "model")
    (run / "run.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(place)
    with pytest.raises(DataError, match=r"8 the same of 8 texts in test, the train set of .*net-0-12345678"):
        look(place, f'[[method]]\nname = "again"\nmodel = "{reference}"\n')


def test_steps_of_a_cascade_file_are_looked_at(place: Path) -> None:
    model(place, train=Dataset.read(place / "test.jsonl"))
    write_lines(place / "shots.jsonl", titles(2, begin=200))
    (place / "ask.toml").write_text('template = "ner"\nexamples = {file = "shots.jsonl"}\n', encoding="utf-8")
    (place / "inner.toml").write_text('[[step]]\nmodel = "prompt:ask.toml"\n', encoding="utf-8")
    steps = '[[step]]\nmodel = "./folder/"\n[[step]]\nmodel = "cascade:inner.toml"\n'
    (place / "steps.toml").write_text(steps, encoding="utf-8")
    _, checks = look(place, '[[method]]\nname = "steps"\nmodel = "cascade:steps.toml"\n', leaks="tell")
    assert {(each.learned, len(each.same)) for each in checks.found} == {
        ("shots.jsonl", 2),
        ("test, the train set of folder", 8),
    }


def test_model_that_learned_from_the_file_that_was_divided_is_refused(place: Path) -> None:
    data = '[data]\ntest = {file = "train.jsonl", share = 0.5}\n'
    model(place, pool=Dataset.read(place / "train.jsonl"))
    with pytest.raises(DataError, match=r"4 the same of 4 texts in train\.jsonl, the pool set of folder"):
        look(place, FOLDER, data=data)


def test_model_that_learned_from_the_train_set_is_compared(place: Path) -> None:
    add(place, "test", titles(1)[0]["text"])
    model(place, train=Dataset.read(place / "train.jsonl"), dev=Dataset.read(place / "dev.jsonl"))
    _, checks = look(place, FOLDER, leaks="tell")
    found = {each.learned: (each.role, each.same) for each in checks.found}
    assert found == {
        "train, the train set of folder": ("model", ("x0",)),
        "dev, the dev set of folder": ("dev", ()),
    }


def test_teacher_that_learned_from_the_test_is_found(place: Path) -> None:
    model(place, train=Dataset.read(place / "test.jsonl"))
    with pytest.raises(DataError, match=r"the train set of folder \(model of distils\)"):
        look(place, LEARNS, DISTILS.replace('["learns"]', '["./folder/"]'))


def test_model_that_learned_elsewhere_is_named(place: Path) -> None:
    _, checks = look(place, '[[method]]\nname = "shipped"\nmodel = "job_titles"\n')
    [line] = words(checks)
    assert line.startswith("shipped: job_titles learned from 10,080 texts (train.jsonl) that are not here")


@pytest.mark.parametrize("config", ["{", "[]", '{"trained": 3}', '{"trained": {"train": {"examples": "x"}}}'])
def test_folder_that_says_nothing_is_no_fault(place: Path, config: str) -> None:
    (place / "folder").mkdir()
    (place / "folder/config.json").write_text(config, encoding="utf-8")
    assert look(place, FOLDER)[1].found == ()
