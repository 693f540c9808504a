"""Which texts are nearly the same: found once, for what is set aside and for what is offered for repair."""

from __future__ import annotations

from functools import lru_cache

from textwright.wrangle.numbers.duplicates import duplicates

NEAR = 0.8
# The texts as they came, and as they are worked on.
REMEMBERED = 2


@lru_cache(maxsize=REMEMBERED)
def near_groups(texts: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Return the places of texts that are the same or near so, in groups. Raise `MissingExtraError` without numpy."""
    return tuple(group.places for group in duplicates(texts, near=NEAR))
