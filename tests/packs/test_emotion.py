"""The emotion pack: its schema, its sample and its models."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

import textwright
from textwright.dataset import Dataset
from textwright.packs import installed
from textwright.packs.emotion import HERE, PACK, SCHEMA
from textwright.testing import check_predictor

PUBLISHED = json.loads(Path(textwright.__file__).with_name("schema.schema.json").read_text(encoding="utf-8"))
EMOTIONS, EKMAN = SCHEMA.tasks
SAMPLE = Dataset.read(PACK.sample, schema=SCHEMA)


def test_the_schema_has_the_promised_tasks() -> None:
    assert [(task.name, len(task.labels), task.multiple) for task in SCHEMA.tasks] == [
        ("emotion", 28, True),
        ("ekman", 7, True),
    ]
    assert EMOTIONS.labels[-1].name == EKMAN.labels[-1].name == "neutral"
    jsonschema.validate(tomllib.loads((HERE / "schema.toml").read_text(encoding="utf-8")), PUBLISHED)


def test_each_label_has_a_meaning_of_one_sentence() -> None:
    for label in (*EMOTIONS.labels, *EKMAN.labels):
        assert label.meaning.endswith("."), label.name
        assert label.meaning.count(".") == 1, label.name


def test_the_sample_has_every_label_and_keeps_the_schema() -> None:
    assert len(SAMPLE) >= 80
    found = {(each.task, each.label) for example in SAMPLE for each in example.gold.categories or ()}
    assert found == {(task.name, label.name) for task in SCHEMA.tasks for label in task.labels}
    assert not [problem for example in SAMPLE for problem in SCHEMA.problems(example.text, example.gold)]


def test_the_pack_is_installed() -> None:
    assert "emotion" in installed()


@pytest.mark.parametrize("name", PACK.models)
def test_each_model_keeps_the_contract(name: str) -> None:
    check_predictor(PACK.models[name]())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Thank you so much for your help!", "gratitude"),
        ("This is so funny, I am laughing out loud", "amusement"),
        ("😂😂😂", "amusement"),
        ("I am so sorry, please forgive me.", "remorse"),
        ("Why would anybody do that?", "curiosity"),
    ],
)
def test_the_best_model_finds_plain_emotions(text: str, label: str) -> None:
    [annotation] = PACK.models[PACK.best]().predict([text])
    assert label in {each.label for each in annotation.categories or () if each.task == "emotion"}


def test_the_files_are_small_enough_to_ship() -> None:
    folder = HERE / "model"
    assert sum((folder / name).stat().st_size for name in ("onnx/model.onnx", "tokenizer.json")) <= 12_000_000


@pytest.mark.parametrize("folder", ["model", "linear"])
def test_each_card_credits_the_data_and_says_what_it_is_not_for(folder: str) -> None:
    card = (HERE / folder / "README.md").read_text(encoding="utf-8")
    assert all(said in card for said in ("CC BY 4.0", "Demszky", "What was changed", "Diagnosing anyone", "95 %"))
