"""The models that are shipped say in Node what they say in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import parity, spec
from tests.test_spec import random_texts
from textwright.predictors.onnx import OnnxPredictor

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def model() -> OnnxPredictor:
    return OnnxPredictor.open(spec.NETWORK)


@pytest.mark.parametrize("folder", parity.shipped(), ids=lambda folder: f"{folder.parent.name}.{folder.name}")
def test_node_keeps_a_folder_s_promises(folder: Path) -> None:
    promised = parity.promised(folder)
    found = spec.in_node(folder, [text["text"] for text in promised])
    assert [parity.without_scores(each) for each in found] == [parity.without_scores(text) for text in promised]
    assert parity.far_apart(found, [parity.scores_in(text) for text in promised]) == []


def test_there_are_promises() -> None:
    assert spec.NETWORK in parity.shipped()
    assert len(parity.promised(spec.NETWORK)) >= 700


def test_node_marks_hostile_texts_alike(model: OnnxPredictor) -> None:
    texts = parity.hostile_texts()
    assert spec.node_spans(spec.NETWORK, texts) == spec.python_spans(model, texts)


def test_node_marks_any_text_alike(model: OnnxPredictor) -> None:
    texts = random_texts(2_000, seed=6)
    assert spec.node_spans(spec.NETWORK, texts) == spec.python_spans(model, texts)


def test_probabilities_are_close(model: OnnxPredictor) -> None:
    texts = [*parity.hostile_texts(), *(text["text"] for text in parity.promised(spec.NETWORK)[:200])]
    found = spec.in_node("scores", texts, spec.NETWORK)
    assert parity.far_apart(found, model.score(texts)) == []
