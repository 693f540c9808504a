"""Counting and sampling what streams by, in bounded memory."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

WAITING = 20_000
T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


class Frequent(Generic[H]):
    """The counts of what is frequent among any number of things.

    When more than `limit` different things are known, the rare half is forgotten. A count is then low by
    `missed` at most, and nothing that occurs oftener is lost: lossy counting (Manku and Motwani 2002,
    Approximate frequency counts over data streams).
    """

    def __init__(self, limit: int) -> None:
        """Begin with nothing."""
        self._limit = limit
        self._known: Counter[H] = Counter()
        self._waiting: list[H] = []
        self._missed = 0

    def add(self, things: Iterable[H]) -> None:
        """Count things, many at a time."""
        self._waiting.extend(things)
        if len(self._waiting) > WAITING:
            self._count()

    def _count(self) -> None:
        self._known.update(self._waiting)
        self._waiting.clear()
        if len(self._known) > self._limit:
            self._forget()

    def _forget(self) -> None:
        bound = sorted(self._known.values(), reverse=True)[self._limit // 2]
        self._known = Counter({thing: count for thing, count in self._known.items() if count > bound})
        self._missed += bound

    @property
    def counts(self) -> Counter[H]:
        """Return the counts of all that is known."""
        self._count()
        return self._known

    @property
    def missed(self) -> int:
        """Return by how much a count may be low."""
        self._count()
        return self._missed

    def __len__(self) -> int:
        """Return how many different things are known."""
        return len(self.counts)

    @property
    def once(self) -> int:
        """Return how many of the known things occurred once."""
        return sum(count == 1 for count in self.counts.values())

    def top(self, number: int) -> tuple[tuple[H, int], ...]:
        """Return the most frequent, with their counts; of equal ones that which came first.

        >>> letters = Frequent[str](100)
        >>> letters.add("abracadabra")
        >>> letters.top(2)
        (('a', 5), ('b', 2))
        """
        return tuple(self.counts.most_common(number))


class Sample(Generic[T]):
    """A fair sample of what goes by, in the order in which it came: reservoir sampling, repeatable by its seed."""

    def __init__(self, size: int, *, seed: int) -> None:
        """Begin with nothing."""
        self._size = size
        self._random = random.Random(seed).random
        self._kept: list[tuple[int, T]] = []
        self.seen = 0

    def add(self, thing: T) -> None:
        """Look at a thing, and perhaps keep it in the place of another."""
        self.seen += 1
        if len(self._kept) < self._size:
            self._kept.append((self.seen, thing))
            return
        place = int(self._random() * self.seen)
        if place < self._size:
            self._kept[place] = (self.seen, thing)

    @property
    def kept(self) -> list[T]:
        """Return the sample."""
        return [thing for _, thing in sorted(self._kept, key=lambda each: each[0])]
