"""The one converter from code points to the UTF-16 units that JavaScript counts."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from textwright.types import Annotation


def in_utf16(text: str, annotation: Annotation) -> Annotation:
    """Return the annotation with its offsets in UTF-16 units.

    >>> from textwright.types import Span
    >>> in_utf16("👩 UX", Annotation((Span(2, 4, "FIELD"),))).spans
    (Span(start=3, end=5, label='FIELD', score=None),)
    """
    astral = [place for place, char in enumerate(text) if char > "\uffff"]
    if not astral or not annotation.spans:
        return annotation

    def units(place: int) -> int:
        return place + bisect_left(astral, place)

    spans = tuple(replace(span, start=units(span.start), end=units(span.end)) for span in annotation.spans)
    return replace(annotation, spans=spans)
