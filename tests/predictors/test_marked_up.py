"""A model that reads text answers about HTML and Markdown, in offsets of the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from textwright.errors import ModelError, PredictionError
from textwright.predictor import answers
from textwright.predictors.marked_up import marked_up
from textwright.references import open_model
from textwright.schema import Schema, schema_of
from textwright.testing import HOSTILE_TEXTS, check_predictor
from textwright.types import Annotation, Answer, Span

WORD = schema_of(["WORD"])


@dataclass(frozen=True)
class Words:
    """Marks each word in capitals, in texts that are long enough."""

    schema: Schema = WORD
    name: str = "words"
    beyond: int = 0

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [self._marked(place, text) for place, text in enumerate(texts)]

    def _marked(self, place: int, text: str) -> Annotation:
        if text == "no":
            raise PredictionError(place, "it says no")
        words = [word for word in text.split() if word.isupper()]
        starts = [text.index(word) for word in words]
        return Annotation(tuple(Span(s, s + len(w) + self.beyond, "WORD") for s, w in zip(starts, words, strict=True)))


@dataclass(frozen=True)
class Witness(Words):
    """Notes what it saw of each text."""

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        evidence = [[{"start": 0, "end": len(text), "label": "all"}] for text in texts]
        return [Answer(Annotation(()), notes={"evidence": each, "seen": 1}) for each in evidence]


MARKED = [
    ("html", "<p>an <b>ICU</b> nurse</p>", ["ICU"]),
    ("html", "<i>R&amp;D</i> at <a href='NOT'>A<b>B</b>C</a>", ["R&amp;D", "A<b>B</b>C"]),
    ("html", "<script>NOT</script><!-- NOT -->yes", []),
    ("markdown", "# an *ICU* nurse, R\\&D", ["ICU", "R\\&D"]),
    ("markdown", "a <b title='NOT'>B</b> [C](NOT)", ["B", "C"]),
]


@pytest.mark.parametrize(("markup", "source", "marked"), MARKED)
def test_spans_are_those_of_the_source(markup: str, source: str, marked: list[str]) -> None:
    [annotation] = marked_up(Words(), markup).predict([source])
    assert [source[span.start : span.end] for span in annotation.spans or ()] == marked


@pytest.mark.parametrize("markup", ["html", "markdown"])
@pytest.mark.parametrize("model", ["job_titles.rules", "job_titles", "job_adverts"])
def test_it_keeps_the_contract(model: str, markup: str) -> None:
    check_predictor(marked_up(open_model(model), markup), [*HOSTILE_TEXTS, *(source for _, source, _ in MARKED)])


def test_one_text_that_fails_ends_nothing() -> None:
    found = list(answers(marked_up(Words(), "html"), ["<p>A</p>", "<b>no</b>", "B"]))
    assert [each.problem.reason if each.problem else len(each.annotation.spans or ()) for each in found if each] == [
        1,
        "it says no",
        1,
    ]
    with pytest.raises(PredictionError, match="text 1: it says no"):
        marked_up(Words(), "html").predict(["A", "<p>no", "B"])


def test_sentences_that_decided_are_those_of_the_source() -> None:
    [answer] = marked_up(Witness(), "html").answer(["<p>Our client</p>"])
    assert answer.notes == {"evidence": [{"start": 3, "end": 13, "label": "all"}], "seen": 1}


def test_a_span_outside_the_text_is_no_answer() -> None:
    [answer] = marked_up(Words(beyond=3), "html").answer(["<p>A</p>"])
    assert answer.annotation is None
    assert answer.problem
    assert answer.problem.reason == "the model gave the span [0, 4) WORD for a text of 1 code points"


def test_unknown_markup_is_refused() -> None:
    with pytest.raises(ModelError, match="Known: html, markdown"):
        marked_up(Words(), "xml")


def test_it_has_the_models_name_and_schema() -> None:
    model = marked_up(Words(), "html")
    assert (model.name, model.schema, model.size_bytes) == ("words", Words().schema, 0)
