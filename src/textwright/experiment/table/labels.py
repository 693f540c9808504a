"""Places for names beside the points of a picture, so that none lies on another, on a point or on a whisker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

LETTER, BOLD, LINE = 6.4, 7.2, 14.0  # the width of a letter and of a bold one, the height of a line, in pixels
REACH = 9.0
DIRECTIONS = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
RINGS = (1.0, 1.8, 2.8, 4.0, 5.5, 7.5)


class Box(NamedTuple):
    """A rectangle in pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Say whether two rectangles share a place."""
        apart = self.right <= other.left or other.right <= self.left
        return not apart and self.top < other.bottom and other.top < self.bottom

    def inside(self, frame: Box) -> bool:
        """Say whether all of it lies in a frame."""
        wide = frame.left <= self.left and self.right <= frame.right
        return wide and frame.top <= self.top and self.bottom <= frame.bottom


class Mark(NamedTuple):
    """A point with its whisker, and its name in letters of some width. What comes first gets the better place."""

    name: str
    x: float
    y: float
    top: float
    bottom: float
    letter: float = LETTER


def placed(marks: Sequence[Mark], frame: Box, lines: Sequence[Box] = ()) -> dict[str, Box]:
    """Give each name a free place near its point, off the lines; a name that finds none is left out."""
    taken = [*lines, *(box for mark in marks for box in _boxes(mark))]
    places: dict[str, Box] = {}
    for mark in marks:
        points = [_point(other) for other in marks if not _point(other).meets(_point(mark))]
        free = (box for box in _candidates(mark) if box.inside(frame) and not any(map(box.meets, taken)))
        box = next((box for box in free if not any(map(between(mark, box).meets, points))), None)
        if box is not None:
            places[mark.name] = box
            taken.append(box)
    return places


def _boxes(mark: Mark) -> tuple[Box, Box]:
    return _point(mark), Box(mark.x - 1.5, mark.top, mark.x + 1.5, mark.bottom)


def _point(mark: Mark) -> Box:
    return Box(mark.x - 5, mark.y - 5, mark.x + 5, mark.y + 5)


def between(mark: Mark, box: Box) -> Box:
    """Return the rectangle whose diagonal leads from a point to its name."""
    x = min(max(mark.x, box.left), box.right)
    y = min(max(mark.y, box.top), box.bottom)
    return Box(min(x, mark.x), min(y, mark.y), max(x, mark.x) + 1, max(y, mark.y) + 1)


def _candidates(mark: Mark) -> Iterator[Box]:
    width = mark.letter * len(mark.name)
    for ring in RINGS:
        for across, down in DIRECTIONS:
            x, y = mark.x + across * REACH * ring, mark.y + down * REACH * 1.4 * ring
            left = x if across > 0 else x - width if across < 0 else x - width / 2
            yield Box(left, y - LINE / 2, left + width, y + LINE / 2)
