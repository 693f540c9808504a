from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests import spec
from tests.predictors.test_joint import joint_trainer, ranked
from tests.train.tiny import DEV, SCHEMA, TRAIN, trainer
from textwright.bundle import export
from textwright.dataset import Dataset
from textwright.errors import ModelError
from textwright.parity import broken_in_node
from textwright.predictors.onnx import OnnxPredictor
from textwright.schema import Schema
from textwright.testing import HOSTILE_TEXTS
from textwright.train.fitting import Settings
from textwright.train.price import Prices, forms_of, in_precision, prices_of
from textwright.train.quantise import Precision
from textwright.train.text_network import TextNetworkTrainer
from textwright.types import Annotation, Span

DATA = Dataset(DEV, schema=SCHEMA, name="dev")


@pytest.fixture(scope="module")
def exact() -> OnnxPredictor:
    return trainer(precision="float32", name="tiny").fit(TRAIN, DEV)


@pytest.fixture(scope="module")
def prices(exact: OnnxPredictor) -> Prices:
    return prices_of(forms_of(exact), DATA, [each.text for each in TRAIN])


def test_each_form_is_smaller_and_judged_label_by_label(prices: Prices) -> None:
    assert [each.name for each in prices.forms] == ["float32", "float16", "int8", "int4"]
    sizes = [each.size_bytes for each in prices.forms]
    assert sizes == sorted(sizes, reverse=True)
    assert list(prices.forms[2].exact) == ["TITLE", "CORE", "TOWN", "whole text"]
    assert prices.forms[2].exact["TOWN"] > 0.9


def test_the_form_of_a_model_is_kept_in_its_configuration(exact: OnnxPredictor) -> None:
    assert in_precision(exact, "int4").config["precision"] == "int4"
    assert in_precision(exact, "float32").files == exact.files


def test_a_model_that_was_rounded_has_no_prices() -> None:
    rounded = trainer().fit(TRAIN[:20], DEV[:5])
    with pytest.raises(ModelError, match="--precision float32"):
        forms_of(rounded)


@dataclass(frozen=True)
class Towns:
    """Mark the first letters of a text; `wrong` lists the texts of which the end is off by one."""

    wrong: Sequence[str] = ()
    name: str = "towns"
    schema: Schema = SCHEMA
    size_bytes: int = 1000

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation((Span(0, 3 - (text in self.wrong), "TITLE"),)) for text in texts]


def test_changed_answers_are_counted_by_label() -> None:
    texts = ["Chef", "Cook", "Nurse", "Vet."]
    found = prices_of({"a": Towns(), "b": Towns(wrong=["Cook"])}, DATA, texts)  # type: ignore[dict-item]
    assert [each.changed for each in found.forms] == [0.0, 0.25]
    assert found.forms[1].changed_by == {"TITLE": 0.25, "CORE": 0.0, "TOWN": 0.0}
    assert "25.00% of the answers change" in found.lines()[1]


def test_without_other_texts_nothing_is_said_of_changes() -> None:
    found = prices_of({"a": Towns(), "b": Towns()}, DATA)  # type: ignore[dict-item]
    assert found.forms[1].changed is None
    assert "answers" not in " ".join(found.lines())
    assert [table.title for table in found.tables()] == ["Exactness"]
    assert "Changed answers" not in found.to_html()


def test_the_page_stands_alone_and_follows_its_reader(prices: Prices) -> None:
    page = prices.to_html()
    assert page.count("<svg") == 2
    assert "currentColor" in page
    assert "://" not in page.replace("http://www.w3.org/", "")


def test_prices_are_plain_data(prices: Prices) -> None:
    data = json.loads(json.dumps(prices.to_data()))
    assert data["dataset"] == {"name": "dev", "fingerprint": DATA.fingerprint, "examples": len(DEV)}
    assert data["unlabelled"] == len(TRAIN)
    assert data["prices"][0]["changed"] == 0.0


def test_both_parts_of_a_joint_model_are_put_into_a_precision() -> None:
    exact = replace(joint_trainer().spans, precision="float32")  # type: ignore[type-var]
    categories = TextNetworkTrainer(precision="float32", settings=Settings(epochs=1, batch=16))
    trained = replace(joint_trainer(), spans=exact, categories=categories).fit(ranked(TRAIN[:30]), ranked(DEV[:8]))
    small = in_precision(trained, "int8")
    assert small.size_bytes < 0.5 * trained.size_bytes
    assert small.predict(["Nurse - York"])[0].categories is not None


@pytest.mark.node
def test_node_answers_alike_in_every_precision(exact: OnnxPredictor, tmp_path: Path) -> None:
    precisions: tuple[Precision, ...] = ("float16", "int8", "int4")
    for each in precisions:
        export(in_precision(exact, each), tmp_path / each, samples=[*HOSTILE_TEXTS, *(one.text for one in DEV)])
    assert broken_in_node([tmp_path / each for each in precisions], spec.node()) == [[], [], []]
