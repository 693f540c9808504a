"""Models of whole texts, and two models in one folder, say in Node and Chromium what they say in Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import parity, spec
from tests.test_spec import random_texts
from tests.train import tiny, tiny_texts
from textwright.bundle import export
from textwright.predictor import Exportable
from textwright.predictors.joint import joined
from textwright.predictors.opinions import sentences
from textwright.references import open_model
from textwright.train.linear import LinearTrainer
from textwright.types import Annotation, Category, Example

pytestmark = pytest.mark.node

LINEAR = LinearTrainer(features=tiny_texts.FEATURES)
ODD = [
    "\x1c",
    "\x1c rain. So good!",
    "Look, \u2028 bread.  “So bad!” (I cry) • soup\r\n\r\n• a cake\x85So good… 5 fish",
    "👩‍💻 rain. 👩‍💻 So good! " * 40,
    "这是第一句。𠮷“第二句！”第三句？！ 好。\n。。「終」。🐟。x हैं। वह है॥ Ü? كيف؟ جيد. Über. ß. ǅ",
    f"{'snow ' * 200}{'x' * 700}. So bad! {'🐟' * 400} 🐟 soup",
]


def several(example: Example) -> Example:
    """Ask for all labels at once, with names that only order tells apart from numbers."""
    numbers = {"glad": "5", "sad": "4", "food": "constructor", "weather": "1"}
    labels = [numbers[each.label] for each in example.gold.categories or ()]
    return replace(example, gold=Annotation(categories=tuple(Category("about", label) for label in labels)))


def made(model: Any) -> Exportable:
    """Take a trainer's predictor as what it is."""
    taken: Exportable = model
    return taken


@cache
def a_network() -> Exportable:
    return made(tiny_texts.trainer().fit(tiny_texts.TRAIN, tiny_texts.DEV))


def a_network_of_pieces() -> Exportable:
    return made(tiny_texts.trainer(window=7).fit(tiny_texts.TRAIN, tiny_texts.DEV))


@cache
def a_linear_model() -> Exportable:
    return made(LINEAR.fit(tiny_texts.TRAIN, tiny_texts.DEV))


def a_model_of_several_labels() -> Exportable:
    train, dev = ([several(each) for each in part] for part in (tiny_texts.TRAIN, tiny_texts.DEV))
    model: Any = LINEAR.fit(train, dev)
    assert model.config["thresholds"]["about"]
    return made(replace(model, config={**model.config, "temperature": {"about": 1.7}}))


def two_models() -> Exportable:
    spans: Any = tiny.learned()
    return made(joined(spans, a_linear_model(), {"name": "two"}))


@pytest.mark.parametrize(
    "make", [a_network, a_network_of_pieces, a_linear_model, a_model_of_several_labels, two_models]
)
def test_node_says_what_python_says(make: Callable[[], Exportable], tmp_path: Path) -> None:
    folder = tmp_path / "model"
    own = [example.text for example in [*tiny_texts.DEV, *tiny.DEV]]
    texts = [*own, *ODD, *parity.hostile_texts(), *random_texts(100, seed=7)]
    export(make(), folder, samples=own)
    model: Any = open_model(f"{folder}/")
    expected, found = model.predict(texts), spec.in_node("model", texts, folder)
    assert [labels(each) for each in found] == [
        [(each.task, each.label) for each in annotation.categories or ()] for annotation in expected
    ]
    assert [marks(each) for each in found] == [
        [(each.start, each.end, each.label) for each in annotation.spans or ()] for annotation in expected
    ]
    assert parity.far_apart(spec.in_node("scores", texts, folder), model.score(texts)) == []


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("make", [a_network, a_linear_model])
def test_node_shows_what_decided(make: Callable[[], Exportable], every: bool, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    export(make(), folder)
    model: Any = open_model(f"{folder}/")
    texts = [*(example.text for example in tiny_texts.DEV), *ODD]
    found = spec.in_node("every" if every else "evidence", texts, folder)
    expected = model.evidence(texts, every=every)
    assert [marks(each) for each in found] == [[(s.start, s.end, s.label) for s in spans] for spans in expected]
    scores = [span["score"] for each in found for span in each["spans"]]
    assert scores == pytest.approx([span.score for spans in expected for span in spans], abs=1e-3)


def test_node_cuts_sentences_as_python_does() -> None:
    texts = [*ODD, *parity.hostile_texts(), *random_texts(500, seed=8), ". ".join(random_texts(200, seed=4))]
    assert spec.in_node("sentences", texts) == [[list(place) for place in sentences(text)] for text in texts]


def labels(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["task"], each["label"]) for each in found.get("categories", ())]


def marks(found: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [(each["start"], each["end"], each["label"]) for each in found.get("spans", ())]
