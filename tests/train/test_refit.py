"""Learning once more from all texts, when dev has chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.train import tiny, tiny_texts
from tests.train.encoders import written
from tests.train.test_linear import QUICK
from textwright.bundle import export
from textwright.dataset import Dataset
from textwright.evaluate.report import evaluate
from textwright.parity import broken_promises
from textwright.references import open_model
from textwright.train.checkpoint import Checkpoint
from textwright.train.fitting import Progress, Settings
from textwright.train.joint import JointTrainer
from textwright.train.recipes import Calibrating, Wishes, trainer_for
from textwright.train.transformer import TransformerTrainer
from textwright.types import Annotation, Category, Example

# Half of the jobs are seen in dev alone.
SPANS = [each for each in tiny.TRAIN if "Nurse" not in each.text], [each for each in tiny.TRAIN if "Nurse" in each.text]
TEXTS = tiny_texts.TRAIN, tiny_texts.DEV
TRAINERS = {
    "network": (tiny.trainer(), SPANS),
    "linear": (replace(QUICK, schema=tiny.SCHEMA), SPANS),
    "network of whole texts": (tiny_texts.trainer(), TEXTS),
    "linear of whole texts": (replace(QUICK, strengths=(1e-6, 16.0)), TEXTS),
}


def both(parts: tuple[list[Example], list[Example]]) -> list[Example]:
    return [*parts[0], *parts[1]]


@pytest.mark.parametrize(("trainer", "parts"), TRAINERS.values(), ids=TRAINERS)
def test_the_model_knows_the_texts_of_dev_too_and_says_so(trainer: Any, parts: Any, tmp_path: Path) -> None:
    chosen = trainer.fit(*parts)
    model = trainer.refit(chosen, *parts)
    assert evaluate(model, Dataset(parts[1])).score.whole_text.accuracy == 1.0
    trained = model.config["trained"]
    assert set(trained) == {"train", "refit", "settings"}
    assert (trained["train"], trained["refit"]) == (
        chosen.config["trained"]["train"],
        chosen.config["trained"]["dev"],
    )
    assert (model.schema, model.name) == (chosen.schema, chosen.name)
    export(model, tmp_path / "model", samples=[parts[1][0].text])
    assert "- refit: " in (tmp_path / "model/README.md").read_text(encoding="utf-8")
    assert broken_promises(open_model(f"{tmp_path / 'model'}/"), tmp_path / "model") == []
    again = trainer.refit(chosen, *parts)
    assert again.files == model.files


def test_a_linear_model_keeps_the_strength_that_dev_chose() -> None:
    trainer = replace(QUICK, strengths=(1e-6, 16.0))
    model = trainer.refit(trainer.fit(*TEXTS), *TEXTS)
    assert model.config["trained"]["settings"]["strength"] == 16.0


def test_thresholds_and_temperatures_stay_as_dev_chose_them() -> None:
    def flat(example: Example) -> Example:
        labels = [each.label for each in example.gold.categories or () if each.label != "sad"]
        return replace(example, gold=Annotation(categories=tuple(Category("about", label) for label in labels)))

    train, dev = ([flat(each) for each in part] for part in TEXTS)
    trainer = Calibrating(tiny_texts.trainer())
    chosen = trainer.fit(train, dev)
    model = trainer.refit(chosen, train, dev)
    tuned = {key: model.config.get(key) for key in ("thresholds", "temperature", "calibration")}
    assert tuned == {key: chosen.config.get(key) for key in tuned}
    assert tuned["thresholds"]
    assert tuned["calibration"]


def test_both_layers_are_learned_again() -> None:
    def marked(example: Example) -> Example:
        rank = "senior" if "Senior" in example.text else "other"
        return replace(example, gold=Annotation(example.gold.spans, (Category("rank", rank),)))

    train, dev = ([marked(each) for each in part] for part in SPANS)
    trainer = JointTrainer(tiny.trainer(schema=None), tiny_texts.trainer())
    model = trainer.refit(trainer.fit(train, dev), train, dev)
    assert set(model.config["trained"]) == {"train", "refit"}
    assert evaluate(model, Dataset(dev)).to_data()["exact"]["TITLE"]["accuracy"] == 1.0
    assert all("refit" in part.config["trained"] for part in (model.spans, model.categories))


@pytest.mark.parametrize("parts", [SPANS, TEXTS], ids=["spans", "whole texts"])
def test_an_encoder_is_fine_tuned_again(parts: Any, tmp_path: Path) -> None:
    folder = written("bert", tmp_path / "bert", [each.text for each in both(parts)])
    settings = Settings(epochs=1, batch=16, rate=1e-2, average=0.8, forget=0.1)
    trainer = TransformerTrainer(encoder=folder, settings=settings)
    chosen = trainer.fit(*parts)
    model = trainer.refit(chosen, *parts)
    assert model.config["trained"]["refit"]["examples"] == len(parts[1])
    assert model.files != chosen.files
    assert model.config.get("thresholds") == chosen.config.get("thresholds")


def test_where_no_epoch_is_to_be_chosen_all_are_learned_and_the_last_is_kept() -> None:
    told: list[Progress] = []
    trainer = trainer_for(
        "network", Dataset(SPANS[0]), Wishes(epochs=2, refit=True, calibrate=False, report=hear(told))
    )
    trainer.fit(*SPANS)
    assert [(each.epoch, each.best, each.score != each.score) for each in told] == [(1, True, True), (2, True, True)]


def hear(told: list[Progress]) -> Callable[[str, Progress], None]:
    return lambda _, progress: told.append(progress)


def test_nothing_is_chosen_by_so_that_every_epoch_is_learned(tmp_path: Path) -> None:
    told: list[Progress] = []
    settings = Settings(epochs=4, patience=1, batch=8, rate=1e-9)
    trainer = tiny.trainer(report=told.append, settings=settings, checkpoint=Checkpoint(tmp_path / "spans.pt"))
    chosen = trainer.fit(*SPANS)
    assert len(told) == 2  # nothing became better
    trainer.refit(chosen, *SPANS)
    again = told[2:]
    assert [each.epoch for each in again] == [1, 2, 3, 4]
    assert all(each.best and each.score != each.score for each in again)
    assert {each.name for each in tmp_path.iterdir()} == {"spans.pt", "spans-refit.pt"}
