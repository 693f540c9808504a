"""Texts that stand more than once, the same or near so: groups of them, and what is left without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from textwright.wrangle.numbers.likeness import (
    FEATURES,
    NEAR,
    Features,
    jaccard,
    refuse_bad_nearness,
    same_key,
    words_of,
)

# Of a large bucket so many texts are compared: what is near shares other buckets too.
COMPARED = 50
REMEMBERED = 1 << 13


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that belong together, by place, in order; `same`: all are equal in letters and digits."""

    places: tuple[int, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that was taken out, the kept one that it doubles, and how near the two are, to 1."""

    place: int
    kept: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Deduped:
    """What is left of texts without duplicates, by place, in order; and what was taken out, with whom."""

    kept: tuple[int, ...]
    taken: tuple[Taken, ...]


def duplicates(texts: Iterable[str], *, near: float = NEAR) -> list[Group]:
    """Group the texts that stand more than once, the same or near so, in the order of their first.

    Two texts whose `likeness` is at least `near` are in one group, and so is what is near to either:
    groups that are kept together divide no such pair. Pairs are found by MinHash, so that a few are
    missed; docs/numbers.md says how many. `near=1` finds the same ones only, and all of them.
    Raise `DataError` when `near` is not above 0 and at most 1.

    >>> duplicates(["UX Designer", "Nurse", "ux designer!", "Chef"])
    [Group(places=(0, 2), same=True)]
    """
    refuse_bad_nearness(near)
    words, copies = _copies(texts)
    groups = _joined(words, near) if near < 1 else [[i] for i in range(len(words))]
    made = (Group(tuple(sorted(p for i in group for p in copies[i])), same=len(group) == 1) for group in groups)
    return [group for group in made if len(group.places) > 1]


def dedupe(texts: Iterable[str], *, near: float = NEAR, prefer: Sequence[bool] = ()) -> Deduped:
    """Keep one of the texts that are the same or near so: the first, or the first that `prefer` marks.

    What goes is near to what it doubles, and no two that stay are near, but for the few that MinHash
    misses. Raise `DataError` when `near` is not above 0 and at most 1.

    >>> dedupe(["UX Designer", "Nurse", "ux designer!"])
    Deduped(kept=(0, 1), taken=(Taken(place=2, kept=0, similarity=1.0),))
    """
    refuse_bad_nearness(near)
    words, copies = _copies(texts)
    rank = _first if not prefer else lambda place: (not prefer[place], place)
    heads = [min(places, key=rank) for places in copies]
    order = sorted(range(len(words)), key=lambda i: rank(heads[i]))
    doubled = dict(_doubled(words, near, order)) if near < 1 else {}
    taken = sorted(_taken(copies, heads, doubled), key=lambda each: each.place)
    gone = {each.place for each in taken}
    return Deduped(tuple(place for place in range(sum(map(len, copies))) if place not in gone), tuple(taken))


def _first(place: int) -> tuple[bool, int]:
    return False, place


def _taken(
    copies: Sequence[Sequence[int]], heads: Sequence[int], doubled: Mapping[int, tuple[int, float]]
) -> Iterator[Taken]:
    """Name the places that go: copies of what stays, and all copies of what doubles another."""
    for i, places in enumerate(copies):
        other, how = doubled.get(i, (i, 1.0))
        yield from (Taken(place, heads[other], how) for place in places if place != heads[other])


def _copies(texts: Iterable[str]) -> tuple[list[str], list[list[int]]]:
    """Return the words of the texts that differ in letters and digits, and the places of each."""
    first: dict[str, int] = {}
    words, copies = list[str](), list[list[int]]()
    for place, text in enumerate(texts):
        found = words_of(text)
        i = first.setdefault(same_key(found), len(words))
        if i == len(words):
            words.append(found)
            copies.append([])
        copies[i].append(place)
    return words, copies


# --- what is near -----------------------------------------------------------------------------


def _doubled(words: Sequence[str], near: float, order: Iterable[int]) -> Iterator[tuple[int, tuple[int, float]]]:
    """Go through the texts in order; for each that is near to one that stays, yield both and how near."""
    stays = _Holders(words, near)
    for place in order:
        found = next(stays.near_to(place), None)
        if found is None:
            stays.add(place)
        else:
            yield place, found


def _joined(words: Sequence[str], near: float) -> list[list[int]]:
    """Join near texts; return each place once, in groups, in the order of their first."""
    union, seen = _Union(len(words)), _Holders(words, near)
    for place in range(len(words)):
        for other, _ in seen.near_to(place):
            union.join(place, other)
        seen.add(place)
    return union.groups()


class _Holders:
    """Texts by the buckets that they stand in, to find those that are near to another."""

    def __init__(self, words: Sequence[str], near: float) -> None:
        from textwright.wrangle.numbers.minhash import buckets_of

        self._words, self._near = words, near
        self._buckets = buckets_of(words, near)
        self._holders: dict[int, list[int]] = defaultdict(list)
        self._features = lru_cache(REMEMBERED)(_features)

    def add(self, place: int) -> None:
        """Let a text be found."""
        for bucket in self._of(place):
            self._holders[bucket].append(place)

    def near_to(self, place: int) -> Iterator[tuple[int, float]]:
        """Yield the texts that are near to one, and how near."""
        found = {other for bucket in self._of(place) for other in self._holders.get(bucket, ())[-COMPARED:]}
        mine = self._features(self._words[place]) if found else ()
        for other in sorted(found):
            how = max(map(self._likeness, mine, self._features(self._words[other])))
            if how >= self._near:
                yield other, how

    def _of(self, place: int) -> list[int]:
        row = self._buckets[place]
        found: list[int] = row[row >= 0].tolist()
        return found

    def _likeness(self, a: Features, b: Features) -> float:
        return jaccard(a, b, self._near)


def _features(words: str) -> tuple[Features, ...]:
    return tuple(features_of(words) for features_of in FEATURES)


class _Union:
    """Places that belong together: the first of each group stands for it."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, place: int) -> int:
        """Return the place that stands for a group, and shorten the way there."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def join(self, a: int, b: int) -> None:
        """Put two groups together."""
        first, second = sorted((self.root(a), self.root(b)))
        self._parent[second] = first

    def groups(self) -> list[list[int]]:
        """Return the groups in the order of their first."""
        members: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._parent)):
            members[self.root(place)].append(place)
        return list(members.values())
