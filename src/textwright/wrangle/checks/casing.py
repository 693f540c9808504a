"""Kinds of rules about capitals: words that shout, and texts without any.

What is written in capitals by right (UX, NHS, PHP) and what has its own way (JavaScript) stands in
`casing.json`. Whether Every Word Has a Capital or only the first is taste: neither is found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from textwright.wrangle.checks.findings import Finding, Repair, Subject
from textwright.wrangle.checks.rules import Finder, Rule
from textwright.wrangle.words import HYPHENS, alphabet, fold

LOUD, CLEAR = 4, 5
LONGEST_CODE = 6
VOWELS = frozenset("aeiouy")
ADDRESS = frozenset(".@/_")
DIGITS = frozenset("0123456789")
SOME_CAPITALS = re.compile("[A-Z].?[A-Z]")


@dataclass(frozen=True, slots=True)
class Casing:
    """The content of `casing.json`, by words in lower case. `capital` gives a letter its capital."""

    written: Mapping[str, str]
    words_too: frozenset[str]
    small: frozenset[str]
    joined: frozenset[str]
    after_number: frozenset[str]
    capital: Mapping[str, str]


@cache
def casing() -> Casing:
    """Read `casing.json` once."""
    data = json.loads((files(__package__) / "casing.json").read_text(encoding="utf-8"))
    capital: dict[str, str] = {}
    for code, lower in alphabet().fold.items():
        capital.setdefault(lower, chr(code))
    return Casing(
        {fold(word): word for word in [*data["acronyms"], *data["names"]]},
        frozenset(map(fold, data["words_too"])),
        frozenset(data["small"]),
        frozenset(data["joined"]),
        frozenset(data["after_number"]),
        capital,
    )


def low(word: str) -> str:
    """Lower-case a word; unlike `fold` it keeps the typographic apostrophe.

    >>> low("CHEF’S")
    'chef’s'
    """
    return "".join("’" if char == "’" else made for char, made in zip(word, fold(word), strict=True))


def has_capital(subject: Subject) -> bool:
    """Say whether any letter is a capital."""
    return subject.text.replace("’", "'") != subject.folded


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place, and what stands right before and behind it ("" for white space and edges)."""

    start: int
    end: int
    surface: str
    before: str
    after: str

    @property
    def is_in_address(self) -> bool:
        """Say whether the word is a part of an address or a file's name."""
        return self.before in ADDRESS or self.after in {"@", "_"}

    @property
    def is_loud(self) -> bool:
        """Say whether the word has two capitals or more and no small letter."""
        capitals = sum(char != made for char, made in zip(self.surface, low(self.surface), strict=True))
        return capitals > 1 and alphabet().lower.isdisjoint(self.surface) and not self.is_in_address

    @property
    def is_acronym(self) -> bool:
        """Say whether capitals are right: a known word, no vowels, a short one in brackets or by a number."""
        word = fold(self.surface)
        if self.before in DIGITS and word in casing().after_number:
            return False
        in_brackets = self.before == "(" and self.after == ")"
        beside_number = self.before in DIGITS or self.after in DIGITS
        return (
            casing().written.get(word) == self.surface
            or (len(word) <= CLEAR and word.isascii() and VOWELS.isdisjoint(word))
            or (in_brackets and len(word) <= LONGEST_CODE)
            or (beside_number and len(word) < LOUD)
        )


def words_of(subject: Subject) -> list[Word]:
    """List the words that hold a letter with two cases."""
    words, text, white_space = subject.words, subject.text, alphabet().white_space
    found = []
    for surface, start, end in zip(words.surfaces, words.starts, words.ends, strict=True):
        if start < end and (surface != low(surface) or not alphabet().lower.isdisjoint(surface)):
            before, after = text[start - 1 : start], text[end : end + 1]
            found.append(Word(start, end, surface, before.strip(white_space), after.strip(white_space)))
    return found


# --- shouting ------------------------------------------------------------------------------------


def shouting(rule: Rule) -> Finder:
    """Find runs of words in capitals that are no known abbreviations."""

    def find(subject: Subject) -> Iterator[Finding]:
        if not has_capital(subject) or (subject.text.isascii() and not SOME_CAPITALS.search(subject.text)):
            return
        for run in loud_runs(words_of(subject)):
            start, end = run[0].start, run[-1].end
            yield rule.finding(start, end, Repair(start, end, quietened(subject.text, run)))

    return find


def loud_runs(words: list[Word]) -> list[list[Word]]:
    """Part the words in capitals into runs that stand together, each with a word that is clearly too loud."""
    loud = [word for word in words if word.is_loud and not word.is_acronym]
    least = LOUD if len(loud) > 1 or not any(map(_has_small, words)) else CLEAR
    runs: list[list[Word]] = [[]]
    for word in words:
        if word.is_loud:
            runs[-1].append(word)
        elif len(word.surface) > 1:
            runs.append([])
    trimmed = (_trimmed(run) for run in runs)
    return [run for run in trimmed if any(not w.is_acronym and len(w.surface) >= least for w in run)]


def _has_small(word: Word) -> bool:
    return not alphabet().lower.isdisjoint(word.surface)


def _trimmed(run: list[Word]) -> list[Word]:
    """Leave out the abbreviations at both ends of a run."""
    places = [place for place, word in enumerate(run) if not word.is_acronym]
    return run[places[0] : places[-1] + 1] if places else []


def quietened(text: str, run: list[Word]) -> str:
    """Write a run of words with a capital each, as long as before."""
    return _rewritten(text, run, [_quiet(word) for word in run])


def _quiet(word: Word) -> str:
    known, small = casing(), low(word.surface)
    if word.is_acronym or small in known.written:
        return known.written.get(small, word.surface)
    if word.before in DIGITS and small in known.after_number:
        return small
    return small if _stays_small(word, small) else _with_capital(small)


# --- without capitals -----------------------------------------------------------------------------


def lower_case(rule: Rule) -> Finder:
    """Find texts with letters but without a capital."""

    def find(subject: Subject) -> Iterator[Finding]:
        if has_capital(subject):
            return
        words = [word for word in words_of(subject) if not word.is_in_address and word.before not in DIGITS]
        if not any(len(word.surface) >= LOUD - 1 for word in words):
            return
        start, end = words[0].start, words[-1].end
        made = _rewritten(subject.text, words, [_begun(word) for word in words])
        if made != subject.text[start:end]:
            yield rule.finding(start, end, Repair(start, end, made))

    return find


def _begun(word: Word) -> str:
    known = casing()
    if word.surface in known.written and word.surface not in known.words_too:
        return known.written[word.surface]
    return word.surface if _stays_small(word, word.surface) else _with_capital(word.surface)


def _stays_small(word: Word, small: str) -> bool:
    """Say whether a word has no capital inside a headline: `of`, and the second half of `part-time`."""
    known = casing()
    return (small in known.small and word.start > 0) or (
        word.before != "" and word.before in HYPHENS and small in known.joined
    )


def _with_capital(small: str) -> str:
    """Give the first letter that has one its capital.

    >>> _with_capital("nurse"), _with_capital("'tis")
    ('Nurse', "'Tis")
    """
    place = next((place for place, char in enumerate(small) if char in casing().capital and char != "'"), None)
    return small if place is None else small[:place] + casing().capital[small[place]] + small[place + 1 :]


def _rewritten(text: str, words: list[Word], written: list[str]) -> str:
    """Put other writings of words into the stretch of text from the first to the last of them."""
    pieces, done = list[str](), words[0].start
    for word, new in zip(words, written, strict=True):
        pieces += [text[done : word.start], new]
        done = word.end
    return "".join(pieces)
