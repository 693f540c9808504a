"""Frequent words and neighbours."""

from __future__ import annotations

import re
from itertools import pairwise

from textwright.wrangle.profile.counting import Frequent
from textwright.wrangle.profile.values import Words

# Letters and digits; an apostrophe or hyphen between them does not part a word.
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SHOWN = 25
REMEMBERED = 400_000


class WordCount:
    """Takes one text after another."""

    def __init__(self) -> None:
        """Begin with none."""
        self._words = Frequent[str](REMEMBERED)
        self._pairs = Frequent[tuple[str, str]](REMEMBERED)
        self._total = 0

    def add(self, text: str) -> int:
        """Count the words of a text; return how many it has."""
        words = WORD.findall(text.lower())
        self._total += len(words)
        self._words.add(words)
        self._pairs.add(pairwise(words))
        return len(words)

    def done(self) -> Words:
        """Return what was found."""
        pairs = tuple((" ".join(pair), count) for pair, count in self._pairs.top(SHOWN))
        missed = max(self._words.missed, self._pairs.missed)
        return Words(self._total, len(self._words), self._words.once, self._words.top(SHOWN), pairs, missed)
