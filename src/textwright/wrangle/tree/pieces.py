"""Stretches of tokens that the parser joins: first each token alone, then words with the marks inside them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from textwright.wrangle.tree.tables import KINDS, MARK, SYMBOL, WORD, tables


class Piece(NamedTuple):
    """The tokens `[first, last)`, which make a node of type `kind`."""

    kind: str
    first: int
    last: int
    text: str


class Change(NamedTuple):
    """What a rule wants: `back` pieces before the mark taken back, `put` in their place, going on at `next`."""

    back: int
    put: Sequence[Piece]
    next: int


Rule = Callable[[Sequence[Piece], int, Sequence[Piece]], Change | None]


def cut(text: str) -> list[Piece]:
    """Cut a text into tokens; joined they are the text.

    >>> [piece.text for piece in cut("UX/UI -- now!")]
    ['UX', '/', 'UI', ' ', '--', ' ', 'now', '!']
    """
    found = enumerate(tables().token.finditer(text))
    # A named tuple made so takes half the time.
    return [tuple.__new__(Piece, (KINDS[match.lastindex or 0], i, i + 1, match[0])) for i, match in found]


def is_mark(piece: Piece) -> bool:
    """Say whether a piece is punctuation or a symbol."""
    return piece.kind is MARK or piece.kind is SYMBOL


def as_word(pieces: Sequence[Piece]) -> Piece:
    """Join neighbours to one word."""
    return Piece(WORD, pieces[0].first, pieces[-1].last, "".join([piece.text for piece in pieces]))


def rewritten(pieces: list[Piece], rule: Rule, characters: Collection[str]) -> list[Piece]:
    """Ask a rule about each mark of some characters, from left to right.

    It sees the pieces, the mark's place, and what is done so far.
    """
    marks = [place for place, piece in enumerate(pieces) if piece[3][0] in characters and is_mark(piece)]
    done, start = list[Piece](), 0
    for place in marks:
        if place < start:
            continue
        done += pieces[start:place]
        change = rule(pieces, place, done) or Change(0, pieces[place : place + 1], place + 1)
        done[len(done) - change.back :] = change.put
        start = change.next
    return done + pieces[start:] if done else pieces
