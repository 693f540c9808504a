"""The one method that every way of answering has, and how everybody calls it.

A dictionary, a prompt, a network and a model behind a URL are all a `Predictor`. Whoever must go
on when one text fails calls `answers`, not `predict`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import replace
from itertools import islice
from typing import Any, Protocol, runtime_checkable

from textwright.errors import DataError, ModelError, PredictionError
from textwright.schema import Schema
from textwright.types import NOTHING, Annotation, Answer, Example, Problem, Scores

# Keys of an example that belong to an earlier answer, and how each begins in JSON, as a table holds it.
NOTES = {"answer": "{", "details": '{"cached"', "error": "", "evidence": "["}
# How much of a text an error repeats, in code points.
SHOWN = 60


class Predictor(Protocol):
    """Anything that annotates texts.

    `predict` gives one annotation a text, in order; `[]` gives `[]`. It raises `PredictionError`
    at the first text that has no answer. `testing.check_predictor` holds the whole contract.
    """

    @property
    def schema(self) -> Schema:
        """Return the labels and tasks that the answers use."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text."""


@runtime_checkable
class Answerer(Protocol):
    """A predictor that can fail for one text, or that has something to tell beside the answer."""

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Answer each text; a failure is an `Answer` with a problem, never an exception."""


@runtime_checkable
class Streamer(Protocol):
    """A predictor that answers texts as they come, several at once perhaps."""

    def stream(self, texts: Iterable[str]) -> Iterator[Answer]:
        """Answer texts in order and in constant memory; a failure is an `Answer` with a problem."""


@runtime_checkable
class Scorer(Protocol):
    """A predictor that knows probabilities: calibration, distilling and active learning ask it."""

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give candidate spans and every category with their probabilities."""


class Exportable(Predictor, Protocol):
    """A predictor that can be written to a folder: `config` and the content of its other files by name."""

    @property
    def name(self) -> str:
        """Return the model's name."""

    @property
    def config(self) -> Mapping[str, Any]:
        """Return what `config.json` holds; `kind` and `version` say which class opens the folder."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return what stands in the folder beside the configuration, by path."""

    @property
    def size_bytes(self) -> int:
        """Return the size of what a runtime loads."""


class InOneLine:
    """Shows a predictor in one line: its class, its name and what it answers, not its bytes.

    A dataclass needs `repr=False` beside it.
    """

    __slots__ = ()

    def __repr__(self: Predictor) -> str:
        """Name what it is and what it answers."""
        name = getattr(self, "name", "") or self.schema.name
        known = [*self.schema.spans, *(task.name for task in self.schema.tasks)]
        answers = ", ".join(known) or ("any label" if self.schema.open else "nothing")
        return f"<{type(self).__name__} {name}: {answers}>"


class Trainer(Protocol):
    """Settings that `fit` turns into a finished predictor. A trainer can be used again."""

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
        """Learn from `train`; choose and stop early on `dev`."""


def refuse_one_text(texts: Iterable[str]) -> None:
    """Raise `DataError` for one string in the place of several texts, and for what is no text among them.

    Each letter of the one would be taken for a text; the other is often a table's empty cell (NaN, None).
    """
    _refuse_string(texts)
    given: Iterable[Any] = texts if isinstance(texts, Sized) else ()
    for other in (each for each in given if not isinstance(each, str)):
        raise DataError(f"found {type(other).__name__} ({other!r:.{SHOWN}}) in the place of a text, expected a string")


def _refuse_string(texts: Iterable[str]) -> None:
    if isinstance(texts, str):
        shown = texts if len(texts) <= SHOWN else f"{texts[:SHOWN]}..."
        raise DataError(f"found one string, {shown!r}, expected a list of texts. For one text write [text]")


