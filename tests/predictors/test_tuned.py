from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.train.lora_world import EMPTY, EXAMPLES, SCHEMA, tiny_model
from textwright.cli.tune_local import local
from textwright.dataset import Dataset
from textwright.errors import DataError, ModelError
from textwright.evaluate.report import evaluate
from textwright.llm.calls import Completion, Message, Request
from textwright.predictors.tuned import Trusting, TunedPredictor, open_tuned
from textwright.testing import check_predictor
from textwright.types import Example, Usage

Tune = Callable[..., None]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a model to tune and texts in which nothing is to be found."""
    folder = tmp_path_factory.mktemp("world")
    tiny_model(folder)
    Dataset(EMPTY[4:], schema=SCHEMA).write(folder / "train.jsonl")
    Dataset(EMPTY[:4], schema=SCHEMA).write(folder / "dev.jsonl")
    (folder / "schema.json").write_text(json.dumps(SCHEMA.to_data()))
    return folder


def command(world: Path, out: Path, **more: Any) -> None:
    given = {"train_data": world / "train.jsonl", "dev_data": world / "dev.jsonl", "gguf": world / "tiny.gguf"}
    local(**{**given, "out": out, "schema": str(world / "schema.json"), "epochs": 2, "threads": 1, **more})


@pytest.fixture(scope="module")
def folder(world: Path) -> Path:
    command(world, world / "tuned", epochs=30, rate=1e-2)
    return world / "tuned"


def test_the_command_leaves_a_folder_that_says_how_it_was_made(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {"config.json", "model.gguf", "template.md", "schema.json", "README.md"}
    config = json.loads((folder / "config.json").read_text())
    assert (config["kind"], config["version"], config["name"]) == ("language_model", 1, "tuned")
    assert config["base"]["name"] == "Tiny"
    assert config["trained"]["train"]["examples"] == 14
    assert set(config["files"]) == names - {"config.json"}
    card = (folder / "README.md").read_text()
    assert f"train: 14 texts (train.jsonl), SHA-256 `{config['trained']['train']['fingerprint']}`" in card
    assert not (folder.parent / "tuned.part").exists()


def test_a_tuned_model_keeps_the_contract_of_a_predictor(folder: Path) -> None:
    model = TunedPredictor.open(folder)
    texts = ["the nurse", "one cook", "a new smith", "the cook"]
    check_predictor(model, texts)
    assert (model.name, model.schema.spans) == ("tuned", ("ROLE",))
    assert model.size_bytes == (folder / "model.gguf").stat().st_size


def test_a_tuned_model_is_judged_like_any_other(folder: Path, world: Path) -> None:
    report = evaluate(open_tuned(folder), Dataset.read(world / "dev.jsonl", schema=SCHEMA)).to_data()
    assert report["exact"]["ROLE"]["accuracy"] == 1.0
    assert (report["failed"], report["model"]["name"]) == (0, "tuned")


def test_a_text_that_does_not_fit_fails_alone(folder: Path) -> None:
    short, long = open_tuned(folder).answer(["the nurse", "the nurse " * 4000])
    assert short.annotation is not None
    assert (long.annotation, long.problem and long.problem.kind) == (None, "bad_request")


def test_the_same_command_writes_the_same_bytes(world: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        command(world, tmp_path / name / "tuned", precision=_precision("f16"))
    one, other = ((tmp_path / name / "tuned/model.gguf").read_bytes() for name in ("a", "b"))
    assert one == other


def _precision(name: str) -> Any:
    from textwright.cli.tune_local import Precision

    return Precision(name)


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


@pytest.mark.parametrize("name", ["model.gguf", "template.md", "schema.json"])
def test_a_file_that_was_changed_is_named(copy: Path, name: str) -> None:
    (copy / name).write_bytes((copy / name).read_bytes() + b" ")
    with pytest.raises(ModelError, match=f"{name} is damaged or was replaced"):
        open_tuned(copy)


@pytest.mark.parametrize("name", ["model.gguf", "template.md", "schema.json"])
def test_a_file_that_is_missing_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=f"{name}: No such file"):
        open_tuned(copy)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("version", 2, "version 2, this textwright reads version 1"),
        ("kind", "network", "kind is 'network', expected 'language_model'"),
        ("parameters", {"attempts": 0}, "attempts is 0, must be at least 1"),
        ("values", [1], "values is list, expected an object"),
    ],
)
def test_a_configuration_that_cannot_be_is_named(copy: Path, key: str, value: Any, message: str) -> None:
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps({**config, key: value}))
    with pytest.raises(ModelError, match=message):
        open_tuned(copy)


def rewritten(world: Path, tmp_path: Path, train: list[Example], dev: list[Example]) -> dict[str, Path]:
    Dataset(train, schema=SCHEMA).write(tmp_path / "train.jsonl")
    Dataset(dev, schema=SCHEMA).write(tmp_path / "dev.jsonl")
    return {"train_data": tmp_path / "train.jsonl", "dev_data": tmp_path / "dev.jsonl"}


def test_a_dev_text_among_those_to_learn_from_is_refused(world: Path, tmp_path: Path) -> None:
    data = rewritten(world, tmp_path, EXAMPLES, [replace(EXAMPLES[0], id="again")])
    with pytest.raises(DataError, match="1 of 1 texts to judge on are in the training data: again 'the nurse'"):
        command(world, tmp_path / "tuned", **data)
    assert not (tmp_path / "tuned").exists()


def test_an_empty_train_set_is_named(world: Path, tmp_path: Path) -> None:
    data = rewritten(world, tmp_path, [], EXAMPLES[:2])
    with pytest.raises(DataError, match=r"train\.jsonl: no texts"):
        command(world, tmp_path / "tuned", **data)


def test_a_folder_that_holds_something_else_is_left_alone(world: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("Dear")
    with pytest.raises(ModelError, match="holds something that is no model"):
        command(world, tmp_path / "mine")


def test_a_stopped_run_goes_on_and_says_so(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(progress: Any) -> None:
        if progress.epoch == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("textwright.cli.tune_local._report", interrupted)
        with pytest.raises(KeyboardInterrupt):
            command(world, tmp_path / "tuned")
    assert "stopped; the same command goes on from" in capsys.readouterr().err
    command(world, tmp_path / "tuned")
    assert "going on after epoch 1 of 2" in capsys.readouterr().err
    assert (tmp_path / "tuned/model.gguf").exists()


def test_a_limit_draws_from_the_texts_by_the_seed(world: Path, tmp_path: Path) -> None:
    command(world, tmp_path / "tuned", limit=5, epochs=1)
    assert json.loads((tmp_path / "tuned/config.json").read_text())["trained"]["train"]["examples"] == 5


def completer(answers: dict[str, str]) -> Any:
    """Answer by what the request enforces."""

    class Fake:
        def complete(self, request: Request) -> Completion:
            return Completion(answers[request.enforce], "stop", Usage(calls=1))

    return Fake()


@pytest.mark.parametrize(
    ("free", "given", "calls"),
    [('{"spans":[]}', '{"spans":[]}', 1), ('{"spans":[{"la', "bound", 2), ("Well, spans", "bound", 2)],
)
def test_the_form_is_enforced_only_where_a_free_answer_cannot_be_read(free: str, given: str, calls: int) -> None:
    schema = {"type": "object", "properties": {"spans": {"type": "array"}}, "required": ["spans"]}
    request = Request("local:x", "m", (Message("user", "the nurse"),), answer=schema, enforce="schema")
    found = Trusting(completer({"none": free, "schema": "bound"})).complete(request)
    assert (found.text, found.usage.calls) == (given, calls)
