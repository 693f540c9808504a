"""Finding where the records of CSV end, as Python's `csv` module reads them, quotes and broken quotes included.

A line without a quote is a record; from one with a quote on the module says where the record ends.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from textwright.batch.pieces import Piece, refuse_endless
from textwright.batch.streams import LONGEST

# A longer cell is no text but a quote that nobody closed.
LONGEST_CELL = 64 << 20
BOM = "\ufeff"


def text_lines(file: io.BufferedReader, path: str) -> Iterator[str]:
    """Yield the lines of a table with their ends, cut as `csv` wants them."""
    text = io.TextIOWrapper(file, "utf-8", newline="")
    number = 0
    while line := text.readline(LONGEST):
        number += 1
        refuse_endless(path, number, len(line))
        yield line


def heading_of(lines: Iterator[str], delimiter: str) -> tuple[list[str], int]:
    """Read the heading, and say at which byte the rows begin."""
    size = 0
    for line in lines:
        row, used = _first_row(line.removeprefix(BOM) if size == 0 else line, lines, delimiter)
        size += used + (size_of(BOM) if size == 0 and line.startswith(BOM) else 0)
        if row:
            return row, size
    return [], size


def pieces_of_csv(lines: Iterator[str], delimiter: str) -> Iterator[Piece]:
    """Yield the size of each record, and that of each blank line."""
    csv.field_size_limit(LONGEST_CELL)
    for line in lines:
        if '"' in line:
            yield Piece(_first_row(line, lines, delimiter)[1], 1, 1)
        else:
            is_row = line not in ("\n", "\r\n", "\r")
            yield Piece(size_of(line), is_row, is_row)


def _first_row(line: str, lines: Iterator[str], delimiter: str) -> tuple[list[str], int]:
    """Read the record that begins with a line; say how many bytes it takes."""
    used: list[str] = []
    try:
        row = next(csv.reader(noted(chain([line], lines), used), delimiter=delimiter, strict=True), [])
    except csv.Error:
        row = []  # the record ends where the module gave up; who reads it is told why
    return row, sum(map(size_of, used))


def noted(lines: Iterable[str], used: list[str]) -> Iterator[str]:
    """Pass lines on, and keep those that were taken."""
    for line in lines:
        used.append(line)
        yield line


def size_of(line: str) -> int:
    """Return the length of a line in bytes of UTF-8."""
    return len(line) if line.isascii() else len(line.encode())
