"""`answers` gives every text its own answer or its own problem, in order, whatever the predictor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from textwright.errors import ModelError, PredictionError
from textwright.predictor import answers
from textwright.schema import Schema, schema_of
from textwright.testing import check_predictor, check_trainer
from textwright.types import Annotation, Answer, Example, Problem, Span


class Words:
    """Marks the first word, and fails for a text that holds "bad"."""

    schema: Schema = schema_of(["WORD"])

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        for index, text in enumerate(texts):
            if "bad" in text:
                raise PredictionError(index, "it is bad")
        return [Annotation((Span(0, len(t.split()[0]), "WORD"),)) if t.split() else Annotation(()) for t in texts]


class Polite(Words):
    """Says by itself which text failed."""

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        return [Answer(None, Problem("rude", "no")) if "bad" in t else Answer(self.predict([t])[0]) for t in texts]


def test_failing_text_does_not_take_the_others_with_it() -> None:
    found = list(answers(Words(), ["good", "bad", "fine", "bad", "bad"], batch=3))
    assert [answer.annotation is None for answer in found] == [False, True, False, True, True]
    assert found[1].problem == Problem("prediction", "it is bad")
    assert found[2].annotation == Annotation((Span(0, 4, "WORD"),))


def test_predictor_that_answers_for_itself_is_asked() -> None:
    assert [a.problem.kind if a.problem else None for a in answers(Polite(), ["bad", "ok"])] == ["rude", None]


class Miscounting(Words):
    """Breaks the contract: a text has as many annotations as it has words."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        super().predict(texts)
        return [Annotation(()) for text in texts for _ in text.split()]


@pytest.mark.parametrize("texts", [["a", "", "b"], ["", "bad", "a"], ["a", "two words", "bad", ""], [""], ["a b", "c"]])
def test_model_that_miscounts_fails_for_those_texts_alone(texts: list[str]) -> None:
    found = list(answers(Miscounting(), texts))
    right = [len(text.split()) == 1 and text != "bad" for text in texts]
    assert [answer.annotation is not None for answer in found] == right
    assert {a.problem for a in found if a.problem} <= {
        Problem("model", "the model gave 0 annotations for one text"),
        Problem("model", "the model gave 2 annotations for one text"),
        Problem("prediction", "it is bad"),
    }


class Misplacing(Words):
    """Breaks the contract: names a place that the batch does not have."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        raise PredictionError(-1 if len(texts) % 2 else 99, "somewhere")


@pytest.mark.parametrize(("given", "name"), [(None, "NoneType"), ([Annotation(()), None], "NoneType"), ("ab", "str")])
def test_model_that_gives_no_annotations_is_named(given: object, name: str) -> None:
    class Forgetful(Words):
        def predict(self, texts: Sequence[str]) -> list[Annotation]:
            return given  # type: ignore[return-value]

    with pytest.raises(ModelError, match=f"^Forgetful.predict gave {name}, expected a list with an Annotation"):
        list(answers(Forgetful(), ["a", "b"]))


class Marks(Words):
    """Marks what it is told to in every text."""

    def __init__(self, start: int, end: int) -> None:
        self.span = Span(start, end, "WORD")

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation((self.span,)) for _ in texts]


@pytest.mark.parametrize(("start", "end"), [(0, 3), (-1, 1), (2, 1), (1, 1)])
def test_a_span_that_is_not_in_its_text_is_no_answer(start: int, end: int) -> None:
    [short] = answers(Marks(start, end), ["ab"])
    reason = f"the model gave the span [{start}, {end}) WORD for a text of 2 code points"
    assert short == Answer(None, Problem("model", reason))


def test_a_span_outside_one_text_leaves_the_others_their_answers() -> None:
    found = list(answers(Marks(0, 2), ["ab", "\N{GRINNING FACE}", "abc"]))
    assert [answer.annotation is not None for answer in found] == [True, False, True]


def test_place_outside_the_batch_stops_nothing() -> None:
    assert [a.problem for a in answers(Misplacing(), ["a", "b", "c"])] == [Problem("prediction", "somewhere")] * 3


def test_answers_read_no_further_than_a_batch() -> None:
    read = []

    def texts() -> Iterator[str]:
        for i in range(100):
            read.append(i)
            yield "x"

    next(answers(Words(), texts(), batch=10))
    assert len(read) == 10


def test_no_texts_no_answers() -> None:
    assert list(answers(Words(), [])) == []


def test_batch_must_be_positive() -> None:
    with pytest.raises(ValueError, match="batch is 0"):
        list(answers(Words(), ["x"], batch=0))


class Shifting(Words):
    """Breaks the contract: what it answers depends on the first text of the batch."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation((Span(0, 1, "WORD"),)) if len(texts[0]) % 2 and t else Annotation(()) for t in texts]


class Outside(Words):
    """Breaks the contract: its span does not fit."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation((Span(0, len(t) + 1, "WORD"),)) for t in texts]


class Forgetful(Words):
    """Breaks the contract: it drops empty texts."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return super().predict([t for t in texts if t])


class Nameless(Words):
    """Breaks the contract: nobody knows which labels it may use."""

    schema = None  # type: ignore[assignment]


class Unsorted(Words):
    """Breaks the contract: its spans stand in the wrong order."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation((Span(1, 2, "WORD"), Span(0, 1, "WORD"))) if len(t) > 2 else Annotation(()) for t in texts]


def test_good_predictor_passes_the_contract() -> None:
    check_predictor(Words())


@pytest.mark.parametrize(
    ("predictor", "message"),
    [
        (Shifting(), "another answer"),
        (Outside(), "does not fit in the text"),
        (Forgetful(), "annotations"),
        (Unsorted(), "not sorted"),
        (Nameless(), "schema must be a Schema"),
        ("job_titles", "schema must be a Schema"),
    ],
)
def test_broken_predictor_is_caught(predictor: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_predictor(predictor)


class WordsTrainer:
    """A trainer that learns nothing; `moody` breaks the contract by giving another model each time."""

    def __init__(self, *, moody: bool = False) -> None:
        self.moody = moody
        self.times = 0

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Words:
        self.times += 1
        return Unsorted() if self.moody and self.times == 2 else Words()


EXAMPLES = [Example("1", "Nurse in Leeds", Annotation((Span(0, 5, "WORD"),)))]


def test_trainer_is_checked_with_its_predictor() -> None:
    assert isinstance(check_trainer(WordsTrainer(), EXAMPLES, EXAMPLES), Words)
    with pytest.raises(AssertionError, match="two models"):
        check_trainer(WordsTrainer(moody=True), EXAMPLES, EXAMPLES)
