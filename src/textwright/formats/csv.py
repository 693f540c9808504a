"""CSV and TSV with a heading: see `table` for what a row holds.

Delimiter (comma, semicolon, tab, bar) and encoding (UTF-8, with or without a byte order mark, UTF-16
with one, else Windows-1252 with a warning) are found. Written: UTF-8 with commas, tabs for `.tsv`, or
the delimiter of the options.

A spreadsheet runs a cell that begins like a formula. Such a cell is written behind a mark, an apostrophe, which is
taken off when the cell is read, so that each text comes back as it was; raw cells are written and read as they stand.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from textwright.errors import DataError
from textwright.formats.base import Format, Identify, Options, Rejected, open_bytes
from textwright.formats.encoding import UTF16, WINDOWS, undecodable, warn_of_windows
from textwright.formats.records import encode, plain
from textwright.formats.table import LAYERS, example_of_row, layout_of, lost_in_table, require_column
from textwright.types import Example

DELIMITERS = ",;\t|"
SAMPLE_CHARACTERS = 64 * 1024
SAMPLE_ROWS = 50
MARK = "'"
# Some spreadsheets know the signs of full width, too.
SIGNS = "=+-@\t\r\n＝＋－＠"
BEGINNINGS = frozenset(MARK + SIGNS)
# Also behind marks of the text's own, so that taking one off gives the text again.
FORMULA = re.compile(f"{MARK}*[{re.escape(SIGNS)}]")
NUMBER = re.compile(r"[+-](\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def marked(cell: str) -> str:
    """Put the mark before a cell that a spreadsheet would take for a formula; a number is none.

    >>> [marked(cell) for cell in ("=1+1", "'=1+1", "-5", "'tis")]
    ["'=1+1", "''=1+1", '-5', "'tis"]
    """
    if cell[:1] not in BEGINNINGS:  # nearly all, and quickly seen
        return cell
    return MARK + cell if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def unmarked(cell: str) -> str:
    """Take the mark off a cell that has one.

    >>> [unmarked(cell) for cell in ("'=1+1", "''=1+1", "-5", "'tis")]
    ['=1+1', "'=1+1", '-5', "'tis"]
    """
    return cell[1:] if cell.startswith(MARK) and FORMULA.match(cell) else cell


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream one example a row; hand a row that does not fit the heading to `options.on_reject`."""
    identify = Identify()
    with _open_text(path, options) as file:
        rows = _Rows(path, file, options)
        columns = next(rows, [])
        require_column(columns, options, path)
        for row in rows:
            try:
                yield _example(columns, row, identify, options)
            except DataError as error:
                rows.reject(str(error))


def columns(path: Path, options: Options) -> tuple[str, ...]:
    """Return the names of the columns, in order."""
    quiet = options.quiet()
    with _open_text(path, quiet) as file:
        return tuple(next(_Rows(path, file, quiet), []))


def delimiter(path: Path, options: Options) -> str:
    """Return what separates the cells of a file."""
    with _open_text(path, options.quiet()) as file:
        return _delimiter(file)


def _example(columns: list[str], row: list[str], identify: Identify, options: Options) -> Example:
    if len(row) != len(columns):
        raise DataError(f"the row has {len(row)} cells, the heading {len(columns)}")
    return example_of_row(_cells(columns, row, options), identify, options)


def _cells(columns: list[str], row: list[str], options: Options) -> dict[str, str]:
    """Name the cells of a row.

    In a table with our layers, which has a column for each key of any text, an empty cell says that a text has none.
    """
    cells = dict(zip(columns, row, strict=True))
    if set(LAYERS).isdisjoint(columns):
        return cells
    return {name: cell for name, cell in cells.items() if cell or name == options.column}


class _Rows:
    """The rows of a file that are not blank. It knows the lines that the latest one came from."""

    def __init__(self, path: Path, file: TextIO, options: Options) -> None:
        csv.field_size_limit(sys.maxsize)
        self._path = path
        self._options = options
        self._delimiter = _delimiter(file)
        self._lines: list[str] = []
        self._reader = csv.reader(self._noted(file), delimiter=self._delimiter, strict=True)

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        while True:
            self._lines.clear()
            try:
                row = next(self._reader)
            except csv.Error as error:
                self.reject(f"broken quoting: {error}")
                continue
            if row:
                return row if self._options.raw_cells else [unmarked(cell) for cell in row]

    def reject(self, reason: str) -> None:
        """Hand the latest row to `on_reject`."""
        line = self._reader.line_num - len(self._lines) + 1
        text = "".join(self._lines).rstrip("\r\n")
        self._options.on_reject(Rejected(str(self._path), line, reason, text))

    def _noted(self, file: TextIO) -> Iterator[str]:
        for line in file:
            self._lines.append(line)
            yield line


def _open_text(path: Path, options: Options) -> TextIO:
    return io.TextIOWrapper(open_bytes(path, options), encoding=_encoding(path, options), newline="")


def _encoding(path: Path, options: Options) -> str:
    """Find the encoding by decoding the whole file once."""
    with path.open("rb") as file:
        begins_utf16 = file.read(2) in UTF16
    wanted = "utf-16" if begins_utf16 else "utf-8-sig"
    place = undecodable(path, wanted)
    if place is None:
        return wanted
    other = undecodable(path, WINDOWS)
    if begins_utf16 or other is not None:
        raise DataError(f"{path}: neither UTF-8 (near byte {place}) nor Windows-1252. Save it as UTF-8")
    return warn_of_windows(path, place, options)


def _delimiter(file: TextIO) -> str:
    """Choose the delimiter of a file; go back to its beginning."""
    sample = file.read(SAMPLE_CHARACTERS)
    file.seek(0)
    return delimiter_of(sample)


def delimiter_of(sample: str) -> str:
    """Choose the delimiter that gives most rows of a table's first characters the same number of cells."""
    return max(DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter))


def _fitness(sample: str, delimiter: str) -> tuple[float, int]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    width = len(rows[0]) if rows else 0
    if width < 2:
        return 0.0, 0
    return sum(len(row) == width for row in rows if row) / len(rows), width


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write a heading and one row an example."""
    layout = layout_of(examples, options)
    rows = (layout.row(example) for example in examples)
    values = ([cells.get(name, "") for name in layout.columns] for cells in rows)
    write_rows(path, layout.columns, values, delimiter=options.delimiter, raw=options.raw_cells)


def write_rows(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    delimiter: str | None = None,
    raw: bool = False,
) -> None:
    """Write a heading and rows of cells, with commas between (tabs in `.tsv`) unless told otherwise.

    What would be a formula gets a mark, unless cells are `raw`.
    """
    delimiter = delimiter or ("\t" if path.suffix.lower() == ".tsv" else ",")
    with path.open("w", encoding="utf-8", newline="") as file:
        plain = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        quoting = csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for values in chain([columns], rows):
            row = [_cell(each) if raw else marked(_cell(each)) for each in values]
            # The plain writer leaves a lone carriage return bare, which readers take for the end of the row.
            (quoting if any("\r" in cell for cell in row) else plain).writerow(row)


def _cell(value: Any) -> str:
    """Write a cell: JSON for what JSON has a kind for, but NaN and Infinity as readers of tables know them."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return json.dumps(value)
    return encode(value) if value is None or isinstance(value, int | list | tuple | dict) else plain(value)


def _recognise(path: Path, head: bytes) -> bool:
    """Trust the ending: any lines of text could be a table."""
    return path.suffix.lower() in FORMAT.endings and not head.startswith(b"PAR1")


FORMAT = Format("csv", (".csv", ".tsv"), _recognise, read, write, lost_in_table)
