"""List where a mention may stand, with what speaks against each place.

What stands in the text as it is written, at the edges of words, is looked for in no other form. Else it is looked for
with the differences that `folding` names, at the edges of words alone, and as it is written within a word; and at last
without the punctuation around it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from textwright.ground.edges import Edge, worst_edge
from textwright.ground.folding import DASHES, QUOTES, Folded, fold, folded_letter
from textwright.ground.searching import nth_place, places_of

PUNCTUATION = "".join(sorted(QUOTES | DASHES)) + ".,:;!?…()[]{}<>•·*|/ \t\r\n\xa0"
WRAPS = ("()", "[]", "{}", "<>", "**")
COSTS = {Edge.BETWEEN: 0, Edge.CHANGE: 12, Edge.CAPITAL: 15, Edge.INSIDE: 150}
FOLDED, BARE = 60, 20
# So many marks at an end are left out one by one, then all; of words this long, the case of a letter is no edge.
MOST_CUT, SURE_LENGTH = 4, 5


class Fit(NamedTuple):
    """A place where a mention may stand, and what speaks against it. `form` 0: between words, as it is written."""

    start: int
    end: int
    cost: int
    form: int
    exact: bool


Fits = tuple[Fit, ...]


class Finder:
    """A text in which strings are looked for, many at a time. It is folded when that is first needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.text)

    def fits(self, strings: Iterable[str]) -> dict[str, Fits]:
        """List for each string where it may stand, in the order of the text.

        >>> [fit[:2] for fit in Finder("LUX UX").fits(["UX"])["UX"]]
        [(4, 6)]
        """
        cores = {string: core_of(string) for string in strings}
        written = self._written(cores.values())
        found = {string: self._between_words(written, string, core) for string, core in cores.items()}
        lost = {string: cores[string] for string, fits in found.items() if not fits}
        near = self._near(lost.values())
        for string, core in lost.items():
            within = [fit for fit in written.get(core, ()) if fit.form] if core == string else []
            found[string] = tuple(sorted([*near.get(core, ()), *within]))
        return found | self._bare_fits(core for core in lost.items() if not found[core[0]])

    def _between_words(self, written: Mapping[str, Sequence[Fit]], string: str, core: str) -> Fits:
        return tuple(fit._replace(exact=core == string) for fit in written.get(core, ()) if not fit.form)

    def _bare_fits(self, cores: Iterable[tuple[str, str]]) -> dict[str, Fits]:
        """Look for strings without the punctuation around them, as little of it left out as will do."""
        barer = {string: list(barer_cores(core)) for string, core in cores}
        every = {core for tried in barer.values() for core in tried}
        written, near = self._written(every), self._near(every)
        return {string: self._first_fits(tried, written, near) for string, tried in barer.items()}

    def _first_fits(
        self, tried: Iterable[str], written: Mapping[str, Sequence[Fit]], near: Mapping[str, Sequence[Fit]]
    ) -> Fits:
        for core in tried:
            fits = self._between_words(written, core, core) or near[core]
            if fits:
                return tuple(fit._replace(cost=fit.cost + BARE, exact=False) for fit in fits)
        return ()

    def _written(self, cores: Iterable[str]) -> dict[str, list[Fit]]:
        """List where strings stand as they are written, within words too."""
        return {
            core: [self._fit(place, place + len(core)) for place in places]
            for core, places in places_of(cores, self.text).items()
        }

    def _fit(self, start: int, end: int) -> Fit:
        edge = worst_edge(self.text, start, end)
        return Fit(start, end, COSTS[edge], form=2 if edge is Edge.INSIDE else 0, exact=True)

    def _near(self, cores: Iterable[str]) -> dict[str, list[Fit]]:
        """List where strings stand, at the edges of words, with the differences that folding removes."""
        folded = {core: folded_core(core) for core in cores}
        places = places_of(folded.values(), self._folded.text) if any(folded.values()) else {}
        return {
            core: [fit for place in places.get(plain, ()) if (fit := self._near_fit(core, place, place + len(plain)))]
            for core, plain in folded.items()
        }

    def _near_fit(self, core: str, start: int, end: int) -> Fit | None:
        raw = self._folded.raw(start, end)
        if raw is None:
            return None
        edge = worst_edge(self.text, *raw)
        if edge is Edge.INSIDE or (edge is Edge.CAPITAL and not _trusts_capitals(core, self.text[slice(*raw)])):
            return None
        return Fit(*raw, FOLDED + COSTS[edge], form=1, exact=False)

    def nth_fits(self, numbered: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Fits]:
        """Find the n-th place of each string: as it is written, within words too; if there is none, folded."""
        asked = list(dict.fromkeys(numbered))
        known = places_of((core_of(string) for string, _ in asked), self.text)
        found = {(string, number): self._nth(string, number, known) for string, number in asked}
        lost = [each for each in asked if not found[each]]
        near = self._near(core_of(string) for string, _ in lost)
        return found | {each: tuple(near[core_of(each[0])][each[1] - 1 : each[1]]) for each in lost}

    def _nth(self, string: str, number: int, known: Mapping[str, Sequence[int]]) -> Fits:
        core = core_of(string)
        place = nth_place(core, self.text, number, known[core]) if core else None
        return () if place is None else (Fit(place, place + len(core), 0, form=0, exact=core == string),)


def _trusts_capitals(core: str, found: str) -> bool:
    """Say whether capitals may be the edge of what was written differently: not where a short word changed its own."""
    return len(core) >= SURE_LENGTH or letters_of(core) == letters_of(found)


def letters_of(string: str) -> str:
    """Return letters and digits alone, in one composition.

    >>> letters_of("Sous  Chef!")
    'SousChef'
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", string)))


def barer_cores(core: str) -> Iterator[str]:
    """Yield a string with ever less of the punctuation around it; of punctuation alone nothing would be left to say.

    >>> list(barer_cores("“Sr.”")), list(barer_cores("(Sr.")), list(barer_cores("**Sr**")), list(barer_cores("(****)"))
    (['Sr.', 'Sr'], ['(Sr', 'Sr.', 'Sr'], ['Sr'], [])
    """
    if not letters_of(core):
        return
    while len(core) > 2 and _is_wrapped(core):
        width = 2 if core.startswith("**") and core.endswith("**") and len(core) > 4 else 1
        core = core_of(core[width:-width])
        yield core
    before = len(core) - len(core.lstrip(PUNCTUATION))
    after = len(core) - len(core.rstrip(PUNCTUATION))
    if before == len(core):
        return
    cuts = [(i, j) for i in range(min(before, MOST_CUT) + 1) for j in range(min(after, MOST_CUT) + 1)]
    cuts = [*sorted(cuts, key=sum)[1:], (before, after)]
    yield from dict.fromkeys(barer for i, j in cuts if (barer := core_of(core[i : len(core) - j])) not in {core, ""})


def _is_wrapped(core: str) -> bool:
    return core[0] + core[-1] in WRAPS or {core[0], core[-1]} <= QUOTES


def core_of(string: str) -> str:
    """Cut white space and unseen characters off both ends.

    >>> core_of(" Senior  ")
    'Senior'
    """
    start, end = 0, len(string)
    while start < end and not folded_letter(string[start]).strip():
        start += 1
    while start < end and not folded_letter(string[end - 1]).strip():
        end -= 1
    return string[start:end]


def folded_core(string: str) -> str:
    """Fold a string without the white space that folding leaves at its ends."""
    return fold(string).text.strip(" ")
