"""Many numbers or ids, parted: a statement can name but so many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

MOST_NAMED = 500
Named = TypeVar("Named", int, str)


def parts(names: Sequence[Named]) -> Iterable[Sequence[Named]]:
    """Part numbers or ids into lists that a statement can hold."""
    return (names[start : start + MOST_NAMED] for start in range(0, len(names), MOST_NAMED))
