"""A string in the place of several texts is refused by every predictor, and each shows itself in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from inspect import isabstract
from pkgutil import walk_packages
from typing import Any, cast

import pytest

import textwright.packs
import textwright.predictors
from textwright.bundle import Renamed
from textwright.errors import DataError
from textwright.predictor import Predictor, answers
from textwright.predictors.cascade import CascadePredictor, Step
from textwright.predictors.function import FunctionPredictor
from textwright.predictors.joint import JointPredictor
from textwright.predictors.marked_up import marked_up
from textwright.predictors.prompt import PromptPredictor
from textwright.predictors.remote import RemotePredictor
from textwright.predictors.tuned import TunedPredictor
from textwright.references import open_model
from textwright.schema import schema_of
from textwright.types import Annotation

SCHEMA = schema_of(["CITY"], name="towns")
UNASKED = cast("Any", None)


class Prompted:
    """What a prompt predictor asks of its prompt before any text: the schema."""

    schema = SCHEMA


def prompted() -> PromptPredictor:
    return PromptPredictor("asked", cast("Any", Prompted()), UNASKED, UNASKED)


def cues() -> Any:
    return open_model("job_adverts.cues")


def joint() -> JointPredictor:
    spans: Any = open_model("job_titles.network")
    categories: Any = open_model("job_adverts.linear")
    return JointPredictor("both", schema_of(["CITY"], tasks={"advertiser": ["agency"]}), spans, categories, {})


MAKERS: Mapping[str, Callable[[], Predictor]] = {
    "CascadePredictor": lambda: CascadePredictor("chain", (Step(cues(), "first"),)),
    "CuesPredictor": cues,
    "FunctionPredictor": lambda: FunctionPredictor("mine", SCHEMA, lambda text: []),
    "JointPredictor": joint,
    "LinearPredictor": lambda: open_model("job_adverts.linear"),
    "MarkedUpPredictor": lambda: marked_up(cues(), "html"),
    "OnnxPredictor": lambda: open_model("job_titles.network"),
    "PromptPredictor": prompted,
    "RemotePredictor": lambda: RemotePredictor("served", SCHEMA, UNASKED),
    "Renamed": lambda: Renamed(cues(), "mine"),
    "RulesPredictor": lambda: open_model("job_titles.rules"),
    "SplitPredictor": lambda: open_model("job_titles.split"),
    "TextPredictor": lambda: open_model("job_adverts.network"),
    "TransformerPredictor": lambda: open_model("emotion"),
    "TunedPredictor": lambda: TunedPredictor(prompted(), {}, 0),
}


@pytest.fixture(scope="module", params=sorted(MAKERS))
def model(request: pytest.FixtureRequest) -> Predictor:
    return MAKERS[request.param]()


def test_every_predictor_is_asked_here() -> None:
    roots = (textwright.predictors, textwright.packs)
    names = [each.name for root in roots for each in walk_packages(root.__path__, f"{root.__name__}.")]
    found = [kind for name in names for kind in vars(import_module(name)).values() if isinstance(kind, type)]
    ours = {kind.__name__ for kind in found if kind.__module__ in names and hasattr(kind, "predict")}
    abstract = {kind.__name__ for kind in found if isabstract(kind)}
    assert ours - abstract == set(MAKERS) - {"Renamed"}


@pytest.mark.parametrize("text", ["abc", ""])
def test_one_string_is_no_list_of_texts(model: Predictor, text: str) -> None:
    ways = [getattr(model, way) for way in ("predict", "answer", "stream", "score", "evidence") if hasattr(model, way)]
    for ask in ways:
        with pytest.raises(DataError, match=rf"found one string, '{text}', expected a list of texts.* write \[text\]"):
            list(ask(text))


@pytest.mark.parametrize("other", [float("nan"), None, 5, b"Nurse"])
def test_what_is_no_text_is_named(model: Predictor, other: object) -> None:
    ways = [getattr(model, way) for way in ("predict", "answer", "stream", "score", "evidence") if hasattr(model, way)]
    for ask in ways:
        with pytest.raises(DataError, match=rf"found {type(other).__name__} .* in the place of a text"):
            list(ask(["Nurse", other]))


def test_a_list_of_one_text_is_answered() -> None:
    model = joint()
    assert model.predict(["Nurse"]) == model.predict(["Nurse", "Cook"])[:1]


def test_model_shows_itself_in_one_line(model: Predictor) -> None:
    shown = repr(model)
    assert len(shown) < 300
    assert shown.startswith(f"<{type(model).__name__} ")
    assert all(name in shown for name in (*model.schema.spans, *(task.name for task in model.schema.tasks)))


class Foreign:
    """Somebody's own predictor, which knows nothing of the mistake."""

    schema = SCHEMA

    def predict(self, texts: Any) -> list[Annotation]:
        return [Annotation(()) for _ in texts]


def test_answers_refuse_one_string_for_any_predictor() -> None:
    with pytest.raises(DataError, match=r"write \[text\]"):
        list(answers(Foreign(), "abc"))
    assert len(list(answers(Foreign(), ["abc"]))) == 1


def test_a_long_text_is_repeated_in_part() -> None:
    with pytest.raises(DataError) as refused:
        cues().predict("Nurse " * 1000)
    assert len(str(refused.value)) < 200
