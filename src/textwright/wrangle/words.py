"""Cut a text into words, numbers, symbols and gaps, as docs/rules.md says; the same in TypeScript.

Letters and lower case come from `unicode.json`, so that the answer depends neither on the version
of Python nor on that of the browser.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HYPHEN, DASH, GAP = "-", "–", "\n"
HYPHENS = "-‐‑"
SIGNS = "£€–—‘’“”•·…●▪™®°✓✔→"
DASHES = HYPHENS + "‒–—―−"
# White space that is a gap even alone, as the inside of a character class.
GAPS = r"\t-\r\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, as parallel lists.

    `surfaces[i]` is the word as written (dashes as `-` or `–`, a gap as a line break), and
    `[starts[i], ends[i])` its place in code points. `glued[i]` is 1 when no white space stands before.
    """

    surfaces: list[str]
    starts: list[int]
    ends: list[int]
    glued: list[int]


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The content of `unicode.json`, ready to use.

    `pattern` finds the pieces of any text, `ascii` those of a text of `plain` characters alone (ASCII, and
    signs that are no letters), several times as fast.
    Group 1 is a gap, group 2 a hyphen or dash. `word` finds a word alone. `letters` and `capitals`, some
    of them, are the insides of character classes. `same` goes beyond lower case: see `match_form`. `unspaced`
    finds a letter of a script that sets no spaces between words.
    """

    fold: Mapping[int, str]
    lower: frozenset[str]
    white_space: str
    word: re.Pattern[str]
    pattern: re.Pattern[str]
    ascii: re.Pattern[str]
    plain: frozenset[str]
    letters: str
    capitals: str
    same: Mapping[int, str]
    unspaced: re.Pattern[str]


@cache
def alphabet() -> Alphabet:
    """Read `unicode.json` once."""
    data = json.loads((files(__package__) / "unicode.json").read_text(encoding="utf-8"))
    letters = "".join(f"{_escape(first)}-{_escape(last)}" for first, last in data["letters"])
    space = "".join(_escape(ord(char)) for char in data["white_space"])
    fold = {ord(char): lower for char, lower in data["fold"].items()}
    other = re.compile(f"[{letters}{space}]")
    return Alphabet(
        fold,
        frozenset(fold.values()) - {"'"},
        data["white_space"],
        re.compile("|".join(_words(letters))),
        re.compile(_pieces(letters, space)),
        re.compile(_pieces("A-Za-z", r"\t-\r ")),
        frozenset(map(chr, range(128))) | {sign for sign in SIGNS if not other.match(sign)},
        letters,
        "".join(chr(code) for code, lower in fold.items() if lower != "'"),
        {ord(char): same for char, same in data["same"].items()},
        re.compile("[" + "".join(f"{_escape(first)}-{_escape(last)}" for first, last in data["unspaced"]) + "]"),
    )


def _words(letters: str) -> tuple[str, str]:
    plain = rf"[{letters}]+(?:['’][{letters}]+)*(?:(?:\+\+|#)(?![{letters}0-9]))?"
    return plain, rf"(?<![{letters}0-9.])\.{plain}"


def _pieces(letters: str, space: str) -> str:
    word, word_with_dot = _words(letters)
    gap = rf"[{space}]{{2,}}|[{GAPS}]"
    return rf"{word}|[0-9]+(?:[.,][0-9]+)*|({gap})|([{''.join(DASHES)}])|{word_with_dot}|\*+|[^{space}]"


def _escape(code: int) -> str:
    return f"\\U{code:08x}"


def fold(word: str) -> str:
    """Lower-case a word letter by letter; its length does not change.

    >>> fold("Ärzte’S İ")
    "ärzte's İ"
    """
    return word.lower() if word.isascii() else word.translate(alphabet().fold)


def match_form(word: str) -> str:
    """Give the form under which rules find a word, whatever its case and however its accents are composed.

    More than `fold` takes it for the same: what only capitals write otherwise. Its length may change.

    >>> [match_form(word) for word in ("STRASSE", "Straße", "ΓΙΑΤΡΟΣ", "γιατρός", "DIŞ", "dış")]
    ['strasse', 'strasse', 'γιατροσ', 'γιατροσ', 'diş', 'diş']
    """
    if word.isascii():
        return word.lower()
    return fold(composed(word)).translate(alphabet().same)


def composed(word: str) -> str:
    """Write each letter and its accents as one character where there is one (NFC)."""
    return word if word.isascii() else unicodedata.normalize("NFC", word)


def cut(text: str) -> Words:
    """Cut a text into words.

    >>> cut("C++/.NET dev - £50k").surfaces
    ['C++', '/', '.NET', 'dev', '–', '£', '50', 'k']
    """
    surfaces, starts, ends, glued = list[str](), list[int](), list[int](), list[int]()
    known = alphabet()
    pattern = known.ascii if text.isascii() or known.plain.issuperset(text) else known.pattern
    last = -1
    for match in pattern.finditer(text):
        start, end = match.span()
        kind = match.lastindex
        if kind is None:
            surface = text[start:end]
        elif kind == 2:
            surface = _dash(text, start, end)
        elif surfaces and end < len(text):
            surface, end = GAP, start
        else:
            continue
        surfaces.append(surface)
        starts.append(start)
        ends.append(end)
        glued.append(1 if start == last else 0)
        last = end
    return Words(surfaces, starts, ends, glued)


def _dash(text: str, start: int, end: int) -> str:
    """Tell a hyphen, which joins two characters, from a dash."""
    white_space = alphabet().white_space
    joins = start > 0 and end < len(text) and text[start - 1] not in white_space and text[end] not in white_space
    return HYPHEN if joins and text[start] in HYPHENS else DASH
