"""Texts that were set aside for judging come up among the others, one in so many, and without a suggestion.

What is handed in for them tells how good a model is, so nobody may be led to what a model says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from textwright.store import queue
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.queue import Wish


def places(first: int, count: int, *, every: int) -> list[int]:
    """Return the places, among an annotator's next texts, of those that were set aside.

    `first` is how many texts he had before.

    >>> places(0, 10, every=4), places(2, 4, every=4)
    ([3, 7], [1])
    """
    return [each - first for each in range(first, first + count) if each % every == every - 1]


def mixed(texts: Sequence[int], aside: Sequence[int], places: Collection[int]) -> list[int]:
    """Put those that were set aside at their places; when one kind is used up, the other goes on.

    >>> mixed([1, 2, 3, 4], [9, 8], [1])
    [1, 9, 2, 3, 4, 8]
    """
    others, found = list(texts), list[int]()
    waiting = list(aside)
    while others or waiting:
        turn = waiting if waiting and (len(found) in places or not others) else others
        found.append(turn.pop(0))
    return found


def take_mixed(
    database: Database, project: Project, wish: Wish, *, first: int, every: int, blind: Callable[[int], bool]
) -> list[int]:
    """Take the next texts of both kinds for an annotator; `first` is how many he had before."""

    def take(count: int, *, aside: bool) -> list[int]:
        one_kind = replace(wish, limit=count, held_out=aside, shown=0 if aside else wish.shown)
        return queue.take_next(database, project, one_kind, blind=(lambda _: True) if aside else blind)

    wanted = places(first, wish.limit, every=every)
    aside = take(len(wanted), aside=True)
    others = take(wish.limit - len(aside), aside=False)
    if len(aside) == len(wanted) and len(others) + len(aside) < wish.limit:
        aside = take(wish.limit - len(others), aside=True)
    return mixed(others, aside, wanted)
