"""Fine-tuned encoders say in Node what they say in Python: spans and categories, whatever tokeniser they have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import parity, spec
from tests.spec import Mark
from tests.train import tiny, tiny_texts
from tests.train.encoders import written
from textwright.bundle import export
from textwright.predictors.features import Features
from textwright.predictors.transformer import TransformerPredictor
from textwright.testing import HOSTILE_TEXTS
from textwright.train.fitting import Settings
from textwright.train.transformer import TransformerTrainer
from textwright.types import Annotation

pytestmark = pytest.mark.node

KNOWN = [example.text for example in (*tiny.TRAIN, *tiny_texts.TRAIN)]
# Read in several windows; the encoders here read 24 pieces at once.
LONG = "- " * 90 + "Senior Nurse - Leeds. How awful, soup! "
TEXTS = [
    *HOSTILE_TEXTS,
    *KNOWN[::9],
    LONG,
    LONG * 4,
    "\ud83d Nurse \udc4d",
    "x" * 2_000,
    "[MASK] nurse\0 [SEP] Zu\u0308rich",
]


def learned(family: str, folder: Path, *, spans: bool) -> TransformerPredictor:
    """Teach an encoder of a family a little."""
    settings = Settings(epochs=2, batch=16, rate=1e-2, average=0.8, forget=0.1)
    own: dict[str, Any] = {"settings": settings, "features": Features(rows=512, width=16), "pieces": 24}
    encoder = written(family, folder, KNOWN)
    if spans:
        return TransformerTrainer(encoder=encoder, schema=tiny.SCHEMA, **own).fit(tiny.TRAIN, tiny.DEV)
    return TransformerTrainer(encoder=encoder, **own).fit(tiny_texts.TRAIN, tiny_texts.DEV)


def said(annotation: Annotation) -> list[Mark]:
    """List what an annotation says, without scores."""
    spans = [[s.start, s.end, s.label] for s in annotation.spans or ()]
    return spans + [[c.task, c.label] for c in annotation.categories or ()]


def said_in_node(annotation: dict[str, list[dict[str, Any]]]) -> list[Mark]:
    spans = [[s["start"], s["end"], s["label"]] for s in annotation.get("spans", ())]
    return spans + [[c["task"], c["label"]] for c in annotation.get("categories", ())]


@pytest.mark.parametrize(("family", "spans"), [("bert", True), ("roberta", False), ("xlm_roberta", True)])
def test_node_says_what_python_says(family: str, spans: bool, tmp_path: Path) -> None:
    model = learned(family, tmp_path / "encoder", spans=spans)
    export(model, tmp_path / "model", samples=["soup"])
    expected = [said(annotation) for annotation in model.predict(TEXTS)]
    assert any(expected)
    assert [said_in_node(each) for each in spec.in_node(tmp_path / "model", TEXTS)] == expected
    assert parity.far_apart(spec.in_node("scores", TEXTS, tmp_path / "model"), model.score(TEXTS)) == []
