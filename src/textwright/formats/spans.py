"""Spans as other tools write them: checked against the text, and against the words they quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from textwright.errors import DataError
from textwright.formats.jsonl import offset_message
from textwright.formats.records import score_of
from textwright.types import Example, Span


def checked(start: Any, end: Any, label: Any, text: str, score: Any = None) -> Span:
    """Build a span that lies in the text. Raise `DataError` that says what its offsets may be."""
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise DataError(offset_message(start, end, text))
    if type(label) is not str or not label:
        raise DataError(f"the label of span [{start}, {end}) is {label!r}, expected a string")
    return Span(start, end, label, score_of(score))


def quoted(span: Span, text: str, quote: Any) -> Span:
    """Return a span whose words are `quote`, if that is a string. Raise `DataError` when they are not."""
    marked = text[span.start : span.end]
    if type(quote) is not str or same_words(marked, quote):
        return span
    reason = f"span [{span.start}, {span.end}) marks {marked!r}, but the file says {quote!r}"
    units = from_utf16(span.start, span.end, text)
    if units and same_words(text[slice(*units)], quote):
        reason += f"; it would fit if counted in UTF-16 units, as JavaScript does: [{units[0]}, {units[1]})"
    raise DataError(reason)


def same_words(marked: str, quote: str) -> bool:
    """Say whether two strings have the same words, white space apart (pages fold it)."""
    return marked == quote or marked.split() == quote.replace("\\n", " ").split()


def from_utf16(start: int, end: int, text: str) -> tuple[int, int] | None:
    """Return offsets in UTF-16 units as code points, or None where they do not fit.

    >>> from_utf16(3, 8, "👩 Nurse")
    (2, 7)
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if not 0 <= start < end <= len(units) // 2:
        return None
    try:
        return len(units[: 2 * start].decode("utf-16-le")), len(units[: 2 * end].decode("utf-16-le"))
    except UnicodeDecodeError:
        return None


def edge_warnings(example: Example) -> Iterable[str]:
    """Say which spans begin or end with white space, and which offsets would not."""
    for span in example.gold.spans or ():
        marked = example.text[span.start : span.end]
        if marked[0].isspace() or marked[-1].isspace():
            yield f"{example.id}: {span.label} [{span.start}, {span.end}) {_edge(span, marked)}"


def _edge(span: Span, marked: str) -> str:
    if not marked.strip():
        return "is white space alone"
    start = span.start + len(marked) - len(marked.lstrip())
    return f"begins or ends with white space; [{start}, {start + len(marked.strip())}) would not"


Key = tuple[int, int, str]


def ids_of(spans: Iterable[tuple[Span, Any]]) -> list[dict[str, Any]]:
    """Return the ids that another tool gave to spans, to be kept beside the relations that use them."""
    return [{"id": id, "start": s.start, "end": s.end, "label": s.label} for s, id in spans]  # noqa: A001


class KnownIds:
    """The ids of spans that relations speak of; a span that had none gets a new one."""

    def __init__(self, kept: Any) -> None:
        """Take what `ids_of` kept; anything else is ignored."""
        items = [each for each in kept if isinstance(each, Mapping)] if isinstance(kept, list) else []
        self._kept = [((each.get("start"), each.get("end"), each.get("label")), each.get("id")) for each in items]
        taken = {id for _, id in self._kept}  # noqa: A001
        self._new = (number for number in count(1) if number not in taken)

    def __call__(self, span: Span) -> Any:
        """Return the id of a span; two equal spans get their two ids."""
        for i, (key, id) in enumerate(self._kept):  # noqa: A001
            if key == (span.start, span.end, span.label):
                del self._kept[i]
                return id
        return next(self._new)
