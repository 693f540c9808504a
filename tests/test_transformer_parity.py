"""Fine-tuned encoders mark in Node what they mark in Python, with probabilities, whatever tokeniser they have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import parity, spec
from tests.train import tiny
from tests.train.encoders import written
from textwright.bundle import export
from textwright.predictors.features import Features
from textwright.predictors.transformer import TransformerPredictor
from textwright.testing import HOSTILE_TEXTS
from textwright.train.fitting import Settings
from textwright.train.transformer import TransformerTrainer

pytestmark = pytest.mark.node

KNOWN = [example.text for example in tiny.TRAIN]
# Read in several windows; the encoders here read 24 pieces at once.
LONG = "- " * 90 + "Senior Nurse - Leeds. How awful, soup! "
TEXTS = [
    *HOSTILE_TEXTS,
    *KNOWN[::9],
    LONG,
    LONG * 2,
    "\ud83d Nurse \udc4d",
    "x" * 600,
    "[MASK] nurse\0 [SEP] Zu\u0308rich",
]


def learned(family: str, folder: Path) -> TransformerPredictor:
    """Teach an encoder of a family a little, to be read in windows of few pieces."""
    settings = Settings(epochs=2, batch=16, rate=1e-2, average=0.8, forget=0.1)
    encoder = written(family, folder, KNOWN)
    features = Features(rows=512, width=16)
    trainer = TransformerTrainer(encoder=encoder, schema=tiny.SCHEMA, settings=settings, features=features, pieces=24)
    return trainer.fit(tiny.TRAIN, tiny.DEV)


# WordPiece and categories: the shipped model `emotion`, which keeps its promises in test_parity.py.
@pytest.mark.parametrize("family", ["roberta", "xlm_roberta"])
def test_node_says_what_python_says(family: str, tmp_path: Path) -> None:
    model = learned(family, tmp_path / "encoder")
    export(model, tmp_path / "model", samples=["soup"])
    expected = spec.python_spans(model, TEXTS)
    assert any(expected)
    assert spec.node_spans(tmp_path / "model", TEXTS) == expected
    assert parity.far_apart(spec.in_node("scores", TEXTS, tmp_path / "model"), model.score(TEXTS)) == []
