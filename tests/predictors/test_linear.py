from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.train.tiny_texts import DEV, FEATURES, TRAIN
from textwright.bundle import export
from textwright.errors import ModelError
from textwright.parity import broken_promises
from textwright.predictors.folder import GRAPH
from textwright.predictors.linear import LinearPredictor, counted
from textwright.predictors.text_features import encode_text
from textwright.references import open_model
from textwright.testing import HOSTILE_TEXTS, check_predictor
from textwright.train.linear import LinearTrainer, Weighed

TEXT = "Look, the wind. How awful!"


@pytest.fixture(scope="module")
def model() -> LinearPredictor:
    made = LinearTrainer(features=FEATURES).fit(TRAIN, DEV)
    assert isinstance(made, LinearPredictor)
    return made


def test_an_opened_folder_answers_as_before(model: LinearPredictor, tmp_path: Path) -> None:
    export(model, tmp_path / "model", samples=[*HOSTILE_TEXTS, TEXT])
    opened = open_model(str(tmp_path / "model"))
    assert isinstance(opened, LinearPredictor)
    assert opened.score([TEXT]) == model.score([TEXT])
    assert broken_promises(opened, tmp_path / "model") == []
    check_predictor(opened)
    (tmp_path / "model" / GRAPH).write_bytes(b"x")
    with pytest.raises(ModelError, match="damaged or was replaced"):
        LinearPredictor.open(tmp_path / "model")


def test_the_sentences_that_decided_are_shown(model: LinearPredictor) -> None:
    [spans] = model.evidence([TEXT])
    best = {span.label: TEXT[span.start : span.end] for span in sorted(spans, key=lambda span: span.score or 0)}
    assert best == {"weather": "Look, the wind.", "sad": "How awful!"}


def test_the_words_add_up_to_what_the_graph_says(model: LinearPredictor) -> None:
    words = encode_text(TEXT, model.features)
    found, _, counts = counted(words.rows)
    _, added = model.session.run(["bias", "added"], {"rows": found, "counts": counts})
    assert model.opinion(words).added.sum(axis=0) == pytest.approx(added.sum(axis=0), abs=1e-5)


def test_features_are_counted() -> None:
    found, which, counts = counted(np.array([[7, 0], [3, 7]], dtype=np.int32))
    assert (found.tolist(), which.tolist(), counts.tolist()) == ([3, 7], [1, 0, 1], [1.0, 2.0])


def test_a_feature_of_few_texts_weighs_more_and_every_text_has_one_length() -> None:
    data = Weighed.of([encode_text(text, FEATURES) for text in ("the wind", "the rain", "the the the")], FEATURES)
    seen = np.asarray((data.matrix > 0).sum(axis=0)).ravel()
    assert data.idf[seen == 3].max() < data.idf[seen == 1].min()
    assert np.asarray(data.matrix.multiply(data.matrix).sum(axis=1)).ravel() == pytest.approx([1.0, 1.0, 1.0])
