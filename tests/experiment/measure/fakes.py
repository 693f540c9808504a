"""Models that do what models should not, and some that do what they should; opened as `python:` references."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textwright.errors import PredictionError
from textwright.schema import Schema, schema_of
from textwright.types import Annotation, Answer, Category, Scores, Span, Usage

SCHEMA = schema_of(["WORD", "OTHER"], tasks={"mood": ["good", "bad"]})


def first_word(text: str) -> Annotation:
    """Mark the first word, and find every text good."""
    word = text.split(" ")[0]
    spans = (Span(0, len(word), "WORD", 0.8),) if word else ()
    return Annotation(spans, (Category("mood", "good", 0.6),))


@dataclass(frozen=True, slots=True)
class Fake:
    """Answers each text by a function."""

    answer_one: Callable[[str], Annotation] = first_word
    name: str = "fake"
    schema: Schema = SCHEMA

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [self.answer_one(text) for text in texts]


@dataclass(frozen=True, slots=True)
class Scoring(Fake):
    """Knows probabilities: the first word with 0.8, another label that nobody annotated with 0.5, good with 0.6."""

    def score(self, texts: Sequence[str]) -> list[Scores]:
        return [self._scores(first_word(text)) for text in texts]

    @staticmethod
    def _scores(found: Annotation) -> Scores:
        spans = found.spans or ()
        others = tuple(Span(each.start, each.end, "OTHER", 0.5) for each in spans)
        return Scores((*spans, *others), (Category("mood", "good", 0.6), Category("mood", "bad", 0.4)))


@dataclass(frozen=True, slots=True)
class Failing(Fake):
    """Has no answer to texts with a question mark."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        for place, text in enumerate(texts):
            if "?" in text:
                raise PredictionError(place, "no questions")
        return [first_word(text) for text in texts]


@dataclass(frozen=True, slots=True)
class Strange(Fake):
    """Can be written to a folder, of a kind that nobody knows."""

    config: Mapping[str, Any] = field(default_factory=lambda: {"kind": "strange", "version": 1})
    files: Mapping[str, bytes] = field(default_factory=dict)
    size_bytes: int = 0

    @staticmethod
    def open(folder: Path) -> Strange:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Paid(Fake):
    """Tells what each answer cost; of an answer that was kept, what it took when it was asked."""

    calls: int = 1

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        usage = Usage(prompt_tokens=30, completion_tokens=6, cost=0.002, calls=self.calls, seconds=0.5)
        return [Answer(first_word(text), usage=usage) for text in texts]


def kept() -> Paid:
    return Paid(calls=0)


def large() -> Fake:
    """Hold 64 MB that are touched, as weights are."""
    held = bytearray(b"x" * 64_000_000)
    return Fake(lambda text: first_word(text) if held else Annotation())


def killed() -> Fake:
    os.kill(os.getpid(), signal.SIGKILL)
    return Fake()


def crashing() -> Fake:
    os.abort()


def hanging() -> Fake:
    time.sleep(600)
    return Fake()


def hungry() -> Fake:
    raise MemoryError


def talking() -> Fake:
    """Write to standard output, as many a library does."""
    print("loading weights ...")
    return Fake()
