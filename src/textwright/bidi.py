"""Keep a text in its order where a part of it is drawn as a block, in scripts from right to left.

To the bidirectional algorithm a block in a line is one sign that has no direction (Unicode Standard Annex 9), so that
the words before and behind it change places. A mark of direction on both sides gives it that of its own words.
"""

from __future__ import annotations

import unicodedata

LEFT_MARK, RIGHT_MARK = "\u200e", "\u200f"
# Before Hebrew, Unicode has no letter that runs from right to left.
FIRST_RIGHT = "\u0590"
RIGHT = frozenset({"R", "AL"})


def has_right(text: str) -> bool:
    """Say whether something in the text runs from right to left.

    >>> has_right("Größe"), has_right("Dr. כהן")
    (False, True)
    """
    return any(unicodedata.bidirectional(each) in RIGHT for each in text if each >= FIRST_RIGHT)


def mark_for(text: str, before: str) -> str:
    """Return the mark that holds a block with this text in its place behind `before`; empty where it needs none.

    It is that of the letters; a number alone goes with the last letter before it. A block whose letters run both ways
    stays without: it cannot be part of one run.

    >>> [mark_for(text, "כה") == RIGHT_MARK for text in ("מנהל", "50", "UX Lead", "UX כה", "+")]
    [True, True, False, False, False]
    """
    marks = _marks(text)
    if marks or not any(map(str.isdecimal, text)):
        return marks.pop() if len(marks) == 1 else ""
    return next((mark for each in reversed(before) if (mark := _mark(each))), "")


def direction_of(text: str) -> str | None:
    """Return `ltr` or `rtl` where a text begins and ends with a letter and all run one way; else None.

    A number or sign at an end follows what stands around it, so that it may not be given a direction.

    >>> direction_of("UX Lead"), direction_of("50 UX Leads")
    ('ltr', None)
    """
    marks = _marks(text)
    if len(marks) != 1 or not (_mark(text[0]) and _mark(text[-1])):
        return None
    return "ltr" if marks == {LEFT_MARK} else "rtl"


def _marks(text: str) -> set[str]:
    return {_mark(each) for each in text} - {""}


def _mark(letter: str) -> str:
    kind = unicodedata.bidirectional(letter)
    if kind in RIGHT:
        return RIGHT_MARK
    return LEFT_MARK if kind == "L" else ""
