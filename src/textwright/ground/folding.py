"""Make texts comparable that a language model wrote differently, and keep the way back to the raw text.

Folded are: case, white space (a run is one space), quotation marks (all kinds are one), dashes (a run is
one), HTML entities, characters that nobody sees, and what Unicode calls compatible: composed or not, full width,
ligatures. Accents stay: "resume" is not "résumé".
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

QUOTES = frozenset("'\"`´‘’‚‛“”„‟‹›«»′″‴‵‶ʹʺʻʼʽ❛❜❝❞〝〞〟")
DASHES = frozenset("-‐‑‒–—―−⁃﹘﹣－")
# A letter of these shapes nobody sees; format characters (soft hyphen, zero width, direction) have a category.
UNSEEN = frozenset(map(chr, (0x034F, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, *range(0xFE00, 0xFE10))))
ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Marks are put in order this many at a time: longer runs are an attack, and ordering them takes squared time.
MOST_MARKS = 30


class Change(NamedTuple):
    """`[start, end)` of the folded text stands for `[raw_start, raw_end)` of the raw one."""

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made from another. Between the changes it is as long as the raw text; `starts` are theirs.

    `before`: the raw text of this one is itself a folded one.
    """

    text: str
    starts: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    before: Folded | None = None

    def raw(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the range of the raw text that became `[start, end)`; None when it would cut a character.

        >>> fold("R&amp;D  Lead").raw(0, 3)
        (0, 7)
        """
        begin, stop = self._start(start), self._end(end)
        if begin is None or stop is None:
            return None
        return (begin, stop) if self.before is None else self.before.raw(begin, stop)

    def _start(self, place: int) -> int | None:
        change = self._change_before(place)
        if change is None or place >= change.end:
            return _moved(place, change)
        return change.raw_start if place == change.start else None

    def _end(self, place: int) -> int | None:
        change = self._change_before(place - 1)
        return None if change is not None and place < change.end else _moved(place, change)

    def _change_before(self, place: int) -> Change | None:
        number = bisect_right(self.starts, place)
        return self.changes[number - 1] if number else None


def _moved(place: int, change: Change | None) -> int:
    return place if change is None else change.raw_end + place - change.end


def fold(text: str) -> Folded:
    """Fold what a language model may write differently.

    >>> fold("“Senior”   UX–Designer").text
    "'senior' ux-designer"
    """
    plain = _unescaped(text) if "&" in text else None
    raw = text if plain is None else plain.text
    letters = set(raw)
    table = {ord(letter): new for letter in letters if (new := folded_letter(letter)) != letter and len(new) == 1}
    special = _special(letters)
    if special is None:
        return Folded(raw.translate(table), before=plain)
    return _replaced(raw, special, _folded_run, lambda piece: piece.translate(table), plain)


def _unescaped(text: str) -> Folded:
    return _replaced(text, ENTITY, html.unescape, str)


def _replaced(
    raw: str,
    pattern: re.Pattern[str],
    new: Callable[[str], str],
    between: Callable[[str], str],
    before: Folded | None = None,
) -> Folded:
    """Replace every match, and what stands between by something as long."""
    pieces, changes = list[str](), list[Change]()
    done = length = 0
    for match in pattern.finditer(raw):
        start, end = match.span()
        put = new(match.group())
        pieces += (between(raw[done:start]), put)
        length += start - done
        changes.append(Change(length, length + len(put), start, end))
        length, done = length + len(put), end
    pieces.append(between(raw[done:]))
    return Folded("".join(pieces), tuple(change.start for change in changes), tuple(changes), before)


# What makes a Turkish capital of an I.
DOT = "\u0307"


@lru_cache(maxsize=65536)
def folded_letter(letter: str) -> str:
    """Fold one character; nothing is left of one that nobody sees."""
    letter = unicodedata.normalize("NFC", letter)
    if len(letter) > 1:
        return _compatible(letter)
    if letter in QUOTES:
        return "'"
    if letter in DASHES:
        return "-"
    if letter.isspace():
        return " "
    if letter in UNSEEN or unicodedata.category(letter) == "Cf":
        return ""
    new = _compatible(letter)
    return folded_letter(new) if len(new) == 1 and new != letter else new


def _compatible(text: str) -> str:
    """Fold the case and what Unicode calls compatible; of the Turkish i and dotless i, each is the other's capital."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return folded.replace(f"i{DOT}", "i").replace("ı", "i")


def _folded_run(run: str) -> str:
    """Fold a run of white space, of dashes, or a character with its marks."""
    first = folded_letter(run[0])
    if first == "-" and len(run) > 1:
        return "-"
    if first in {"", " "}:
        return " " if any(letter.isspace() for letter in run) else ""
    return _compatible(run)


def _special(letters: Iterable[str]) -> re.Pattern[str] | None:
    """Find where a text of these characters changes its length or order; None: nowhere."""
    dashes = _any_of(letter for letter in letters if folded_letter(letter) == "-")
    unseen = [letter for letter in letters if not folded_letter(letter)]
    blank = _any_of([*unseen, *(letter for letter in letters if letter.isspace())])
    longer = _any_of(letter for letter in letters if len(folded_letter(letter)) > 1)
    marks = _any_of(letter for letter in letters if unicodedata.combining(letter))
    parts = [
        f"[Ii]{DOT}" if DOT in marks else "",
        f"{blank}{{2,}}" if blank else "",
        _any_of(unseen),
        f"{dashes}{{2,}}" if dashes else "",
        f"{longer}{marks}{{0,{MOST_MARKS}}}" if longer and marks else longer,
        f"{marks}{{2,{MOST_MARKS}}}" if marks else "",
    ]
    kept = [part for part in parts if part]
    return re.compile("|".join(kept)) if kept else None


def _any_of(letters: Iterable[str]) -> str:
    inside = "".join(map(re.escape, sorted(letters)))
    return f"[{inside}]" if inside else ""
