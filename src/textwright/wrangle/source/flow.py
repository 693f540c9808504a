"""White space as a browser shows it: runs fold into one space, blocks stand on lines of their own.

After `innerText` of the HTML standard, https://html.spec.whatwg.org/multipage/dom.html#get-the-text-steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textwright.wrangle.clean import Mapped

# What CSS folds, and a space at an end; a no-break space stays, as does one space between two words.
_SPACES = re.compile(r"^[ \t\n\f\r]+|[ \t\n\f\r]+\Z|[ \t\n\f\r]{2,}|[\t\n\f\r]")
_LINES = re.compile(r"\r\n?|\n")


class Piece(NamedTuple):
    """Characters in a row, and where each came from; a tuple, for a page has many."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def part(self, start: int, end: int) -> Piece:
        """Cut out the characters `[start, end)`."""
        return Piece(self.text[start:end], self.starts[start:end], self.ends[start:end])


def verbatim(source: str, start: int, end: int) -> Piece:
    """Take a stretch of the source as it stands."""
    return Piece(source[start:end], range(start, end), range(start + 1, end + 1))


def all_from(text: str, start: int, end: int) -> Piece:
    """Make each character of `text` come from the whole of `[start, end)`."""
    return Piece(text, [start] * len(text), [end] * len(text))


def joined(pieces: Sequence[Piece]) -> Mapped:
    """Put pieces together."""
    return Mapped(
        "".join([piece.text for piece in pieces]),
        tuple([place for piece in pieces for place in piece.starts]),
        tuple([place for piece in pieces for place in piece.ends]),
    )


def put_together(pieces: Iterable[Piece]) -> Piece:
    """Make one piece of several."""
    mapped = joined(list(pieces))
    return Piece(mapped.text, mapped.starts or (), mapped.ends or ())


class Flow:
    """A text that grows piece by piece. What stands between two blocks waits until something follows."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[Piece] = []
        self._done = 0
        self._at_line_start = True
        self._space: Piece | None = None
        self._gap = 0

    def fold(self, piece: Piece) -> None:
        """Add text whose white space folds."""
        done = 0
        for space in _SPACES.finditer(piece.text):
            self._word(piece.part(done, space.start()))
            done = space.end()
            self._space = self._space or all_from(" ", piece.starts[space.start()], piece.ends[done - 1])
        self._word(piece.part(done, len(piece.text)))

    def _word(self, piece: Piece) -> None:
        if not piece.text:
            return
        self._fill_gap(piece.starts[0])
        if self._space and not self._at_line_start:
            self._add(self._space)
        self._space = None
        self._add(piece)

    def keep(self, piece: Piece) -> None:
        """Add text whose white space stays, as in `<pre>`."""
        if piece.text:
            self._fill_gap(piece.starts[0])
            self._space = None
            self._add(piece)

    def sign(self, char: str, start: int, end: int) -> None:
        """Add a line break or a tab for the tag at `[start, end)`."""
        start = max(start, self._done)
        self._fill_gap(start if start > self._done else end)
        self._space = None
        self._add(all_from(char, start, end))

    def part(self, lines: int) -> None:
        """Ask for so many line breaks before what comes next; they are not added to those that were asked for."""
        self._gap = max(self._gap, lines)

    def _fill_gap(self, start: int) -> None:
        """Write the line breaks that were asked for; they come from all the markup between."""
        if self._gap and self._pieces:
            self._add(all_from("\n" * self._gap, self._done, start))
        if self._gap:
            self._space, self._at_line_start = None, True
        self._gap = 0

    def _add(self, piece: Piece) -> None:
        self._pieces.append(piece)
        self._done = piece.ends[-1]
        self._at_line_start = piece.text[-1] in "\n\t"

    def finished(self) -> Mapped:
        """Return the text."""
        return joined(self._pieces)


def without_returns(piece: Piece) -> Piece:
    r"""Make each end of a line one `\n`, as every parser does first."""
    if "\r" not in piece.text:
        return piece
    pieces, done = list[Piece](), 0
    for line in _LINES.finditer(piece.text):
        start, end = line.span()
        pieces += [piece.part(done, start), all_from("\n", piece.starts[start], piece.ends[end - 1])]
        done = end
    return put_together([*pieces, piece.part(done, len(piece.text))])
