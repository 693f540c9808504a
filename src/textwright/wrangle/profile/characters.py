"""What texts are written with: characters counted a megabyte at a time, then sorted by kind and script."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from textwright.wrangle.profile.values import Characters

BUFFERED = 1 << 20
SHOWN = 40
KINDS = {
    "L": "letters",
    "M": "marks on letters",
    "N": "digits and numbers",
    "P": "punctuation",
    "S": "symbols",
    "Z": "spaces",
    "C": "control and other",
}
# A letter's script is the first word of its Unicode name, but for these.
SCRIPTS = {"Cjk": "Han", "Fullwidth": "full width", "Halfwidth": "half width", "Mathematical": "mathematical"}
NO_SCRIPT = {"Modifier", "Feminine", "Masculine", "Micro", "Ohm", "Kelvin", "Angstrom", "Superscript", "Subscript"}


class CharacterCount:
    """Takes one text after another."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: list[str] = []
        self._size = 0
        self._counts: Any = None

    def add(self, text: str) -> None:
        """Take a text."""
        self._waiting.append(text)
        self._size += len(text)
        if self._size >= BUFFERED:
            self._count()

    def _count(self) -> None:
        import numpy as np

        codes = np.frombuffer("".join(self._waiting).encode("utf-32-le", "surrogatepass"), dtype="<u4")
        counts = np.bincount(codes, minlength=0x110000)
        self._counts = counts if self._counts is None else self._counts + counts
        self._waiting, self._size = [], 0

    def done(self) -> Characters:
        """Return what was found."""
        self._count()
        known = {chr(code): int(self._counts[code]) for code in self._counts.nonzero()[0]}
        outside = Counter({character: count for character, count in known.items() if character > "\x7f"})
        return Characters(
            total=sum(known.values()),
            different=len(known),
            kinds=_summed(known, lambda character: KINDS[_category(character)[0]]),
            scripts=_summed({each: count for each, count in known.items() if each.isalpha()}, script),
            other=tuple(outside.most_common(SHOWN)),
        )


def _category(character: str) -> str:
    """Return Unicode's category; tabs and line ends are spaces to people."""
    return "Zs" if character in "\t\n\r\v\f" else unicodedata.category(character)


def _summed(counts: Mapping[str, int], kind: Any) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for character, count in counts.items():
        total[kind(character)] += count
    return tuple(total.most_common())


@cache
def script(letter: str) -> str:
    """Name the script of a letter.

    >>> [script(letter) for letter in "aжλ漢ひ"]
    ['Latin', 'Cyrillic', 'Greek', 'Han', 'Hiragana']
    """
    first = unicodedata.name(letter, "other").split()[0].capitalize()
    return "other" if first in NO_SCRIPT else SCRIPTS.get(first, first)


def name_of(character: str) -> str:
    r"""Name a character for people, by code point and Unicode name.

    >>> name_of(chr(0x200B)), name_of("\t")
    ('U+200B ZERO WIDTH SPACE', 'U+0009 TAB')
    """
    code = ord(character)
    known = unicodedata.name(character, "") or CONTROLS.get(code, "")
    return f"U+{code:04X} {known}".rstrip()


CONTROLS = {0: "NULL", 7: "BELL", 8: "BACKSPACE", 9: "TAB", 10: "LINE FEED", 11: "LINE TABULATION", 12: "FORM FEED"}
CONTROLS |= {13: "CARRIAGE RETURN", 27: "ESCAPE", 127: "DELETE", 133: "NEXT LINE"}
