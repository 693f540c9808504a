"""Repair a text while keeping, for each character, where it came from.

The replacements are the fixed list of `clean.json`, tried from left to right, the longest first.
TypeScript reads the same file.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from textwright.types import Span


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text made from another, with the way back.

    Character `i` of `text` came from `[starts[i], ends[i])` of the raw text, in code points; neither
    ever falls. None for both: the text is the raw text itself.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of the raw text from which the characters `[start, end)` came.

        >>> clean("R&amp;D Lead").raw(0, 3)
        (0, 7)
        """
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def raw_spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Carry spans of the text over to the raw text. Raise `ValueError` for one that is empty or outside.

        >>> clean("R&amp;D Lead").raw_spans([Span(0, 3, "TEAM")])
        (Span(start=0, end=7, label='TEAM', score=None),)
        """
        return tuple(self._raw_span(span) for span in spans)

    def _raw_span(self, span: Span) -> Span:
        if not 0 <= span.start < span.end <= len(self.text):
            raise ValueError(f"[{span.start}, {span.end}) is no stretch of a text of {len(self.text)} characters")
        start, end = self.raw(span.start, span.end)
        return replace(span, start=start, end=end)

    def mapped_spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Carry spans of the raw text over to the text.

        A span that cuts what a character was made of takes the whole character, white space at its
        edges aside. A span that covers no character of the text, such as a comment, is left out.

        >>> clean("R&amp;D Lead").mapped_spans([Span(0, 3, "TEAM"), Span(8, 12, "LEVEL")])
        (Span(start=0, end=2, label='TEAM', score=None), Span(start=4, end=8, label='LEVEL', score=None))
        """
        places = ((span, self._place(span.start, span.end)) for span in spans)
        return tuple(replace(span, start=start, end=end) for span, (start, end) in places if start < end)

    def _place(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of the characters that come from `[start, end)` of the raw text; empty when there are none."""
        if self.starts is None or self.ends is None:
            return max(start, 0), min(end, len(self.text))
        first, stop = bisect_right(self.ends, start), bisect_left(self.starts, end)
        while first < stop and self.starts[first] < start and self.text[first].isspace():
            first += 1
        while first < stop and self.ends[stop - 1] > end and self.text[stop - 1].isspace():
            stop -= 1
        return first, stop

    def then(self, other: Mapped) -> Mapped:
        """Join two steps: `other` was made from this text; the answer maps its text to this one's raw text.

        >>> clean("R&amp;amp;D").then(clean("R&amp;D")).raw(1, 2)
        (1, 10)
        """
        if other.starts is None or other.ends is None:
            return replace(self, text=other.text)
        if self.starts is None or self.ends is None:
            return other
        after, length = (self.ends[-1] if self.ends else 0), len(self.starts)
        starts = tuple([self.starts[place] if place < length else after for place in other.starts])
        ends = tuple([self.ends[place - 1] if place > 0 else 0 for place in other.ends])
        return Mapped(other.text, starts, tuple(map(max, starts, ends)))


def clean(text: str) -> Mapped:
    """Repair entities and broken encodings and remove invisible characters.

    >>> clean("Â£30k").text
    '£30k'
    """
    pattern, replacements = _replacements()
    if pattern.search(text) is None:
        return Mapped(text)
    pieces, starts, ends, done = [], list[int](), list[int](), 0
    for match in pattern.finditer(text):
        start, end = match.span()
        new = replacements[match.group()]
        pieces += [text[done:start], new]
        starts += [*range(done, start), *([start] * len(new))]
        ends += [*range(done + 1, start + 1), *([end] * len(new))]
        done = end
    pieces.append(text[done:])
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return Mapped("".join(pieces), tuple(starts), tuple(ends))


@cache
def _replacements() -> tuple[re.Pattern[str], dict[str, str]]:
    data = json.loads((files(__package__) / "clean.json").read_text(encoding="utf-8"))
    replacements = dict(data["replace"])
    longest_first = sorted(replacements, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), replacements
