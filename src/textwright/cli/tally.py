"""What a run of questions came to: shown as it goes, and summed up at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from textwright.llm.prompts.mapping import LabelCount, LabelTally
from textwright.predictor import Predictor, answers
from textwright.predictors.prompt import PromptPredictor
from textwright.predictors.prompt_file import Asking
from textwright.schema import Schema
from textwright.types import Annotation, Answer
from textwright.wrangle.counted import counted

MOST_LABELS = 12
SHOWN = 40


class Tally:
    """Counts the answers of a run."""

    def __init__(self, asking: Asking) -> None:
        """Begin at none."""
        self._asking = asking
        self.texts = self.cached = self.failed = self.repaired = self.lost = 0
        self._labels = LabelTally()

    def take(self, text: str, answer: Answer) -> None:
        """Count an answer."""
        details = answer.notes.get("details", {})
        self.texts += 1
        self.cached += bool(details.get("cached"))
        self.failed += answer.annotation is None
        self.repaired += bool(details.get("repaired"))
        self.lost += len(details.get("not_in_text", ()))
        if self._asking.prompt.schema.open and answer.annotation is not None:
            self._take_labels(text, answer.annotation)

    def _take_labels(self, text: str, annotation: Annotation) -> None:
        for span in annotation.spans or ():
            self._labels.add(span.label, text[span.start : span.end])
        for category in annotation.categories or ():
            self._labels.add(category.label, text[:SHOWN])

    def now(self) -> str:
        """Say in a line how far the run is."""
        spent = self._spent()
        return f"{counted(self.texts, 'text')}, {self.cached:,} from the cache, {self.failed:,} failed{spent}"

    def _spent(self) -> str:
        client = self._asking.opened.counted
        if client is None:
            return ""
        spent = client.spent
        money = "" if self._asking.opened.address.startswith("local:") else f", {spent.money}"
        return f", {spent.tokens:,} tokens{money}"

    def lines(self) -> Iterator[str]:
        """Say at the end what was asked of which model, what it took, and what it made up."""
        yield f"{self._asking.settings.model}: {self.now()}"
        if self.repaired or self.lost:
            mended = counted(self.repaired, "answer was", "answers were")
            lost = counted(self.lost, "mention does", "mentions do")
            yield f"{mended} mended, {lost} not stand in their text"
        yield from _labels(self._labels.found())


def _labels(found: Sequence[LabelCount]) -> Iterator[str]:
    if not found:
        return
    yield "labels that the model named (--map A=B gives one another name):"
    for each in found[:MOST_LABELS]:
        yield f"  {each.label}  {each.count:,}, such as {each.sample!r}"
    if len(found) > MOST_LABELS:
        yield f"  and {len(found) - MOST_LABELS:,} more"


@dataclass(frozen=True, slots=True)
class Watched:
    """A predictor whose answers are counted as they come."""

    inner: PromptPredictor
    tally: Tally
    shown: Any

    @property
    def schema(self) -> Schema:
        """Return the schema of the answers."""
        return self.inner.schema

    def stream(self, texts: Iterable[str]) -> Iterator[Answer]:
        """Answer texts, counting."""
        kept: list[str] = []

        def passed() -> Iterator[str]:
            for text in texts:
                kept.append(text)
                yield text

        for answer in answers(self.inner, passed()):
            self.tally.take(kept.pop(0), answer)
            if self.shown is not None:
                self.shown.update(self.tally.now())
            yield answer

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate texts; `stream` is what the command calls."""
        return self.inner.predict(texts)


@contextmanager
def watched(model: PromptPredictor, tally: Tally, *, shown: bool) -> Iterator[Predictor]:
    """Count a model's answers, and show how far it is when somebody looks."""
    if not (shown and sys.stderr.isatty()):
        yield Watched(model, tally, None)
        return
    from rich.console import Console

    with Console(stderr=True).status("asking") as status:
        yield Watched(model, tally, status)
