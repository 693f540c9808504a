"""Stretches of tokens that the parser joins: first each token alone, then words with the marks inside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textwright.wrangle.tree.tables import KINDS, MARK, SPACE, SYMBOL, WORD, tables


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
    found = tables().token.finditer(text)
    return [Piece(KINDS[match.lastindex or 0], i, i + 1, match.group()) for i, match in enumerate(found)]


def is_mark(piece: Piece) -> bool:
    """Say whether a piece is punctuation or a symbol."""
    return piece.kind is MARK or piece.kind is SYMBOL


def as_word(pieces: Sequence[Piece]) -> Piece:
    """Join neighbours to one word."""
    return Piece(WORD, pieces[0].first, pieces[-1].last, "".join([piece.text for piece in pieces]))


def rewritten(pieces: Sequence[Piece], rule: Rule) -> list[Piece]:
    """Ask a rule about each mark, from left to right; it sees the pieces, the mark's place and what is done so far."""
    done = list[Piece]()
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        change = None if piece.kind is WORD or piece.kind is SPACE else rule(pieces, place, done)
        if change is None:
            done.append(piece)
            place += 1
        else:
            done[len(done) - change.back :] = change.put
            place = change.next
    return done
