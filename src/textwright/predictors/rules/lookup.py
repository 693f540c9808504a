"""Find the entries of a long list in a text, the longest at each place, by Aho and Corasick's method.

A. V. Aho, M. J. Corasick: Efficient string matching (1975), by the library daachorse. Each word of
the list has a number, written as one character, so that the automaton runs over words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from textwright.errors import ModelError
from textwright.wrangle.words import GAP, HYPHEN, cut, match_form

UNKNOWN = "\x01"
FIRST = 0x100
MOST_SEEN = 100_000
MOST_WORDS = 1_000_000


@dataclass(frozen=True)
class Lookup:
    """A list made ready to be found. The automaton is built at the first use.

    Entries that differ in case, hyphens or white space alone are one.
    """

    entries: tuple[str, ...]
    seen: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _letters(self) -> dict[str, str]:
        """Give each word of the list a letter."""
        words = sorted({form for entry in self._forms for form in entry})
        if len(words) > MOST_WORDS:
            raise ModelError(f"a lookup list has {len(words)} different words, at most {MOST_WORDS} can be told apart")
        return dict(zip(words, map(chr, chain(range(FIRST, 0xD800), range(0xE000, 0x110000))), strict=False))

    @cached_property
    def _forms(self) -> set[tuple[str, ...]]:
        return {forms for entry in self.entries if (forms := entry_forms(entry))}

    @cached_property
    def _automaton(self) -> CharwiseDoubleArrayAhoCorasick | None:
        letters = self._letters
        patterns = sorted("".join([letters[form] for form in entry]) for entry in self._forms)
        del self.__dict__["_forms"]
        return CharwiseDoubleArrayAhoCorasick(patterns, MATCH_KIND_LEFTMOST_LONGEST) if patterns else None

    def find(self, surfaces: Sequence[str]) -> list[tuple[int, int]]:
        """Return the ranges `[first, last)` of words that are entries; hyphens are not seen."""
        automaton = self._automaton
        if automaton is None:
            return []
        text = self._encode(surfaces)
        if HYPHEN not in surfaces:
            return [(start, end) for start, end, _ in automaton.find(text)]
        kept = [i for i, surface in enumerate(surfaces) if surface != HYPHEN]
        shortened = "".join([text[i] for i in kept])
        return [(kept[a], kept[b - 1] + 1) for a, b, _ in automaton.find(shortened)]

    def _encode(self, surfaces: Sequence[str]) -> str:
        seen = self.seen
        try:
            return "".join([seen[surface] for surface in surfaces])
        except KeyError:
            if len(seen) > MOST_SEEN:
                seen.clear()
            seen.update(
                (surface, self._letters.get(match_form(surface), UNKNOWN)) for surface in set(surfaces).difference(seen)
            )
            return self._encode(surfaces)


def entry_forms(entry: str) -> tuple[str, ...]:
    """Return the folded words of an entry without its hyphens; none for an entry without words.

    >>> entry_forms("Stoke-on-Trent")
    ('stoke', 'on', 'trent')
    """
    if entry.isascii() and entry.replace(" ", "").isalpha():
        return tuple(entry.lower().split())
    return tuple([match_form(surface) for surface in cut(entry).surfaces if surface not in (HYPHEN, GAP)])
