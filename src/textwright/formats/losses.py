"""Counting what a format cannot hold. Ids are no loss: they are derived again when missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from textwright.formats.base import LossReport, Options
from textwright.formats.tasks import can_name
from textwright.types import Annotation, Example, Span

Counter = Callable[[Example, Options], int]


def overlapping(spans: Iterable[Span]) -> int:
    """Count the spans that share a character with one that is kept when the first come first."""
    return len(tuple(spans)) - len(flat(spans))


def flat(spans: Iterable[Span]) -> list[Span]:
    """Keep the outermost of nested spans and the first of crossing ones, so that none overlap.

    >>> [s.label for s in flat([Span(0, 20, "JOBTITLE"), Span(0, 6, "SENIORITY"), Span(22, 28, "LOCATION")])]
    ['JOBTITLE', 'LOCATION']
    """
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return kept


def layers(gold: Annotation) -> list[tuple[object, ...]]:
    """Return the annotated layers."""
    return [layer for layer in (gold.spans, gold.categories) if layer is not None]


COUNTERS: Mapping[str, Counter] = {
    "spans": lambda example, _: len(example.gold.spans or ()),
    "overlapping spans": lambda example, _: overlapping(example.gold.spans or ()),
    "span scores": lambda example, _: sum(s.score is not None for s in example.gold.spans or ()),
    "categories": lambda example, _: len(example.gold.categories or ()),
    "unwritable categories": lambda e, options: sum(not can_name(c, options) for c in e.gold.categories or ()),
    "category scores": lambda example, _: sum(c.score is not None for c in example.gold.categories or ()),
    "meta": lambda example, _: int(bool(example.meta)),
    "annotators": lambda example, _: int(example.annotator is not None),
    "other keys": lambda example, _: len(example.extra),
    "empty layers": lambda example, _: sum(not layer for layer in layers(example.gold)),
    "empty categories": lambda example, _: int(example.gold.categories == ()),
    "texts without annotated spans": lambda example, _: int(example.gold.spans is None),
}


def count(example: Example, options: Options, *kinds: str) -> LossReport:
    """Count what an example has of each of `kinds`, names of `COUNTERS`."""
    found = {kind: COUNTERS[kind](example, options) for kind in kinds}
    return {kind: number for kind, number in found.items() if number}
