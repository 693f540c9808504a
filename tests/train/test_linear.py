from __future__ import annotations

from dataclasses import replace

import numpy as np
import onnxruntime
import pytest
import torch

from tests.train import tiny, tiny_texts
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.evaluate.report import evaluate
from textwright.predictors.features import Features
from textwright.predictors.linear import LinearPredictor
from textwright.predictors.onnx import OnnxPredictor
from textwright.schema import Schema
from textwright.testing import check_trainer
from textwright.train.fitting import Settings
from textwright.train.linear import LinearTrainer
from textwright.train.linear_spans import LinearSpans, linear_spans_graph
from textwright.train.prepare import lessons_of, span_f1
from textwright.types import Annotation, Category, Example

QUICK = LinearTrainer(features=tiny_texts.FEATURES, span_settings=Settings(epochs=6, batch=8, rate=2e-2, average=0.8))


def test_categories_are_learned_where_they_are_annotated() -> None:
    model = check_trainer(QUICK, tiny_texts.TRAIN, tiny_texts.DEV)
    assert isinstance(model, LinearPredictor)
    scores = evaluate(model, Dataset(tiny_texts.DEV)).to_data()["categories"]
    assert (scores["subject"]["accuracy"], scores["mood"]["accuracy"]) == (1.0, 1.0)


def test_spans_are_learned_where_they_are_annotated() -> None:
    model = replace(QUICK, schema=tiny.SCHEMA).fit(tiny.TRAIN, tiny.DEV)
    assert isinstance(model, OnnxPredictor)
    assert span_f1(model, lessons_of(tiny.DEV, tiny.SCHEMA, what="dev")) > 0.9


def test_learning_spans_keeps_the_contract_and_repeats_itself() -> None:
    check_trainer(replace(QUICK, schema=tiny.SCHEMA), tiny.TRAIN[:40], tiny.DEV[:8])


def test_several_labels_at_once_have_thresholds_and_one_that_all_texts_have_is_known() -> None:
    def several(example: Example) -> Example:
        labels = [each.label for each in example.gold.categories or () if each.label != "sad"]
        return replace(example, gold=Annotation(categories=tuple(Category("about", x) for x in [*labels, "note"])))

    train, dev = ([several(each) for each in part] for part in (tiny_texts.TRAIN, tiny_texts.DEV))
    model = QUICK.fit(train, dev)
    assert set(model.config["thresholds"]["about"]) == {"food", "glad", "note", "weather"}
    found = [{each.label for each in answer.categories or ()} for answer in model.predict([each.text for each in dev])]
    assert found == [{each.label for each in example.gold.categories or ()} for example in dev]


def test_the_best_strength_on_dev_is_chosen() -> None:
    weak, strong = (replace(QUICK, strengths=(c,)).fit(tiny_texts.TRAIN, tiny_texts.DEV) for c in (1e-6, 16.0))
    chosen = replace(QUICK, strengths=(1e-6, 16.0)).fit(tiny_texts.TRAIN, tiny_texts.DEV)
    assert isinstance(chosen, LinearPredictor)
    assert isinstance(strong, LinearPredictor)
    assert isinstance(weak, LinearPredictor)
    assert chosen.graph == strong.graph != weak.graph


@pytest.mark.parametrize("words", [1, 2, 17])
def test_the_graph_of_spans_computes_what_the_model_does(words: int) -> None:
    torch.manual_seed(0)
    network = LinearSpans(50, 3, embedding=8)
    torch.nn.init.normal_(network.length_bias)
    rows = torch.randint(0, 51, (2, words, 5))
    with torch.no_grad():
        expected = network(rows).numpy()
    session = onnxruntime.InferenceSession(linear_spans_graph(network, precision="float32"))
    assert session.run(None, {"rows": rows.numpy().astype(np.int32)})[0] == pytest.approx(expected, abs=1e-4)


def test_data_that_cannot_be_learned_from_are_refused() -> None:
    with pytest.raises(DataError, match="train set has no example"):
        QUICK.fit([], tiny_texts.DEV)
    with pytest.raises(DataError, match="alone of task"):
        QUICK.fit(tiny_texts.TRAIN[:1], tiny_texts.DEV)


def test_another_kind_of_feature_can_be_asked_for() -> None:
    words = replace(tiny_texts.FEATURES, words=Features(rows=256, width=4, affixes=0, ngrams=()), pairs=False)
    model = replace(QUICK, features=words).fit(tiny_texts.TRAIN, tiny_texts.DEV)
    assert model.config["features"]["pairs"] is False


def test_a_rare_label_is_learned_among_thousands() -> None:
    moods = Schema.from_data({"tasks": {"mood": {"labels": ["calm", "fear"], "multiple": True}}})

    def note(place: int) -> Example:
        label, word = ("fear", "scared") if place % 200 == 0 else ("calm", "here")
        return Example(
            str(place), f"note {place} of {place * 7 % 31}: {word}", Annotation(categories=(Category("mood", label),))
        )

    notes = [note(place) for place in range(4000)]
    model = LinearTrainer(schema=moods, strengths=(4.0,)).fit(notes[:3200], notes[3200:])
    assert isinstance(model, LinearPredictor)
    [scores] = model.score(["note 5 of 2: scared"])
    assert {each.label: (each.score or 0) > 0.5 for each in scores.categories} == {"calm": False, "fear": True}
