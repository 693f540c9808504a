from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.train import tiny, tiny_texts
from tests.train.encoders import written
from textwright.bundle import export
from textwright.dataset import Dataset
from textwright.errors import ModelError
from textwright.parity import broken_promises
from textwright.predictors.features import Features
from textwright.predictors.transformer import TransformerPredictor
from textwright.train.fitting import Settings
from textwright.train.price import forms_of, in_precision, parted, prices_of
from textwright.train.prune import pruned_model
from textwright.train.transformer import TransformerTrainer

TEXTS = [example.text for example in (*tiny.TRAIN, *tiny_texts.TRAIN)]
KEPT = [example.text for example in tiny_texts.TRAIN[:6]]


def fitted(family: str, folder: Path) -> TransformerPredictor:
    trainer = TransformerTrainer(
        encoder=written(family, folder, TEXTS),
        features=Features(rows=512, width=16),
        settings=Settings(epochs=1, batch=16, rate=1e-2, average=0.8),
        precision="float32",
    )
    return trainer.fit(tiny_texts.TRAIN[:20], tiny_texts.DEV[:5])


def chances(model: Any) -> list[float]:
    return [category.score for said in model.score(KEPT) for category in said.categories]


@pytest.mark.parametrize("family", ["bert", "roberta", "xlm_roberta"])
def test_texts_whose_pieces_stay_are_answered_as_before(family: str, tmp_path: Path) -> None:
    model = fitted(family, tmp_path / "encoder")
    small = pruned_model(model, KEPT)
    assert small.size_bytes < model.size_bytes
    assert chances(small) == pytest.approx(chances(model))
    export(small, tmp_path / "small", samples=KEPT)
    assert broken_promises(TransformerPredictor.open(tmp_path / "small"), tmp_path / "small") == []


def test_its_price_is_told_on_texts_that_did_not_choose_the_pieces(tmp_path: Path) -> None:
    model = fitted("bert", tmp_path / "encoder")
    vocabulary, compared = parted(model, TEXTS)
    assert not set(vocabulary) & set(compared)
    prices = prices_of(forms_of(model, vocabulary), Dataset(tiny_texts.DEV), compared)
    assert [each.name for each in prices.forms][-1] == "int8, pruned"
    assert prices.forms[-1].size_bytes < prices.forms[2].size_bytes


def test_what_cannot_be_pruned_is_said(tmp_path: Path) -> None:
    model = fitted("bert", tmp_path / "encoder")
    with pytest.raises(ModelError, match="prune before quantising"):
        pruned_model(in_precision(model, "int8"), KEPT)
    network = tiny.trainer(settings=Settings(epochs=1)).fit(tiny.TRAIN[:20], tiny.DEV[:5])
    with pytest.raises(ModelError, match="of the kind 'network', which has no vocabulary of pieces"):
        pruned_model(network, KEPT)
