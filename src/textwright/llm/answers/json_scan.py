"""Where the JSON stands in what a model wrote: its chunks, how deep they go, and where one was cut off.

One pass over brackets, commas and strings; nothing is parsed here, so that no answer is too strange or too long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# A string that never ends runs to the end of the answer. The possessive quantifier keeps the search linear.
_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)
_OPEN = re.compile(r"[\[{]")
_CLOSER = {"{": "}", "[": "]"}
DEEPEST = 64


class TooDeepError(ValueError):
    """Brackets inside brackets beyond what any answer needs."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """An object or a list in an answer: `[start, end)`.

    `whole` says that its brackets close. Of one that was cut off, `kept` is its part up to the last whole item,
    closed; None when there is no whole item.
    """

    start: int
    end: int
    whole: bool
    kept: str | None = None


def chunks(raw: str, *, most_cut: int = 20) -> Iterator[Chunk]:
    """Yield the outermost objects and lists, until so many were cut off. Raise `TooDeepError`."""
    place = cut = 0
    while cut < most_cut and (opening := _OPEN.search(raw, place)):
        chunk = _chunk(raw, opening.start())
        yield chunk
        cut += not chunk.whole
        # A bracket in the talk before the answer closes nowhere; what follows it may still be whole.
        place = chunk.end if chunk.whole else chunk.start + 1


def _chunk(raw: str, start: int) -> Chunk:
    stack: list[str] = []
    keep: tuple[int, str] | None = None
    for piece in _PIECE.finditer(raw, start):
        kind = piece[0]
        if kind in _CLOSER:
            stack.append(kind)
            if len(stack) > DEEPEST:
                raise TooDeepError(f"it has brackets inside brackets, more than {DEEPEST} deep")
        elif kind in "]}":
            stack.pop()
            if not stack:
                return Chunk(start, piece.end(), whole=True)
            keep = _keep(stack, piece.end()) or keep
        elif kind == ",":
            keep = _keep(stack, piece.start()) or keep
    return Chunk(start, len(raw), whole=False, kept=None if keep is None else raw[start : keep[0]] + keep[1])


def _keep(stack: list[str], place: int) -> tuple[int, str] | None:
    """Say where to cut and how to close, unless that would cut an item of a list in two."""
    inside = any(outer == "[" and inner == "{" for outer, inner in pairwise(stack))
    return None if inside else (place, "".join(_CLOSER[each] for each in reversed(stack)))
