"""The plain data that every part of textwright exchanges.

Offsets are Unicode code points, half open: `text[span.start:span.end]` is what the span marks.
Nothing here changes after it is made; build a new value with `dataclasses.replace`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from textwright.display import Shown
from textwright.errors import DataError

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with a label: `[start, end)` in code points. The score is not compared."""

    start: int
    end: int
    label: str
    score: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Category:
    """A label for the whole text, as an answer to `task`. The score is not compared."""

    task: str
    label: str
    score: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Annotation(Shown):
    """What is said of one text. `None`: that layer was not annotated; `()`: nothing is there.

    >>> Annotation(spans=(Span(0, 6, "SENIORITY"),)).categories is None
    True
    """

    spans: tuple[Span, ...] | None = None
    categories: tuple[Category, ...] | None = None


@dataclass(frozen=True, slots=True)
class Example(Shown):
    """A text with its gold annotation. `extra` keeps the keys of the file that we do not know."""

    id: str
    text: str
    gold: Annotation = Annotation()
    meta: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    annotator: str | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text has no answer. `kind` is a short stable word, `reason` a sentence for a person."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What one answer cost: tokens in and out, money in dollars, calls made, seconds waited.

    `unpriced` are the answers among them whose price nobody knows: `cost` does not hold them.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float = 0.0
    calls: int = 0
    seconds: float = 0.0
    unpriced: int = 0

    def __add__(self, other: Usage) -> Usage:
        """Add up what two answers cost."""
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cost + other.cost,
            self.calls + other.calls,
            self.seconds + other.seconds,
            self.unpriced + other.unpriced,
        )


@dataclass(frozen=True, slots=True)
class Answer(Shown):
    """What a predictor says of one text: an annotation, or the problem that prevented one."""

    annotation: Annotation | None
    problem: Problem | None = None
    usage: Usage | None = None
    notes: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities for one text: candidate spans and every category, each with its score."""

    spans: tuple[Span, ...] = ()
    categories: tuple[Category, ...] = ()


def only_examples(given: Iterable[Example]) -> Iterator[Example]:
    """Go through examples. Raise `DataError` at anything else, such as a bare text or the path of a file."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise DataError(f"found {_shown(given)}, expected several examples: a list, or Dataset.read(path)")
    for each in given:
        if not isinstance(each, Example):
            raise DataError(f"found {_shown(each)} among examples, expected Example(id, text)")
        yield each


def _shown(given: object) -> str:
    """Name what was given, and how it begins."""
    return f"{type(given).__name__} {str(given)[:60]!r}"


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans by start; of two that start together the longer comes first.

    >>> [s.label for s in in_order([Span(0, 6, "SENIORITY"), Span(0, 12, "JOBTITLE")])]
    ['JOBTITLE', 'SENIORITY']
    """
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.label)))
