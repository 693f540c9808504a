"""Models that behave in ways that commands must cope with."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from textwright.errors import PredictionError
from textwright.schema import Schema, schema_of
from textwright.types import Annotation, Answer, Category, Span


@dataclass(frozen=True)
class Explanation:
    """What a rule says of a span."""

    span: Span | None
    phase: str
    rule: str
    start: int
    end: int


class FirstLetter:
    """Marks the first character of each text."""

    schema: Schema = schema_of(["FIRST"])

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation(spans=(Span(0, 1, "FIRST"),) if text else ()) for text in texts]

    def explain(self, text: str) -> tuple[Explanation, ...]:
        return (Explanation(Span(0, 1, "FIRST"), "letters", "first", 0, 1),) if text else ()


class FailsOnX(FirstLetter):
    """Has no answer for a text that holds an x."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        for i, text in enumerate(texts):
            if "x" in text:
                raise PredictionError(i, "an x is too much")
        return super().predict(texts)


class Slow(FirstLetter):
    """Takes a thousandth of a second for each text."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        time.sleep(0.001 * len(texts))
        return super().predict(texts)


class Tone:
    """Answers for the whole text only."""

    schema: Schema = schema_of([], tasks={"tone": ["calm"]})

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation(categories=(Category("tone", "calm"),)) for _ in texts]


class Crashes(FirstLetter):
    """Has a bug."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        raise ZeroDivisionError("a bug")


class Telling(Tone):
    """Says which words decided."""

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        notes = {"evidence": [{"start": 0, "end": 2, "label": "calm", "score": 0.5}]}
        return [Answer(annotation, notes=notes) for annotation in self.predict(texts)]
