from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import onnxruntime
import pytest
import torch

from tests.train.tiny_texts import DEV, TRAIN, trainer
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.evaluate.report import evaluate
from textwright.predictors.text_features import encode_text
from textwright.schema import Label, Schema, Task
from textwright.testing import check_trainer
from textwright.train.fitting import Settings
from textwright.train.text_graph import text_graph_of
from textwright.train.text_module import TextNetwork, TextShape
from textwright.train.text_network import Drawing, TextCase, TopicLoss, alike, filled
from textwright.train.topics import CategoryLesson
from textwright.types import Annotation, Category, Example


def rows(words: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.arange(1, 1 + words * 3, dtype=np.int32).reshape(words, 3) % 50 + 1


def test_a_network_learns_two_tasks_keeps_the_contract_and_repeats_itself() -> None:
    model = check_trainer(trainer(), TRAIN, DEV)
    scores = evaluate(model, Dataset(DEV)).to_data()["categories"]
    assert (scores["subject"]["accuracy"], scores["mood"]["accuracy"]) == (1.0, 1.0)


def test_several_labels_at_once_are_learned_with_thresholds() -> None:
    def flat(example: Example) -> Example:
        labels = [each.label for each in example.gold.categories or () if each.label != "sad"]
        return replace(example, gold=Annotation(categories=tuple(Category("about", label) for label in labels)))

    train, dev = [flat(each) for each in TRAIN], [flat(each) for each in DEV]
    model = trainer().fit(train, dev)
    assert set(model.config["thresholds"]["about"]) == {"food", "glad", "weather"}
    found = [{each.label for each in answer.categories or ()} for answer in model.predict([each.text for each in dev])]
    assert found == [{each.label for each in example.gold.categories or ()} for example in dev]


@pytest.mark.parametrize("precision", ["float32", "int8"])
@pytest.mark.parametrize("words", [1, 2, 9])
def test_the_graph_says_what_the_network_says_word_by_word(words: int, precision: str) -> None:
    torch.manual_seed(0)
    network = TextNetwork(TextShape(50, 4, embedding=8, hidden=8, layers=2, heads=2)).eval()
    torch.nn.init.normal_(network.bias)
    given = np.stack([rows(words), rows(words)[::-1]])
    with torch.no_grad():
        expected = network(torch.from_numpy(given).long()).numpy()
    session = onnxruntime.InferenceSession(text_graph_of(network, precision=precision))  # type: ignore[arg-type]
    added, bias = session.run(["added", "bias"], {"rows": given})
    assert added.shape == (2, words, 4)
    assert added.sum(1) + bias == pytest.approx(expected, abs=1e-4 if precision == "float32" else 0.2)


def test_what_fills_a_batch_up_changes_nothing() -> None:
    network = TextNetwork(TextShape(50, 2, embedding=8, hidden=8)).eval()
    short, long = (TextCase(rows(words), np.zeros(2, dtype=np.float32)) for words in (2, 7))
    alone, together = network(filled([short], 0.0)), network(filled([short, long], 0.0))
    assert together[0].tolist() == pytest.approx(alone[0].tolist(), abs=1e-5)


def test_a_long_text_is_shown_in_parts_and_all_of_it_in_time() -> None:
    text = " ".join(f"w{number}" for number in range(40))
    drawing = Drawing([CategoryLesson(text, {})], np.zeros((1, 1), dtype=np.float32), trainer(crop=10))
    shown = [drawing(epoch)[0].rows for epoch in range(60)]
    assert {len(each) for each in shown} == {10}
    assert len({row for each in shown for row in each[:, 0].tolist()}) == len({*drawing.read[text][:, 0].tolist()})


def test_a_share_of_the_texts_is_spoiled() -> None:
    lessons = [CategoryLesson("Our client", {})] * 30
    changing = trainer(noise=0.5, spoil=lambda text, random_: "Masked text")
    drawing = Drawing(lessons, np.zeros((30, 1), dtype=np.float32), changing)
    drawn = {case.rows.tobytes() for case in drawing(1)}
    assert drawn == {encode_text(text, changing.features).rows.tobytes() for text in ("Our client", "Masked text")}
    assert set(drawing.read) == {"Our client"}


def test_batches_hold_texts_of_about_one_length_and_lose_none() -> None:
    cases = [TextCase(rows(words), np.zeros(1, dtype=np.float32)) for words in range(1, 41)]
    drawn = list(alike(cases, 4, random.Random(0)))
    assert sorted(len(case.rows) for batch in drawn for case in batch) == list(range(1, 41))
    assert all(max(len(a.rows) for a in batch) - min(len(a.rows) for a in batch) < 4 for batch in drawn)


def test_a_task_that_is_not_known_of_a_text_teaches_nothing() -> None:
    schema = Schema(tasks=(Task("a", (Label("x"), Label("y"))), Task("b", (Label("z"),), multiple=True)))
    loss = TopicLoss.of(schema, [1.0, 1.0, 1.0], forget=0.0, certainty=1.0)
    network = TextNetwork(TextShape(50, 3, embedding=8, hidden=8), dropout=0.0)
    nothing = TextCase(rows(2), np.full(3, np.nan, dtype=np.float32))
    assert loss(network, [nothing]).item() == 0.0
    known = TextCase(rows(2), np.array([1, 0, np.nan], dtype=np.float32))
    with torch.no_grad():
        network.bias[:] = torch.tensor([50.0, -50.0, 9.0])
    assert loss(network, [known]).item() == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize(
    ("train", "dev", "message"),
    [
        ([], DEV, "the train set has no example with categories"),
        (TRAIN, [], "the dev set has no example with categories"),
        (TRAIN[:1], DEV, "alone of task"),
        ([replace(each, text=" ") for each in TRAIN], DEV, "no text of the train set has a word"),
    ],
)
def test_data_that_cannot_be_learned_from_are_refused(train: list[Example], dev: list[Example], message: str) -> None:
    with pytest.raises(DataError, match=message):
        trainer(settings=Settings(epochs=1)).fit(train, dev)
