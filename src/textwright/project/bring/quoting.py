"""Rows of a table, also where a quotation mark opens a cell and nothing closes it: it is then part of the text."""

from __future__ import annotations

import csv
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator

# A cell that is open for so many characters was never meant to be one.
LONGEST_ROW = 1_000_000


def sound_rows(
    lines: Iterable[str], separator: str, *, on_stray: Callable[[int], object] = lambda _: None
) -> Iterator[list[str]]:
    r"""Read rows; of one whose quotes do not fit, its first line is read as it stands, and it goes on with the next.

    `on_stray` hears of that line by its number. Memory stays bounded.

    >>> list(sound_rows(["text\n", '"Lamp\n', 'TV "flat"\n'], ","))
    [['text'], ['"Lamp'], ['TV "flat"']]
    """
    csv.field_size_limit(sys.maxsize)
    feed = _Lines(lines)
    while True:
        try:
            for row in csv.reader(feed, delimiter=separator, strict=True):
                feed.taken.clear()
                yield row
        except csv.Error:
            first = feed.back_to_second()
            on_stray(feed.number)
            yield from csv.reader([first], delimiter=separator, quoting=csv.QUOTE_NONE)
        else:
            return


class _Lines:
    """Lines that can be taken again: those of the row that is being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self._again = iter(lines), deque[str]()
        self.taken = list[str]()
        self._length, self.number = 0, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Return the next line; a row that is too long gets none, and is broken."""
        self._length = self._length if self.taken else 0
        if self._length > LONGEST_ROW:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        self._length += len(line)
        self.number += 1
        return line

    def back_to_second(self) -> str:
        """Go back behind the first line of the row, and return that."""
        first, *rest = self.taken
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)
        self.taken.clear()
        return first