def answers(predictor: Predictor, texts: Iterable[str], *, batch: int = 256) -> Iterator[Answer]:
    """Answer texts one after another in constant memory, whatever the predictor.

    A text that the predictor cannot answer gives an `Answer` with a problem; the others get
    theirs. Order is kept.
    """
    _refuse_string(texts)
    if batch < 1:
        raise ValueError(f"batch is {batch}, must be at least 1")
    if isinstance(predictor, Streamer):
        yield from predictor.stream(texts)
        return
    waiting = iter(texts)
    while chunk := list(islice(waiting, batch)):
        yield from answer_batch(predictor, chunk)


def answer_batch(predictor: Predictor, texts: Sequence[str]) -> list[Answer]:
    """Answer one batch; find and set aside the texts that fail.

    Of a batch with too few or too many answers nobody knows whose they are, so that each text is asked alone. A span
    that is not in its text is no answer: no file that is written with it could be read again.
    """
    refuse_one_text(texts)
    found = predictor.answer(texts) if isinstance(predictor, Answerer) else _predicted(predictor, texts)
    if len(found) == len(texts):
        return list(map(_fitting, texts, found))
    if len(texts) == 1:
        return [Answer(None, Problem("model", f"the model gave {len(found)} annotations for one text"))]
    return [answer for text in texts for answer in answer_batch(predictor, [text])]


def _fitting(text: str, answer: Answer) -> Answer:
    """Return the answer, or the problem that one of its spans does not lie in the text."""
    spans = answer.annotation.spans if answer.annotation else None
    outside = next((span for span in spans or () if not 0 <= span.start < span.end <= len(text)), None)
    if outside is None:
        return answer
    found = f"the span [{outside.start}, {outside.end}) {outside.label}"
    problem = Problem("model", f"the model gave {found} for a text of {len(text)} code points")
    return replace(answer, annotation=None, problem=problem)


def _predicted(predictor: Predictor, texts: Sequence[str]) -> list[Answer]:
    """Answer the texts before and behind those that fail; as many as the model gives."""
    found: list[Answer] = []
    rest = texts
    while rest:
        try:
            return found + list(map(Answer, _annotations(predictor, rest)))
        except PredictionError as error:
            place = min(max(error.index, 0), len(rest) - 1)
            found += answer_batch(predictor, rest[:place])
            found.append(Answer(None, Problem("prediction", error.reason)))
            rest = rest[place + 1 :]
    return found


def _annotations(predictor: Predictor, texts: Sequence[str]) -> list[Annotation]:
    """Ask a predictor; one that gives anything but annotations is somebody's mistake, and is named."""
    given: Any = predictor.predict(texts)
    found = list(given) if isinstance(given, Iterable) else [given]
    wrong = next((each for each in found if not isinstance(each, Annotation)), found)
    if wrong is not found:
        name = f"{type(predictor).__name__}.predict"
        raise ModelError(f"{name} gave {type(wrong).__name__}, expected a list with an Annotation for each text")
    return found


def with_answer(example: Example, answer: Annotation, notes: Mapping[str, Any] = NOTHING) -> Example:
    """Put an answer in place of what was annotated; a layer that the model does not know stays.

    What was noted beside an earlier answer goes; what has the same name and is none of ours stays.
    """
    gold = example.gold
    spans = gold.spans if answer.spans is None else answer.spans
    categories = gold.categories if answer.categories is None else answer.categories
    extra = example.extra
    if notes or not NOTES.keys().isdisjoint(extra):
        extra = {**{key: value for key, value in extra.items() if not _is_note(key, value)}, **notes}
    return Example(example.id, example.text, Annotation(spans, categories), example.meta, example.annotator, extra)


def _is_note(key: str, value: Any) -> bool:
    """Say whether a key was noted beside an answer, and is not somebody's own of the same name.

    >>> _is_note("details", {"cached": False, "calls": 1}), _is_note("details", "See our site"), _is_note("answer", "B")
    (True, False, False)
    """
    if key not in NOTES:
        return False
    said = value if isinstance(value, str) else json.dumps(value, default=str)
    return said.startswith(NOTES[key])
