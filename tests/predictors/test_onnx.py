from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from tests.train.tiny import DEV, EXAMPLES, SCHEMA, learned
from textwright.bundle import export
from textwright.decode import decode
from textwright.errors import ModelError
from textwright.predictors.features import encode
from textwright.predictors.folder import GRAPH
from textwright.predictors.onnx import OnnxPredictor
from textwright.predictors.windows import Window, ahead
from textwright.testing import HOSTILE_TEXTS, check_predictor
from textwright.train.graph import graph_of
from textwright.train.network import Shape, SpanNetwork


@pytest.fixture(scope="module")
def model() -> OnnxPredictor:
    return learned()


@pytest.fixture
def folder(model: OnnxPredictor, tmp_path: Path) -> Path:
    export(model, tmp_path / "model")
    return tmp_path / "model"


def test_an_opened_folder_answers_as_before(model: OnnxPredictor, folder: Path) -> None:
    texts = [each.text for each in DEV]
    assert OnnxPredictor.open(folder).predict(texts) == model.predict(texts)
    check_predictor(OnnxPredictor.open(folder))


def test_probabilities_lead_to_the_answers(model: OnnxPredictor) -> None:
    texts = [each.text for each in DEV]
    scores = model.score(texts)
    assert [decode(each, SCHEMA) for each in scores] == model.predict(texts)
    assert all(0 < (span.score or 0) <= 1 for each in scores for span in each.spans)


def test_a_long_text_is_read_in_windows_that_miss_nothing(model: OnnxPredictor) -> None:
    text = " | ".join(each.text for each in DEV)
    windowed = replace(model, window=Window(words=24, stride=10, reach=2))
    at_once = replace(model, window=Window(words=10_000, stride=9_000, reach=2))
    assert windowed.predict([text]) == at_once.predict([text])
    assert len(at_once.predict([text])[0].spans or ()) > len(DEV)


@pytest.mark.parametrize("words", [1, 2, 17])
def test_the_graph_computes_what_the_network_does(words: int) -> None:
    torch.manual_seed(0)
    network = SpanNetwork(Shape(rows=50, labels=3, embedding=8, hidden=8, layers=2, lengths=4)).eval()
    torch.nn.init.normal_(network.head.length_bias)
    rows = torch.randint(0, 51, (2, words, 5))
    with torch.no_grad():
        expected = network(rows).numpy()
    session = onnxruntime.InferenceSession(graph_of(network, precision="float32"))
    assert session.run(None, {"rows": rows.numpy().astype(np.int32)})[0] == pytest.approx(expected, abs=1e-4)


def test_a_damaged_graph_is_refused(folder: Path) -> None:
    graph = folder / GRAPH
    graph.write_bytes(graph.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"model\.onnx is damaged or was replaced: SHA-256"):
        OnnxPredictor.open(folder)


def test_a_missing_graph_is_named(folder: Path) -> None:
    (folder / GRAPH).unlink()
    with pytest.raises(ModelError, match=r"model\.onnx: No such file"):
        OnnxPredictor.open(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, "version 2, this textwright reads version 1"),
        ({"kind": "rules"}, "kind is 'rules', expected 'network'"),
        ({"features": {"rows": 1}}, "not those of this version"),
        ({"window": {"size": 1}}, "unexpected keyword"),
    ],
)
def test_a_configuration_of_another_kind_is_refused(folder: Path, change: dict[str, object], message: str) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(ModelError, match=message):
        OnnxPredictor.open(folder)


@pytest.mark.parametrize(
    ("content", "message"), [(None, "has no config.json"), ("{", "config.json"), ("[]", "kind is 'list'")]
)
def test_what_is_no_model_folder_is_refused(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(ModelError, match=message):
        OnnxPredictor.open(tmp_path)


def test_rows_fit_the_graph(model: OnnxPredictor) -> None:
    rows = np.array([encode("Senior Nurse", model.features).rows], dtype=np.int32)
    assert model.session.run(None, {"rows": rows})[0].shape == (1, 3, 2, 2)


def test_several_threads_give_the_same_answers(model: OnnxPredictor, folder: Path) -> None:
    texts = [*HOSTILE_TEXTS, *(example.text for example in EXAMPLES)]
    together = OnnxPredictor.open(folder, threads=3)
    assert together.predict(texts) == model.predict(texts)
    assert together.score(texts[:50]) == model.score(texts[:50])
    assert list(ahead(len, [], 2)) == []
    with pytest.raises(ValueError, match="could not convert"):
        list(ahead(float, ["1", "no number"], 2))
