"""Choose places for all mentions of an answer together: a search that keeps the cheapest few choices.

What speaks against a choice is added up: a mention without a place weighs most, then a place outside of the span that
should hold it, a form that differs, a span of the same label in the way, mentions out of order. Mentions with one
place come first, so that they show where the others belong. Labels never have a span twice, and what the schema keeps
apart stays apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from textwright.ground.finding import Fit, Fits
from textwright.ground.nesting import Nesting

NOWHERE, SECOND_INSIDE, SAME_LABEL, CROSSING, UNRELATED = 1000, 40, 50, 30, 10
# Where answers are not in the order of the text, their order says little.
IN_ORDER, OUT_OF_ORDER = 20, 4
# The search: so many choices are kept, fewer where many mentions are open; so many places of a mention are tried.
MOST_CHOICES, LEAST_CHOICES, CHOICES_IN_ALL = 32, 2, 2400
PLACES_TRIED, NEIGHBOURS = 12, 4


START, NUMBER = attrgetter("start"), attrgetter("number")


class Wanted(NamedTuple):
    """A mention to be placed: its number in the answer, and where it may stand.

    `copies` names mentions that say the same, so that only their order tells them apart.
    """

    number: int
    label: str
    fits: Fits
    copies: tuple[str, str] | None


class Put(NamedTuple):
    """A mention with its place."""

    start: int
    end: int
    number: int
    label: str
    fit: Fit


@dataclass(slots=True)
class Choice:
    """Places for some of the mentions, and what speaks against them. It grows only where it was copied."""

    cost: int = 0
    starts: int = 0
    longest: int = 0
    by_place: list[Put] = field(default_factory=list)
    by_number: list[Put] = field(default_factory=list)
    last: dict[tuple[str, str], Fit | None] = field(default_factory=dict)

    def copy(self) -> Choice:
        """Return a choice that grows on its own."""
        lists = self.by_place[:], self.by_number[:], self.last.copy()
        return Choice(self.cost, self.starts, self.longest, *lists)

    def over(self, start: int, end: int) -> Iterator[Put]:
        """Yield what shares a character with `[start, end)`."""
        first = bisect_left(self.by_place, start - self.longest, key=START)
        for place in range(first, len(self.by_place)):
            put = self.by_place[place]
            if put.start >= end:
                return
            if put.end > start:
                yield put

    def neighbours(self, number: int) -> tuple[Sequence[Put], Sequence[Put]]:
        """Return what the answer mentions before and after, the nearest first, a few of each."""
        place = bisect_left(self.by_number, number, key=NUMBER)
        before = self.by_number[max(0, place - NEIGHBOURS) : place]
        return before[::-1], self.by_number[place : place + NEIGHBOURS]

    def add(self, wanted: Wanted, fit: Fit | None, cost: int) -> None:
        """Take a place for a mention, or none."""
        self.cost += cost
        if wanted.copies:
            self.last[wanted.copies] = fit
        if fit is None:
            return
        put = Put(fit.start, fit.end, wanted.number, wanted.label, fit)
        insort(self.by_place, put)
        insort(self.by_number, put, key=NUMBER)
        self.starts += fit.start
        self.longest = max(self.longest, fit.end - fit.start)


def placed(wanted: Iterable[Wanted], nesting: Nesting) -> list[Put]:
    """Choose a place for as many mentions as have one, in the order of the text."""
    possible = _possible(wanted)
    depths = {label: nesting.depth(label) for label in {each.label for each in possible}}
    queue = sorted(possible, key=lambda each: (len(each.fits) > 1, depths[each.label], each.number))
    open_ones = sum(len(each.fits) > 1 for each in queue)
    search = Search(nesting, _order_of(possible), _width(open_ones))
    choices = [Choice()]
    for each in queue:
        choices = search.step(choices, each)
    return choices[0].by_place


def _width(mentions: int) -> int:
    return max(LEAST_CHOICES, min(MOST_CHOICES, CHOICES_IN_ALL // max(1, mentions)))


def _possible(wanted: Iterable[Wanted]) -> list[Wanted]:
    """Leave out what has no place, and copies for which there are not enough."""
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for each in wanted:
        if each.copies:
            seen[each.copies] += 1
        if len(each.fits) >= (seen[each.copies] if each.copies else 1):
            kept.append(each)
    return kept


def _order_of(wanted: Iterable[Wanted]) -> int:
    """Say what the order of the mentions is worth: those that have one place show it."""
    sure = [each.fits[0] for each in wanted if len(each.fits) == 1]
    return OUT_OF_ORDER if any(_backwards(a, b) for a, b in pairwise(sure)) else IN_ORDER


def _backwards(earlier: Fit | Put, later: Fit | Put) -> bool:
    """Say whether the later one stands first, and not around the other."""
    return later.start < earlier.start and later.end < earlier.end


class Search:
    """How choices grow by a mention."""

    def __init__(self, nesting: Nesting, order: int, width: int) -> None:
        self.nesting = nesting
        self.order = order
        self.width = width

    def step(self, choices: Sequence[Choice], wanted: Wanted) -> list[Choice]:
        """Return the cheapest choices with one mention more."""
        grown = [
            (choice.cost + cost, choice.starts + (fit.start if fit else 0), number, fit, cost)
            for number, choice in enumerate(choices)
            for fit, cost in self._continuations(choice, wanted)
        ]
        best = nsmallest(self.width, grown, key=lambda each: each[:3])
        uses = Counter(number for _, _, number, _, _ in best)
        kept = []
        for _, _, number, fit, cost in best:
            uses[number] -= 1
            choice = choices[number].copy() if uses[number] else choices[number]
            choice.add(wanted, fit, cost)
            kept.append(choice)
        return kept

    def _continuations(self, choice: Choice, wanted: Wanted) -> list[tuple[Fit | None, int]]:
        fits = self._tried(choice, wanted)
        costs: list[tuple[Fit | None, int]] = []
        costs += ((fit, cost) for fit in fits if (cost := self._cost(choice, wanted, fit)) is not None)
        return costs if costs and not self._in_the_way(wanted) else [*costs, (None, NOWHERE)]

    def _in_the_way(self, wanted: Wanted) -> bool:
        """Say whether a place for this mention may leave others without: then none is worth a thought."""
        return self.nesting.no_crossing or wanted.label in self.nesting.apart

    def _tried(self, choice: Choice, wanted: Wanted) -> Sequence[Fit]:
        """Choose the places worth trying: after the last copy, beside the neighbours, inside of what may hold it."""
        fits, form = _after_last_copy(choice, wanted)
        tried = fits if len(fits) <= PLACES_TRIED else self._nearby(choice, wanted, fits)
        return [fit for fit in tried if form in {None, fit.form}]

    def _nearby(self, choice: Choice, wanted: Wanted, fits: Fits) -> Iterable[Fit]:
        before, after = choice.neighbours(wanted.number)
        holders = [put for put in (*before, *after) if self.nesting.holds(put.label, wanted.label)]
        begins = [0, *(put.start for put in before[:1]), *(put.start for put in holders)]
        places = (bisect_left(fits, begin, key=START) for begin in begins)
        return dict.fromkeys(fit for place in places for fit in fits[place : place + NEIGHBOURS])

    def _cost(self, choice: Choice, wanted: Wanted, fit: Fit) -> int | None:
        """Add up what speaks against a place; None when it may not be taken."""
        over = list(choice.over(fit.start, fit.end))
        if any(self._excludes(put, wanted, fit) for put in over):
            return None
        overlaps = sum(self._overlap_cost(put, wanted, fit) for put in over)
        outside = self._outside_cost(choice, wanted, fit, over)
        return fit.cost + overlaps + outside + self._order_cost(choice, wanted, fit)

    def _excludes(self, put: Put, wanted: Wanted, fit: Fit) -> bool:
        if put.label == wanted.label and (wanted.label in self.nesting.apart or put[:2] == fit[:2]):
            return True
        return self.nesting.no_crossing and _cross(put, fit)

    def _overlap_cost(self, put: Put, wanted: Wanted, fit: Fit) -> int:
        if _cross(put, fit):
            return CROSSING
        if put.label == wanted.label:
            return SAME_LABEL
        related = self.nesting.holds(put.label, wanted.label) or self.nesting.holds(wanted.label, put.label)
        return 0 if related else UNRELATED

    def _outside_cost(self, choice: Choice, wanted: Wanted, fit: Fit, over: Sequence[Put]) -> int:
        """Weigh whether it lies inside of what should hold it, and which spans it gives a home."""
        within = [put for put in over if _contains(fit, put) and self.nesting.holds(wanted.label, put.label)]
        homeless = sum(self._homeless_cost(choice, put) for put in within)
        costs = self.nesting.holders.get(wanted.label)
        if not costs:
            return -homeless
        holders = [put for put in over if put.label in costs and _contains(put, fit)]
        if not holders:
            return max(costs.values()) - homeless
        second = any(self._has_one(choice, holder, wanted) for holder in holders)
        return (SECOND_INSIDE if second else 0) - homeless

    def _homeless_cost(self, choice: Choice, put: Put) -> int:
        """Return what a span costs that lies in nothing yet."""
        costs = self.nesting.holders[put.label]
        housed = any(each.label in costs and _contains(each, put) for each in choice.over(put.start, put.end))
        return 0 if housed else max(costs.values())

    def _has_one(self, choice: Choice, holder: Put, wanted: Wanted) -> bool:
        if (holder.label, wanted.label) not in self.nesting.single:
            return False
        held = choice.over(holder.start, holder.end)
        return any(put.label == wanted.label and _contains(holder, put) for put in held)

    def _order_cost(self, choice: Choice, wanted: Wanted, fit: Fit) -> int:
        before, after = choice.neighbours(wanted.number)
        wrong = sum(_backwards(put, fit) for put in before[:1]) + sum(_backwards(fit, put) for put in after[:1])
        return self.order * wrong


def _after_last_copy(choice: Choice, wanted: Wanted) -> tuple[Fits, int | None]:
    """Return what follows the last copy's place, and its form, which copies share; nothing when that had none."""
    if wanted.copies is None or wanted.copies not in choice.last:
        return wanted.fits, None
    last = choice.last[wanted.copies]
    return ((), None) if last is None else (wanted.fits[bisect_right(wanted.fits, last) :], last.form)


def _contains(outer: Fit | Put, inner: Fit | Put) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _cross(a: Fit | Put, b: Fit | Put) -> bool:
    overlap = a.start < b.end and b.start < a.end
    return overlap and not _contains(a, b) and not _contains(b, a)
