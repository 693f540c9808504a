"""Words of a rule that none of the texts has: a unit that nobody writes there, a name with a slip in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from textwright.project.suggest.entries import Entries, entries_of, is_dash, is_money, pieces
from textwright.project.suggest.forms import PageRule

# What parts the pieces of texts that are written into one, and stands for any number there.
PART, NUMBER = "\x1f", "0"


class Pieces:
    """The words and signs of texts, as rules see them, to look others up in."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Take the pieces of each text."""
        self._known = frozenset(piece for text in texts for piece in text)
        self._written = "\n".join(_written(text) for text in texts)

    def have(self, some: Sequence[str]) -> bool:
        """Say whether a text has these pieces in a row."""
        return self._known.issuperset(some) and _written(some) in self._written


def _written(some: Sequence[str]) -> str:
    return f"{PART}{PART.join(some)}{PART}"


def absent_words(rules: Sequence[PageRule], texts: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Return by place the words of each rule that no text has; of a rule of units those beside no number.

    >>> absent_words([PageRule("SIZE", "number", "kg, ml"), PageRule("BRAND", "words", "Sony")], ["Sony ml 2kg"])
    {0: ('ml',)}
    """
    plain, numbered = _cut(tuple(texts))
    found = {place: tuple(_absent(rule, plain, numbered)) for place, rule in enumerate(rules)}
    return {place: words for place, words in found.items() if words}


@lru_cache(maxsize=1)
def _cut(texts: tuple[str, ...]) -> tuple[Pieces, Pieces]:
    """Return the pieces of texts as they are and with all numbers as one, kept: who types asks again and again."""
    cut = [pieces(text) for text in texts]
    return Pieces(cut), Pieces([[_no_digits(piece) for piece in text] for text in cut])


def _absent(rule: PageRule, plain: Pieces, numbered: Pieces) -> Iterator[str]:
    if rule.kind in ("capitals", "shape"):  # their words are those that are left out, and examples
        return
    words, until = entries_of(rule.words), entries_of(rule.until if rule.kind == "between" else "")
    for entry in _told(words, until):
        there = _beside_number(entry, numbered) if rule.kind == "number" else plain.have(pieces(entry))
        if not there:
            yield entry


def _told(*some: Entries) -> Iterator[str]:
    """Yield what can be told of: a dash stands for any dash."""
    return (entry for entries in some for entry in entries.words if not is_dash(entry))


def _beside_number(unit: str, numbered: Pieces) -> bool:
    form = pieces(unit)
    behind = ((NUMBER, *form), (NUMBER, "-", *form))
    return any(map(numbered.have, (*behind, (*form, NUMBER)) if is_money(unit) else behind))


def _no_digits(piece: str) -> str:
    return NUMBER if piece[:1].isnumeric() else piece
