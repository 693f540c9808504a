"""Repair a text while keeping, for each character, where it came from.

The replacements are the fixed list of `clean.json`, tried from left to right, the longest first.
TypeScript reads the same file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text made from another, with the way back.

    Character `i` of `text` came from `[starts[i], ends[i])` of the raw text, in code points. None
    for both: the text is the raw text itself.
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
