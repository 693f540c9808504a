from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.train.tiny import DEV, TRAIN, trainer
from textwright.bundle import export
from textwright.predictors.onnx import OnnxPredictor
from textwright.train.fitting import Progress, Settings
from textwright.train.history import History

EPOCHS = [Progress(1, 3, 2.0, 0.5, True, 9.0), Progress(2, 3, 1.0, 0.75, True, 4.0), Progress(3, 3, 0.5, 0.7, False, 0)]


def history(*parts: str) -> History:
    made = History()
    for part in parts:
        for progress in EPOCHS:
            made.add(part, progress)
    return made


def test_each_epoch_is_kept_and_the_best_is_marked() -> None:
    files = history("spans").files()
    epochs = json.loads(files["training.json"])["spans"]
    assert [(each["epoch"], each["loss"], each["score"]) for each in epochs] == [
        (1, 2, 0.5),
        (2, 1, 0.75),
        (3, 0.5, 0.7),
    ]
    picture = files["training.svg"].decode()
    assert picture.startswith("<svg")
    assert "spans: score on the dev set" in picture
    assert "epoch 2: 0.750" in picture


def test_each_part_is_drawn() -> None:
    picture = history("spans", "categories").files()["training.svg"].decode()
    assert "spans: loss on the train set" in picture
    assert "categories: loss on the train set" in picture


def test_nothing_is_written_of_what_has_no_epochs() -> None:
    assert History().files() == {}


def test_without_what_draws_it_the_picture_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    assert list(history("spans").files()) == ["training.json"]


def test_the_history_goes_into_the_folder(tmp_path: Path) -> None:
    made = History()
    model = trainer(settings=Settings(epochs=2), report=lambda progress: made.add("spans", progress)).fit(TRAIN, DEV)
    export(model, tmp_path / "model", extra=made.files())
    assert {"training.json", "training.svg"} <= {each.name for each in (tmp_path / "model").iterdir()}
    assert OnnxPredictor.open(tmp_path / "model").predict(["Nurse"]) == model.predict(["Nurse"])
