"""Models that are quick, and some that misbehave as models and machines do."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from textwright.errors import PredictionError
from textwright.schema import Schema, schema_of
from textwright.types import Annotation, Category, Span


class First:
    """Marks the first word, and says whether the text is long; has no answer where an x is."""

    schema: Schema = schema_of(["FIRST"], tasks={"length": ["long", "short"]})

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        for i, text in enumerate(texts):
            if "x" in text:
                raise PredictionError(i, "an x is too much")
        return [answer(text) for text in texts]


def answer(text: str) -> Annotation:
    end = len(text.split(" ")[0])
    length = Category("length", "long" if len(text) > 10 else "short")
    return Annotation((Span(0, end, "FIRST"),) if end else (), (length,))


class Slow(First):
    """Takes a hundredth of a second for each text."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        time.sleep(0.01 * len(texts))
        return super().predict(texts)


class Dies(First):
    """Ends its process without a word at the first text that asks for it, if nobody has done so before."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        if any("die" in text for text in texts) and may_die():
            os.kill(os.getpid(), signal.SIGKILL)
        return super().predict(texts)


def may_die() -> bool:
    """Say so once a folder; always where the environment names none."""
    place = os.environ.get("TEXTWRIGHT_TEST_DIED")
    if place is None:
        return True
    try:
        Path(place).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


class Open(First):
    """Uses a label that its schema does not list, but allows."""

    schema: Schema = Schema(open=True)


class Broken(First):
    """Has a fault of its own."""

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        raise ZeroDivisionError("a fault of the model")
