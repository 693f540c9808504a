from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from textwright import trust
from textwright.errors import ModelError, PredictionError
from textwright.predictor import answers
from textwright.predictors.cascade import CascadePredictor, Step, confidence, threshold_for
from textwright.references import open_model
from textwright.schema import Schema, schema_of
from textwright.testing import check_predictor
from textwright.types import Annotation, Category, Scores, Span

TOWNS = schema_of(["TOWN"])


@dataclass(frozen=True)
class Marks:
    """Mark the whole of the texts that it knows, as sure as it says."""

    known: dict[str, float]
    schema: Schema = TOWNS

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation(tuple(Span(0, len(text), "TOWN") for _ in range(text in self.known))) for text in texts]

    def score(self, texts: Sequence[str]) -> list[Scores]:
        return [Scores((Span(0, len(text), "TOWN", self.known[text]),) if text in self.known else ()) for text in texts]


class Mute:
    """Know no probability, and have no answer to some texts."""

    schema = TOWNS

    def __init__(self, *without: str) -> None:
        self.without = without

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        for place, text in enumerate(texts):
            if text in self.without:
                raise PredictionError(place, "too hard")
        return [Annotation((Span(0, len(text) - 1, "TOWN"),)) for text in texts]


def cascade(*steps: Step) -> CascadePredictor:
    return CascadePredictor("test", steps)


def who(model: CascadePredictor, texts: Sequence[str]) -> list[object]:
    return [answer.notes["answered_by"] for answer in model.answer(texts)]


def test_the_second_answers_where_the_first_finds_nothing() -> None:
    model = cascade(Step(Marks({"York": 1.0}), "first", "empty"), Step(Mute(), "second"))
    assert model.predict(["Hove", "York", "Bath"]) == [
        Annotation((Span(0, 3, "TOWN"),)),
        Annotation((Span(0, 4, "TOWN"),)),
        Annotation((Span(0, 3, "TOWN"),)),
    ]
    assert who(model, ["Hove", "York"]) == ["second", "first"]


def test_the_second_answers_where_the_first_is_unsure() -> None:
    first = Step(Marks({"York": 0.95, "Hove": 0.6}), "first", "unsure", below=0.8)
    assert who(cascade(first, Step(Mute(), "second")), ["York", "Hove", "Bath"]) == ["first", "second", "first"]


def test_three_steps_are_asked_one_after_the_other() -> None:
    steps = Step(Marks({"York": 1.0}), "a", "empty"), Step(Marks({"Hove": 1.0}), "b", "empty"), Step(Mute(), "c")
    assert who(cascade(*steps), ["Bath", "Hove", "York"]) == ["c", "b", "a"]


def test_a_text_that_the_first_cannot_answer_goes_on() -> None:
    model = cascade(Step(Mute("York"), "first", "empty"), Step(Marks({"York": 1.0}), "second"))
    assert who(model, ["York", "Hove"]) == ["second", "first"]


def test_a_text_that_nobody_answers_is_a_problem_of_its_own() -> None:
    model = cascade(Step(Mute("York"), "first", "empty"), Step(Mute("York"), "second"))
    found = list(answers(model, ["Hove", "York"]))
    assert found[0].annotation is not None
    assert found[1].problem is not None
    assert found[1].problem.reason == "too hard"
    with pytest.raises(PredictionError, match="text 1: too hard"):
        model.predict(["Hove", "York"])


@pytest.mark.parametrize(
    ("annotation", "scores", "expected"),
    [
        (Annotation(()), Scores(), 1.0),
        (Annotation(()), Scores((Span(0, 2, "A", 0.2),)), 0.8),
        (Annotation((Span(0, 2, "A"),)), Scores((Span(0, 2, "A", 0.9),)), 0.9),
        (Annotation((Span(0, 2, "A"),)), Scores(()), 0.0),
        (Annotation((Span(0, 2, "A"), Span(0, 1, "B"))), Scores((Span(0, 2, "A", 0.9), Span(0, 1, "B", 0.4))), 0.4),
        (
            Annotation(categories=(Category("mood", "good"),)),
            Scores(categories=(Category("mood", "good", 0.75), Category("mood", "bad", 0.25))),
            0.75,
        ),
    ],
)
def test_an_answer_is_as_sure_as_its_least_sure_part(annotation: Annotation, scores: Scores, expected: float) -> None:
    assert confidence(annotation, scores) == pytest.approx(expected)


