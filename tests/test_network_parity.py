"""The network of job_titles says in Node what it says in Python."""

from __future__ import annotations

import pytest

from tests import parity, spec
from tests.test_spec import random_texts
from textwright.predictors.onnx import OnnxPredictor

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def model() -> OnnxPredictor:
    return OnnxPredictor.open(spec.NETWORK)


def test_node_keeps_the_folder_s_promises() -> None:
    promised = parity.promised(spec.NETWORK)
    assert len(promised) >= 700
    found = spec.in_node(spec.NETWORK, [text["text"] for text in promised])
    assert found == [parity.annotation_of(text) for text in promised]


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
