"""What every way of cutting a text gives: pieces with their places."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A piece of a text that stands at `[start, end)`, in code points, and what kind of thing it is."""

    text: str
    start: int
    end: int
    kind: str