def test_a_share_becomes_the_confidence_below_which_it_lies() -> None:
    known = {f"town {i}": 0.5 + i / 200 for i in range(100)}
    model = Marks(known)
    below = threshold_for(model, 0.1, list(known))
    asked = cascade(Step(model, "first", "unsure", below), Step(Mute(), "second"))
    assert who(asked, list(known)).count("second") == 10


# --- from a file ----------------------------------------------------------------------------

RULES_FIRST = '[[step]]\nmodel = "job_titles.rules"\npass_on = "empty"\n[[step]]\nmodel = "job_titles.network"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_cascade_of_a_file_keeps_the_contract(folder: Path) -> None:
    Path("rules first.toml").write_text(RULES_FIRST)
    model = open_model("cascade:rules first.toml")
    assert isinstance(model, CascadePredictor)
    assert model.name == "rules first"
    assert model.size_bytes > 2_000_000
    check_predictor(model)


def test_files_and_folders_are_looked_for_beside_the_file(folder: Path) -> None:
    Path("deep").mkdir()
    Path("deep/inner.toml").write_text(RULES_FIRST)
    Path("deep/titles.txt").write_text("Senior Nurse\nHead of Design, Leeds\n")
    outer = '[[step]]\nmodel = "job_titles.network"\npass_on = "unsure"\nshare = 0.3\ntexts = "titles.txt"\n'
    Path("deep/outer.toml").write_text(outer + '[[step]]\nmodel = "cascade:inner.toml"\n')
    model = open_model("cascade:deep/outer.toml")
    assert isinstance(model, CascadePredictor)
    assert isinstance(model.steps[1].model, CascadePredictor)
    assert 0 < model.steps[0].below <= 1


LAST = '[[step]]\nmodel = "job_titles.network"\n'


def step(*lines: str, model: str = "job_titles.network") -> str:
    return "\n".join(["[[step]]", f'model = "{model}"', *lines]) + "\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[step", "c.toml: Expected"),
        ("", "a cascade has two steps or more"),
        (LAST, "a cascade has two steps or more"),
        ("colour = 1\n" + LAST + LAST, "unknown key 'colour'. Known keys: name, step"),
        (step("when = 1") + LAST, "step 1: unknown key 'when'. Known keys: below, model, pass_on, share, texts"),
        (step() + LAST, 'step 1: pass_on is None, expected "empty" or "unsure"'),
        (LAST.replace('"job_titles.network"', "3") + LAST, "step 1: model is 3"),
        (step('pass_on = "empty"') + step('pass_on = "empty"'), "step 2: the last step passes nothing on"),
        (step('pass_on = "unsure"') + LAST, "needs either below"),
        (step('pass_on = "unsure"', "below = 2") + LAST, r"below is 2, expected a number in \(0, 1\)"),
        (step('pass_on = "unsure"', "share = 0.1") + LAST, "share needs texts"),
        (step('pass_on = "unsure"', "below = 0.5", model="job_titles.split") + LAST, "gives no probabilities"),
        (step('pass_on = "empty"', model="job_titels") + LAST, "Did you mean job_titles"),
        (step('pass_on = "empty"', model="./nowhere") + LAST, "nowhere: no such folder"),
        (step('pass_on = "empty"', model="python:towns:model") + LAST, "do not have the same labels; they differ in"),
        (step('pass_on = "empty"') + step(model="cascade:c.toml"), r"asks itself never ends \(c.toml -> c.toml\)"),
    ],
)
def test_a_file_that_is_wrong_is_named(folder: Path, content: str, message: str) -> None:
    Path("c.toml").write_text(content)
    Path("towns.py").write_text(
        "from textwright.schema import schema_of\n"
        "class Towns:\n    schema = schema_of(['TOWN'])\n    predict = staticmethod(list)\nmodel = Towns()\n"
    )
    trust.name(["python:towns:model"])
    with pytest.raises(ModelError, match=message):
        open_model("cascade:c.toml")


def test_no_texts_are_no_share() -> None:
    with pytest.raises(ModelError, match="the file of texts is empty"):
        threshold_for(Marks({}), 0.1, [])
