"""A number with its noun."""

from __future__ import annotations


def counted(number: int, one: str, several: str = "") -> str:
    """Write a number with its noun.

    >>> counted(1, "text"), counted(1200, "text"), counted(2, "copy", "copies")
    ('1 text', '1,200 texts', '2 copies')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"
