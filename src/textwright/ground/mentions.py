"""What goes into grounding and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from textwright.types import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """What a language model says stands in the text; `occurrence` 2: it means the second place of `text`."""

    label: str
    text: str
    occurrence: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A mention that was placed although the text writes it differently: `found`, at `[start, end)`."""

    label: str
    text: str
    found: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grounding:
    """Where the mentions of an answer stand, in the order of the text, and which stand nowhere, in theirs."""

    spans: tuple[Span, ...]
    repaired: tuple[Repair, ...] = ()
    not_in_text: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands; `exact` says that it stands there as it is written."""

    start: int
    end: int
    exact: bool
