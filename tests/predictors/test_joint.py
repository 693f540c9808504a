from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.train import tiny_texts
from tests.train.tiny import DEV, SCHEMA, TRAIN, trainer
from textwright.bundle import export
from textwright.errors import ModelError, PredictionError
from textwright.parity import broken_promises
from textwright.predictor import answers
from textwright.predictors.joint import JointPredictor
from textwright.references import open_model
from textwright.schema import Schema
from textwright.testing import HOSTILE_TEXTS, check_predictor
from textwright.train.joint import JointTrainer, layer, layers_of
from textwright.types import Annotation, Category, Example

BOTH = replace(SCHEMA, tasks=Schema.from_data({"tasks": {"rank": {"labels": ["high", "low"]}}}).tasks)


def ranked(examples: Sequence[Example]) -> list[Example]:
    """Sort the tiny texts by rank, too."""
    return [
        replace(each, gold=replace(each.gold, categories=(Category("rank", _rank(each.text)),))) for each in examples
    ]


def _rank(text: str) -> str:
    return "high" if text.startswith(("Senior", "Lead")) else "low"


def joint_trainer() -> JointTrainer:
    return JointTrainer(trainer(schema=None), tiny_texts.trainer(), schema=BOTH, name="both")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("joint") / "model"
    export(joint_trainer().fit(ranked(TRAIN), ranked(DEV)), made, samples=HOSTILE_TEXTS)
    return made


def test_one_folder_answers_with_spans_and_categories(folder: Path) -> None:
    model = open_model(f"{folder}/")
    assert isinstance(model, JointPredictor)
    [annotation] = model.predict(["Senior Nurse - Leeds"])
    assert {span.label for span in annotation.spans or ()} == {"TITLE", "CORE", "TOWN"}
    assert annotation.categories == (Category("rank", "high"),)
    [scores] = model.score(["Senior Nurse - Leeds"])
    assert {each.label for each in scores.categories} == {"high", "low"}
    assert {each.label for each in scores.spans} >= {"TITLE", "CORE", "TOWN"}
    assert model.schema.tasks == BOTH.tasks
    check_predictor(model)
    assert broken_promises(model, folder) == []


def test_what_a_part_notes_stands_beside_the_answer(folder: Path) -> None:
    model = open_model(f"{folder}/")
    texts = ["Senior Nurse - Leeds", ""]
    given = list(answers(model, texts))
    assert [each.annotation for each in given] == model.predict(texts)
    assert given[0].notes["evidence"]


class Mute:
    """A model that has no answer."""

    schema, name, size_bytes = BOTH, "mute", 0
    config: Mapping[str, object] = {}
    files: Mapping[str, bytes] = {}

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        if texts:
            raise PredictionError(0, "no idea")
        return []


def test_where_one_part_has_no_answer_there_is_none(folder: Path) -> None:
    model = open_model(f"{folder}/")
    assert isinstance(model, JointPredictor)
    [answer] = answers(replace(model, categories=Mute()), ["Nurse"])
    assert (answer.annotation, answer.problem and answer.problem.reason) == (None, "no idea")
    with pytest.raises(ModelError, match="gives no probabilities"):
        replace(model, categories=Mute()).score(["Nurse"])


def test_each_part_is_a_folder_of_its_own(folder: Path) -> None:
    [annotation] = open_model(f"{folder}/spans/").predict(["Nurse"])
    assert annotation.categories is None
    [annotation] = open_model(f"{folder}/categories/").predict(["Nurse"])
    assert annotation.spans is None


def test_a_copy_of_the_folder_is_the_same_model(folder: Path, tmp_path: Path) -> None:
    model = open_model(f"{folder}/")
    assert isinstance(model, JointPredictor)
    export(model, tmp_path / "copy")
    again = open_model(f"{tmp_path}/copy/")
    assert again.predict(["Lead Chef - York"]) == model.predict(["Lead Chef - York"])


@pytest.mark.parametrize("name", ["spans/config.json", "spans/onnx/model.onnx", "categories/config.json"])
def test_a_damaged_part_is_named(folder: Path, tmp_path: Path, name: str) -> None:
    model = open_model(f"{folder}/")
    assert isinstance(model, JointPredictor)
    export(model, tmp_path / "copy")
    damaged = tmp_path / "copy" / name
    damaged.write_bytes(damaged.read_bytes() + b" ")
    with pytest.raises(ModelError, match=f"{name} is damaged or was replaced"):
        open_model(f"{tmp_path}/copy/")


def test_layers_are_told_apart() -> None:
    spans = Example("a", "a", Annotation(spans=()))
    categories = Example("b", "b", Annotation(categories=()))
    assert layers_of([spans]) == ("spans",)
    assert layers_of([categories, spans, Example("c", "c")]) == ("spans", "categories")
    assert [each.id for each in layer([categories, spans], "spans", BOTH)] == ["a"]
    assert layer([spans], "spans", BOTH).schema == SCHEMA
