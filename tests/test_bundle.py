from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.train.tiny import DEV, TRAIN, trainer
from textwright.bundle import Card, export
from textwright.errors import ModelError
from textwright.parity import broken_promises
from textwright.predictors.onnx import OnnxPredictor
from textwright.testing import HOSTILE_TEXTS
from textwright.train.fitting import Settings


@pytest.fixture(scope="module")
def model() -> OnnxPredictor:
    return trainer(name="tiny").fit(TRAIN, DEV)


@pytest.fixture(scope="module")
def other() -> OnnxPredictor:
    return trainer(settings=Settings(epochs=1, seed=1)).fit(TRAIN, DEV)


def test_a_folder_holds_what_it_promises(model: OnnxPredictor, tmp_path: Path) -> None:
    export(model, tmp_path / "model", samples=[*HOSTILE_TEXTS, *(each.text for each in DEV)])
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.*") if p.is_file()) == [
        "model/README.md",
        "model/config.json",
        "model/onnx/model.onnx",
        "model/parity.json",
    ]
    assert broken_promises(OnnxPredictor.open(tmp_path / "model"), tmp_path / "model") == []


def test_answers_count_code_points(model: OnnxPredictor, tmp_path: Path) -> None:
    export(model, tmp_path / "model", samples=["Senior Nurse - 👩‍💻 - Leeds"])
    [promise] = json.loads((tmp_path / "model/parity.json").read_text())["texts"]
    assert promise["text"][slice(*(promise["spans"][-1][key] for key in ("start", "end")))] == "Leeds"


def test_the_card_says_what_a_person_must_know(model: OnnxPredictor, tmp_path: Path) -> None:
    card = Card(summary="Finds jobs.", licence="MIT", figures="F1 1.0", limits=["Few jobs."], not_for=["Hiring."])
    export(model, tmp_path / "model", card=card)
    text = (tmp_path / "model/README.md").read_text()
    assert text.startswith('---\nlicense: "mit"\n')
    wanted = (
        "# tiny\n\nFinds jobs.",
        "F1 1.0",
        "- Few jobs.",
        "- Hiring.",
        model.config["trained"]["train"]["fingerprint"],
    )
    assert all(part in text for part in wanted)


def test_a_model_is_replaced(model: OnnxPredictor, other: OnnxPredictor, tmp_path: Path) -> None:
    export(other, tmp_path / "model")
    (tmp_path / "model/old.txt").write_text("of the other")
    export(model, tmp_path / "model")
    assert OnnxPredictor.open(tmp_path / "model").graph == model.graph
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert not (tmp_path / "model/old.txt").exists()


def test_a_folder_with_something_else_is_left_alone(model: OnnxPredictor, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ModelError, match="holds something that is no model"):
        export(model, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_file_in_the_way_is_refused(model: OnnxPredictor, tmp_path: Path) -> None:
    (tmp_path / "model").write_text("")
    with pytest.raises(ModelError, match="is a file"):
        export(model, tmp_path / "model")


def test_a_folder_that_fails_its_check_leaves_what_stood_there(model: OnnxPredictor, tmp_path: Path) -> None:
    export(model, tmp_path / "model", samples=["Nurse"])

    def refuse(folder: Path) -> None:
        assert broken_promises(OnnxPredictor.open(folder), folder) == []
        raise ModelError("not good enough")

    with pytest.raises(ModelError, match="not good enough"):
        export(model, tmp_path / "model", samples=["Chef"], check=refuse)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert "Nurse" in (tmp_path / "model/parity.json").read_text()
