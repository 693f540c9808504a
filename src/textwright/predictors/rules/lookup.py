"""Find the entries of a long list in a text, the longest at each place, by Aho and Corasick's method.

A. V. Aho, M. J. Corasick: Efficient string matching (1975), by the library daachorse. Each word of
the list has a number, written as one character, so that the automaton runs over words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from textwright.wrangle.words import HYPHEN, cut, fold

UNKNOWN = "\x01"
FIRST = 0x100


@dataclass(frozen=True)
class Lookup:
    """A list made ready to be found. The automaton is built at the first use."""

    entries: tuple[tuple[str, ...], ...]

    @cached_property
    def _letters(self) -> dict[str, str]:
        forms = sorted({form for entry in self.entries for form in entry})
        return {form: _letter(number) for number, form in enumerate(forms)}

    @cached_property
    def _automaton(self) -> CharwiseDoubleArrayAhoCorasick:
        letters = self._letters
        patterns = ["".join([letters[form] for form in entry]) for entry in self.entries]
        return CharwiseDoubleArrayAhoCorasick(patterns, MATCH_KIND_LEFTMOST_LONGEST)

    def find(self, forms: Sequence[str]) -> list[tuple[int, int]]:
        """Return the ranges `[first, last)` of words that are entries; hyphens are not seen."""
        letters = self._letters
        text = "".join([letters.get(form, UNKNOWN) for form in forms])
        if HYPHEN not in forms:
            return [(start, end) for start, end, _ in self._automaton.find(text)]
        kept = [i for i, form in enumerate(forms) if form != HYPHEN]
        shortened = "".join([text[i] for i in kept])
        return [(kept[a], kept[b - 1] + 1) for a, b, _ in self._automaton.find(shortened)]


def _letter(number: int) -> str:
    code = FIRST + number
    return chr(code if code < 0xD800 else code + 0x800)


def make_lookup(entries: Iterable[str]) -> Lookup:
    """Prepare a list; entries that differ in case or hyphens alone are one."""
    found = {forms for entry in entries if (forms := _forms(entry))}
    return Lookup(tuple(sorted(found)))


def _forms(entry: str) -> tuple[str, ...]:
    if entry.isascii() and entry.replace(" ", "").isalpha():
        return tuple(entry.lower().split())
    return tuple(form for surface in cut(entry).surfaces if (form := fold(surface)) != HYPHEN)
