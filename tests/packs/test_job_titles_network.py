"""The network that the pack ships: whole, small, and as its papers say."""

from __future__ import annotations

import json

import pytest

from textwright.packs.job_titles import HERE, PACK, SCHEMA
from textwright.predictors.onnx import OnnxPredictor
from textwright.testing import HOSTILE_TEXTS, check_predictor

FOLDER = HERE / "model"


@pytest.fixture(scope="module")
def model() -> OnnxPredictor:
    return OnnxPredictor.open(FOLDER)


def test_it_keeps_the_contract_and_the_rules(model: OnnxPredictor) -> None:
    check_predictor(model)
    texts = [*HOSTILE_TEXTS, *(json.loads(line)["text"] for line in PACK.sample.read_text("utf-8").splitlines())]
    answers = model.predict(texts)
    assert [p for text, answer in zip(texts, answers, strict=True) for p in SCHEMA.problems(text, answer)] == []


def test_it_is_small(model: OnnxPredictor) -> None:
    assert sum(path.stat().st_size for path in (FOLDER / "onnx").iterdir()) <= 3_000_000


def test_it_marks_the_sample_as_the_sample_is_marked(model: OnnxPredictor) -> None:
    rows = [json.loads(line) for line in PACK.sample.read_text("utf-8").splitlines()]
    gold = [{(s["start"], s["end"]) for s in row["spans"] if s["label"] == "JOBTITLE"} for row in rows]
    answers = model.predict([row["text"] for row in rows])
    found = [{(s.start, s.end) for s in answer.spans or () if s.label == "JOBTITLE"} for answer in answers]
    assert sum(a == b for a, b in zip(found, gold, strict=True)) / len(rows) >= 0.9


def test_its_card_names_its_data_and_its_limits() -> None:
    card = (FOLDER / "README.md").read_text("utf-8")
    assert all(part in card for part in ("license:", "## Data", "## Figures", "## Limits", "## Not to be used for"))


def test_its_schema_is_that_of_the_pack(model: OnnxPredictor) -> None:
    assert (model.schema.spans, model.schema.rules) == (SCHEMA.spans, SCHEMA.rules)
