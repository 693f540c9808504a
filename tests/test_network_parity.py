"""On texts that nobody chose the models say in Node what they say in Python; parity.json has the chosen ones."""

from __future__ import annotations

import pytest

from tests import parity, spec
from tests.test_spec import random_texts
from textwright.predictors.onnx import OnnxPredictor

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def model() -> OnnxPredictor:
    return OnnxPredictor.open(spec.NETWORK)


@pytest.mark.parametrize("count", [500, pytest.param(2_000, marks=pytest.mark.verify)])
def test_node_marks_any_text_alike(model: OnnxPredictor, count: int) -> None:
    texts = random_texts(count, seed=6)
    assert spec.node_spans(spec.NETWORK, texts) == spec.python_spans(model, texts)


def test_probabilities_are_close(model: OnnxPredictor) -> None:
    texts = parity.hostile_texts()
    found = spec.in_node("scores", texts, spec.NETWORK)
    assert parity.far_apart(found, model.score(texts)) == []
