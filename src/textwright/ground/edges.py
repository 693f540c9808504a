"""Say whether a stretch of text begins and ends where words do."""

from __future__ import annotations

import unicodedata
from enum import IntEnum

from textwright.ground.folding import UNSEEN, folded_letter

# So many unseen characters are looked through at an edge; more in a row are an attack.
MOST_UNSEEN = 16
JOINER = "\u200d"
# Scripts that set no space between words, or hang endings on to them: kana, Han, Hangul, Thai, Lao, Myanmar, Khmer.
UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x11FF),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3130, 0x318F),
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


class Edge(IntEnum):
    """How good a place is for a word to begin or end: the smaller the better."""

    BETWEEN = 0  # between words
    CHANGE = 1  # digits meet letters, or the script sets no spaces
    CAPITAL = 2  # `designerLondon`, `HTMLPage`
    INSIDE = 3  # within a word


def worst_edge(text: str, start: int, end: int) -> Edge:
    """Return the worse of the two edges of a stretch that is not empty.

    >>> [worst_edge("LUX UX", place, place + 2).name for place in (1, 4)]
    ['INSIDE', 'BETWEEN']
    """
    return max(edge_at(text, start), edge_at(text, end))


def edge_at(text: str, place: int) -> Edge:
    """Say what kind of edge lies before `text[place]`."""
    if not 0 < place < len(text):
        return Edge.BETWEEN
    if text[place] == " " or (text[place - 1] == " " and text[place].isascii()):
        return Edge.BETWEEN
    if _belongs_to_letter_before(text[place]) or text[place - 1] == JOINER:
        return Edge.INSIDE
    left, right = _seen_before(text, place), _seen_after(text, place)
    if not (_is_of_word(text[left]) and _is_of_word(text[right])):
        return _edge_at_number(text, left, right)
    return _edge_between(text, left, right)


def _belongs_to_letter_before(letter: str) -> bool:
    """Say whether a mark, a joiner, a skin colour or a part of a Korean syllable is one with what stands before."""
    if letter in UNSEEN:
        return False
    joins = letter == JOINER or "\u1160" <= letter <= "\u11ff" or "\U0001f3fb" <= letter <= "\U0001f3ff"
    return joins or unicodedata.category(letter).startswith("M")


def _seen_before(text: str, place: int) -> int:
    at = place - 1
    while at > 0 and place - at < MOST_UNSEEN and not folded_letter(text[at]):
        at -= 1
    return at


def _seen_after(text: str, place: int) -> int:
    at = place
    while at < len(text) - 1 and at - place < MOST_UNSEEN and not folded_letter(text[at]):
        at += 1
    return at


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or unicodedata.category(letter).startswith("M")


def _edge_at_number(text: str, left: int, right: int) -> Edge:
    """Keep `50` and `50,000` apart."""
    in_number = (
        text[left].isdigit() and text[right] in ".," and right + 1 < len(text) and text[right + 1].isdigit()
    ) or (text[right].isdigit() and text[left] in ".," and left > 0 and text[left - 1].isdigit())
    return Edge.CHANGE if in_number else Edge.BETWEEN


def _edge_between(text: str, left: int, right: int) -> Edge:
    before, after = text[left], text[right]
    if _is_unspaced(before) or _is_unspaced(after) or before.isdigit() != after.isdigit():
        return Edge.CHANGE
    if before.islower() and after.isupper():
        return Edge.CAPITAL
    third = text[right + 1 : right + 2]
    return Edge.CAPITAL if before.isupper() and after.isupper() and third.islower() else Edge.INSIDE


def _is_unspaced(letter: str) -> bool:
    return letter >= "\u0e00" and any(first <= ord(letter) <= last for first, last in UNSPACED)
