"""A plain function of one text as a predictor: what somebody has anyway, judged like everything else."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.errors import DataError, PredictionError
from textwright.formats.files import writable
from textwright.formats.jsonl import categories_of, spans_of
from textwright.predictor import InOneLine, refuse_one_text
from textwright.schema import Schema
from textwright.types import Annotation, Answer, Problem

EXPECTED = 'expected [(start, end, label), ...] or {"spans": [...], "categories": [(task, label), ...]}'


@dataclass(frozen=True, slots=True, repr=False)
class FunctionPredictor(InOneLine):
    """Asks a function about each text. What it raises for one text is that text's problem alone.

    The function gives a list of spans, each `(start, end, label)` in code points or an object with these
    keys; or an object with `spans`, `categories` or both; or an `Annotation`.
    """

    name: str
    schema: Schema
    function: Callable[[str], Any]

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text. Raise `PredictionError` at the first that has no answer."""
        return [_annotation(place, answer) for place, answer in enumerate(self.answer(texts))]

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Answer each text; a failure is an `Answer` with a problem."""
        refuse_one_text(texts)
        return [self._answer(text) for text in texts]

    def _answer(self, text: str) -> Answer:
        try:
            said = self.function(text)
        except KeyboardInterrupt:  # whoever presses Ctrl+C means all texts
            raise
        except BaseException as error:  # scripts end themselves (SystemExit) over bad input
            return Answer(None, Problem("function", _cause(error)))
        try:
            annotation = said if isinstance(said, Annotation) else annotation_of(said, text)
        except DataError as error:
            return Answer(None, Problem("function", str(error)))
        problems = self.schema.problems(text, annotation)
        strange = [each for each in problems if each.kind in ("offset", "label", "task")]
        return Answer(None, strange[0]) if strange else Answer(annotation)


def annotation_of(said: Any, text: str) -> Annotation:
    """Read what a function says of a text. Raise `DataError` that says what was expected.

    >>> annotation_of([(0, 4, "TOWN")], "York").spans[0].label
    'TOWN'
    """
    if isinstance(said, Mapping):
        spans, categories = said.get("spans"), said.get("categories")
        if spans is None and categories is None:
            raise DataError(f"the function gave an object without spans and categories, {EXPECTED}")
    elif isinstance(said, list | tuple):
        spans, categories = said, None
    else:
        raise DataError(f"the function gave {type(said).__name__}, {EXPECTED}")
    return Annotation(
        None if spans is None else spans_of([_named(each, ("start", "end", "label")) for each in spans], text),
        None if categories is None else categories_of([_named(each, ("task", "label")) for each in categories]),
    )


def _named(item: Any, names: Sequence[str]) -> Mapping[str, Any]:
    """Give the parts of a tuple their names."""
    if isinstance(item, Mapping):
        return item
    if isinstance(item, list | tuple) and len(item) == len(names):
        return dict(zip(names, item, strict=True))
    found = {name: getattr(item, name) for name in names if hasattr(item, name)}
    if len(found) == len(names):
        return found
    raise DataError(f"the function gave {item!r}, {EXPECTED}")


def _annotation(place: int, answer: Answer) -> Annotation:
    if answer.annotation is None:
        raise PredictionError(place, answer.problem.reason if answer.problem else "no answer")
    return answer.annotation


def _cause(error: BaseException) -> str:
    """Name an error of somebody's code with the line that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return writable(f"{type(error).__name__}: {error} ({last.filename}:{last.lineno})")
