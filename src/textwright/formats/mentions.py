"""Gold as a language model would answer: mentions instead of offsets.

`{"spans": [{"label", "text", "occurrence"?}], "categories": [{"task", "label"}]}`; a mention without an
`occurrence` is the next one of its label and text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from textwright.errors import DataError
from textwright.formats import losses
from textwright.formats.base import LossReport, Options
from textwright.formats.jsonl import categories_of
from textwright.formats.records import Record
from textwright.types import Annotation, Example, Span, in_order


def answer_of(gold: Annotation, text: str) -> Record:
    """Return what a model would answer to get this gold.

    >>> answer_of(Annotation(spans=(Span(7, 12, "ROLE"),)), "Nurse, Nurse")
    {'spans': [{'label': 'ROLE', 'text': 'Nurse', 'occurrence': 2}]}
    """
    answer: Record = {}
    if gold.spans is not None:
        expected: Counter[tuple[str, str]] = Counter()
        answer["spans"] = [_mention(span, text, expected) for span in gold.spans]
    if gold.categories is not None:
        answer["categories"] = [{"task": c.task, "label": c.label} for c in gold.categories]
    return answer


def _mention(span: Span, text: str, expected: Counter[tuple[str, str]]) -> Record:
    marked = text[span.start : span.end]
    occurrence = sum(place <= span.start for place in _places(marked, text))
    expected[span.label, marked] += 1
    mention: Record = {"label": span.label, "text": marked}
    if occurrence == expected[span.label, marked]:
        return mention
    expected[span.label, marked] = occurrence
    return mention | {"occurrence": occurrence}


def _places(marked: str, text: str) -> Iterable[int]:
    """Yield where a string begins in the text, overlapping places too."""
    place = text.find(marked)
    while place >= 0:
        yield place
        place = text.find(marked, place + 1)


def gold_of(answer: Any, text: str) -> tuple[Annotation, list[Record]]:
    """Return the annotation of an answer, and the mentions that do not stand in the text as they are."""
    if type(answer) is not dict or not {"spans", "categories"} & set(answer):
        raise DataError("the answer is not an object with spans or categories")
    spans: tuple[Span, ...] | None = None
    missing: list[Record] = []
    if answer.get("spans") is not None:
        spans, missing = _grounded(answer["spans"], text)
    categories = answer.get("categories")
    return Annotation(spans, None if categories is None else categories_of(categories)), missing


def _grounded(items: Any, text: str) -> tuple[tuple[Span, ...], list[Record]]:
    if type(items) is not list or not all(_is_mention(each) for each in items):
        raise DataError(f"the spans of the answer are {items!r}, expected a list of objects with label and text")
    expected: Counter[tuple[str, str]] = Counter()
    found: list[Span] = []
    missing: list[Record] = []
    for each in items:
        key = (each["label"], each["text"])
        expected[key] = each.get("occurrence") or expected[key] + 1
        places = list(_places(each["text"], text)) if each["text"] else []
        if 1 <= expected[key] <= len(places):
            start = places[expected[key] - 1]
            found.append(Span(start, start + len(each["text"]), each["label"]))
        else:
            missing.append({"label": each["label"], "text": each["text"]})
    return in_order(found), missing


def _is_mention(item: Any) -> bool:
    return (
        type(item) is dict
        and type(item.get("label")) is str
        and type(item.get("text")) is str
        and type(item.get("occurrence", 1)) in {int, type(None)}
    )


def lost_in_mentions(example: Example, options: Options) -> LossReport:
    """Count what an answer does not say."""
    return losses.count(example, options, "span scores", "category scores", "meta", "annotators", "other keys")
