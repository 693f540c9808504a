"""What models that are there learned from is looked at, as far as they say it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.experiment.file.leaking import DISTILS, FOLDER, LEARNS, add, look, made, words
from tests.experiment.file.texts import titles, write_lines
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.runs import Run


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


# --- runs -----------------------------------------------------------------------------------


def run_of(place: Path, name: str, kind: str, data: Dataset | None = None, **more: Any) -> str:
    """Write a run in another experiment's folder; return the reference that names it."""
    folder = place / "other/runs" / name
    (folder / "model").mkdir(parents=True)
    described = {"name": "texts", "examples": len(data), "fingerprint": data.fingerprint} if data else {}
    empty: dict[str, Any] = dict.fromkeys(("experiment", "key", "began", "model"), "")
    numbers: dict[str, Any] = dict.fromkeys(("size_bytes", "seconds", "cpu_seconds", "seed"), 0)
    made: dict[str, Any] = {
        "settings": {},
        "environment": {},
        "needs": {},
        "data": {"train": described} if data else {},
    }
    run = Run(**{**empty, **numbers, **made, "id": name, "method": name, "kind": kind, **more})
    (folder / "run.json").write_text(json.dumps(run.to_data()), encoding="utf-8")
    return f"run:./other/runs/{name}"


def again(reference: str) -> str:
    return f'[[method]]\nname = "again"\nmodel = "{reference}"\n'


def test_run_says_itself_what_it_learned_from(place: Path) -> None:
    learned = run_of(place, "own-0", "fit", Dataset.read(place / "test.jsonl"), model="fitted:python:own:Model")
    with pytest.raises(DataError, match=r"8 the same of 8 texts in test, the train set of own-0 \(model of again\)"):
        look(place, again(learned))


def test_what_a_run_is_made_of_is_followed(place: Path) -> None:
    test = Dataset.read(place / "test.jsonl")
    run_of(place, "own-0", "fit", test, model="fitted:python:own:Model")
    rounded = run_of(place, "small-0", "quantise", model="model/", needs={"own": "own-0"})
    with pytest.raises(DataError, match=r"in test, the train set of own-0 \(model of again\)"):
        look(place, again(rounded))


def test_steps_of_a_run_of_a_cascade_are_followed(place: Path) -> None:
    run_of(place, "own-0", "fit", Dataset.read(place / "test.jsonl"), model="fitted:python:own:Model")
    both = run_of(place, "both-0", "cascade", model="cascade:model/cascade.toml")
    steps = '[[step]]\nmodel = "run:../../own-0"\n[[step]]\nmodel = "run:../../both-0"\n'
    (place / "other/runs/both-0/model/cascade.toml").write_text(steps, encoding="utf-8")
    with pytest.raises(DataError, match=r"in test, the train set of own-0 \(model of again\)"):
        look(place, again(both))


def test_teacher_of_a_run_is_followed(place: Path) -> None:
    model(place, train=Dataset.read(place / "test.jsonl"))
    taught = run_of(place, "taught-0", "recipe", model="model/", settings={"teachers": [f"{place}/folder/"]})
    with pytest.raises(DataError, match=r"in test, the train set of folder \(model of again\)"):
        look(place, again(taught))


@pytest.mark.parametrize("leaks", ["refuse", "drop", "tell"])
def test_examples_of_a_run_of_a_prompt_are_learned(place: Path, leaks: str) -> None:
    asks = run_of(place, "few-0", "prompt", Dataset.read(place / "pool.jsonl"), model="prompt:model/prompt.toml")
    folder = place / "other/runs/few-0/model"
    prompt = 'template = "ner"\nlabels = ["LOCATION"]\nexamples = {file = "examples.jsonl"}\n'
    (folder / "prompt.toml").write_text(prompt, encoding="utf-8")
    write_lines(folder / "examples.jsonl", titles(2, begin=200))
    said = "2 the same of 8 texts in examples.jsonl of few-0 (examples of again)"
    if leaks == "refuse":
        with pytest.raises(DataError, match=re.escape(said)):
            look(place, again(asks))
        return
    data, checks = look(place, again(asks), leaks=leaks)
    assert words(checks)[0] == f"test: {said}"
    assert len(data["test"]) == (6 if leaks == "drop" else 8)


def test_run_that_learned_elsewhere_is_told_once(place: Path) -> None:
    elsewhere = Dataset.read(place / "test.jsonl").with_examples(Dataset.read(place / "test.jsonl")[:3])
    learned = run_of(place, "own-0", "fit", elsewhere, model="fitted:python:own:Model", needs={"gone": "gone-0"})
    config = {"parts": [{"trained": {"train": {"name": "texts", "examples": 3, "fingerprint": "of a part"}}}]}
    (place / "other/runs/own-0/model/config.json").write_text(json.dumps(config), encoding="utf-8")
    assert words(look(place, again(learned))[1]) == [
        "again: own-0 learned from 3 texts (texts) that are not here; nobody here can see which texts gone-0, of "
        "which own-0 is made, learned from; whether texts to judge on are among them cannot be seen"
    ]


@pytest.mark.parametrize("reference", ["http://127.0.0.1:9/v1/models/x", "python:some_module:model"])
def test_model_that_nobody_can_look_into_is_told(place: Path, reference: str) -> None:
    [line] = words(look(place, again(reference))[1])
    assert line.startswith(f"again: nobody here can see which texts {reference} learned from")
