"""Stretches of a file, joined from pieces that must not be cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textwright.batch.streams import LONGEST
from textwright.errors import DataError

# A part holds about so many bytes of input at most, so that a worker's memory has a bound.
PART_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a file: from where to where, the number of its first row or line, and its rows."""

    start: int
    stop: int
    first: int
    rows: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that must not be cut: its bytes, the rows in it (0 or 1), and by how much it moves their number."""

    size: int
    rows: int
    numbers: int


def in_stretches(pieces: Iterable[Piece], *, start: int, rows: int, size: int = PART_BYTES) -> Iterator[Cut]:
    """Join pieces to stretches of at most `rows` rows; the piece that makes one `size` bytes or more ends it.

    >>> list(in_stretches([Piece(5, 1, 1), Piece(1, 0, 0), Piece(7, 1, 1)], start=10, rows=1))
    [Cut(start=10, stop=15, first=1, rows=1), Cut(start=15, stop=23, first=2, rows=1)]
    """
    begin = stop = start
    first, number, count = 1, 1, 0
    for piece in pieces:
        stop, number, count = stop + piece.size, number + piece.numbers, count + piece.rows
        if count >= rows or stop - begin >= size:
            if count:
                yield Cut(begin, stop, first, count)
            begin, first, count = stop, number, 0
    if count:
        yield Cut(begin, stop, first, count)


def refuse_endless(path: str, number: int, size: int) -> None:
    """Raise `DataError` at a line that no memory should hold."""
    if size >= LONGEST:
        raise DataError(f"{path}:{number}: the line is longer than {LONGEST >> 20} MB. A record a line is expected")
