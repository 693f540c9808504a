"""Spans as brackets beneath each line of a terminal, whatever the widths of the characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from textwright.types import Span

if TYPE_CHECKING:
    from rich.text import Text

LEAST_WIDTH = 8
# Bidirectional overrides and embeddings would reorder what stands beside them (CVE-2021-42574).
OVERRIDES = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class Cell(NamedTuple):
    """What takes one place on a terminal: a character with its marks, and how many columns wide."""

    start: int
    end: int
    shown: str
    width: int


class Piece(NamedTuple):
    """The part of a span that lies on one line: columns `[left, right)`, and whether it goes on beyond."""

    left: int
    right: int
    label: str
    from_before: bool
    goes_on: bool


class Mark(NamedTuple):
    """A piece as it is written: from which column, which characters."""

    left: int
    written: str

    @property
    def right(self) -> int:
        """Return the column after the last."""
        from rich.cells import cell_len

        return self.left + cell_len(self.written)


def bracket_rows(text: str, spans: Sequence[Span], colours: Mapping[str, str], *, width: int) -> list[Text]:
    """Write a text in rows of `width` columns, each followed by the brackets of its spans.

    Spans that come first are drawn nearest to the text.
    """
    rows: list[Text] = []
    for line in wrap(cells(text), max(width, LEAST_WIDTH)):
        rows.append(_text_row(line, spans, colours))
        rows += _lane_rows(line, spans, colours, max(width, LEAST_WIDTH))
    return rows


def shown(character: str) -> str:
    """Return what to show for a character that would be invisible or would change the drawing.

    >>> shown("a"), shown(chr(0)), shown(chr(0x202E))
    ('a', '␀', '�')
    """
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0xD800 <= code < 0xE000 or 0x80 <= code < 0xA0 or code in OVERRIDES:
        return "\ufffd"
    return character


def cells(text: str) -> list[Cell]:
    """Divide a text into what takes one place each: a letter with its accents, a joined emoji.

    >>> [len(cell.shown) for cell in cells("cafe" + chr(0x301))]
    [1, 1, 1, 2]
    """
    from rich.cells import cell_len

    found: list[Cell] = []
    for place, character in enumerate(text):
        written = {"\n": "\n", "\t": " ", "\r": " "}.get(character) or shown(character)
        if found and found[-1].shown != "\n" and _joins(found[-1].shown, written, cell_len(written)):
            written = found[-1].shown + written
            found[-1] = Cell(found[-1].start, place + 1, written, cell_len(written))
        else:
            found.append(Cell(place, place + 1, written, cell_len(written)))
    return found


def _joins(before: str, character: str, width: int) -> bool:
    """Say whether a character is drawn onto the one before: a mark, a skin tone, the second half of a flag."""
    if character == "\n":
        return False
    flag = all(0x1F1E6 <= ord(each) <= 0x1F1FF for each in before + character) and len(before) == 1
    return width == 0 or before.endswith("\u200d") or 0x1F3FB <= ord(character) <= 0x1F3FF or flag


def wrap(row: Sequence[Cell], width: int) -> list[list[Cell]]:
    """Break cells into lines of at most `width` columns, at spaces where there are any."""
    lines: list[list[Cell]] = [[]]
    used = 0
    for word in _words(row):
        if used + _columns(_without_end_space(word)) > width and used:
            lines.append([])
            used = 0
        for cell in word:
            if used + cell.width > width and cell.shown != " ":
                lines.append([])
                used = 0
            lines[-1].append(cell)
            used += cell.width
        if word[-1].shown == "\n":
            lines.append([])
            used = 0
    return [_without_end_space(line) for line in lines]


def _words(row: Iterable[Cell]) -> Iterator[list[Cell]]:
    """Yield words with the spaces after them; a line break ends a word."""
    word: list[Cell] = []
    for cell in row:
        if word and (word[-1].shown == "\n" or (word[-1].shown == " " != cell.shown)):
            yield word
            word = []
        word.append(cell)
    if word:
        yield word


def _without_end_space(line: Sequence[Cell]) -> list[Cell]:
    end = len(line)
    while end and line[end - 1].shown in {" ", "\n"}:
        end -= 1
    return list(line[:end])


def _columns(line: Iterable[Cell]) -> int:
    return sum(cell.width for cell in line)


def _text_row(line: Sequence[Cell], spans: Sequence[Span], colours: Mapping[str, str]) -> Text:
    """Write the text, each character in the colour of the span drawn nearest to it."""
    from rich.text import Text

    def look(cell: Cell) -> str:
        nearest = next((s for s in spans if s.start < cell.end and cell.start < s.end), None)
        return f"bold {colours[nearest.label]}" if nearest else ""

    return Text.assemble(*(("".join(cell.shown for cell in run), style) for style, run in groupby(line, look)))


def _lane_rows(line: Sequence[Cell], spans: Sequence[Span], colours: Mapping[str, str], width: int) -> list[Text]:
    from rich.text import Text

    lanes: list[list[tuple[Piece, Mark]]] = []
    for piece in _pieces(line, spans):
        mark = _mark(piece, width)
        lane = _free_lane(lanes, piece, mark)
        lanes += [[] for _ in range(lane + 1 - len(lanes))]
        lanes[lane].append((piece, mark))
    rows = []
    for marks in lanes:
        row = Text()
        for piece, mark in sorted(marks, key=lambda each: each[1].left):
            row.append(" " * (mark.left - row.cell_len))
            row.append(mark.written, colours[piece.label])
        rows.append(row)
    return rows


def _pieces(line: Sequence[Cell], spans: Iterable[Span]) -> Iterator[Piece]:
    for span in spans:
        touched = [i for i, cell in enumerate(line) if span.start < cell.end and cell.start < span.end]
        if touched:
            left, right = _columns(line[: touched[0]]), _columns(line[: touched[-1] + 1])
            before, after = span.start < line[0].start, span.end > line[-1].end
            yield Piece(left, max(right, left + 1), span.label, before, after)


def _free_lane(lanes: Sequence[Sequence[tuple[Piece, Mark]]], piece: Piece, mark: Mark) -> int:
    """Find the first lane below everything that shares a column with the span, and free where it is written."""
    lane = 0
    for i, placed in enumerate(lanes):
        for other, written in placed:
            beside = mark.left <= written.right and written.left <= mark.right
            if beside or (piece.left < other.right and other.left < piece.right):
                lane = i + 1
    return lane


def _mark(piece: Piece, width: int) -> Mark:
    """Write a bracket with the name inside where it fits, else beside it."""
    from rich.cells import cell_len

    room = piece.right - piece.left
    left, right = "─" if piece.from_before else "└", "─" if piece.goes_on else "┘"
    name = "".join(map(shown, piece.label))
    spare = room - 4 - cell_len(name)
    if spare >= 0:
        return Mark(piece.left, f"{left}{'─' * (spare // 2)} {name} {'─' * (spare - spare // 2)}{right}")
    bar = left + "─" * (room - 2) + right if room > 1 else left.replace("└", "╵")
    if piece.from_before:
        return Mark(piece.left, bar)
    return _named_beside(piece, bar, name, width)


def _named_beside(piece: Piece, bar: str, name: str, width: int) -> Mark:
    """Put the name after the bracket, or before it where there is more room; cut it only if neither does."""
    from rich.cells import cell_len

    after, before = width - piece.right - 1, piece.left - 1
    if cell_len(name) <= after or after >= before:
        return Mark(piece.left, f"{bar} {_cut(name, after)}".rstrip())
    name = _cut(name, before)
    return Mark(piece.left - cell_len(name) - 1, f"{name} {bar}")


def _cut(name: str, room: int) -> str:
    from rich.cells import cell_len, set_cell_size

    return name if cell_len(name) <= room else set_cell_size(name, max(0, room - 1)).rstrip() + "…" * (room > 0)
