"""Looking through a file once, to say what it is and to cut it between its records."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from textwright.batch.csv_lines import heading_of, pieces_of_csv, text_lines
from textwright.batch.pieces import PART_BYTES, Cut, Piece, in_stretches, refuse_endless
from textwright.batch.plan import Input
from textwright.batch.settings import Settings
from textwright.batch.streams import BLOCK, LONGEST, Readable, open_file, open_plain
from textwright.errors import DataError
from textwright.formats.arrow import pyarrow
from textwright.formats.base import Options
from textwright.formats.csv import SAMPLE_CHARACTERS, delimiter_of, unmarked
from textwright.formats.table import require_column


def cut(given: Input, settings: Settings) -> tuple[Input, list[Cut]]:
    """Say what a file is and where it can be cut. Raise `DataError` when it cannot be read."""
    how = {"parquet": _cut_parquet, "jsonl": _cut_lines, "csv": _cut_csv}
    found, cuts = how[given.kind](given, settings)
    _require_id(found, settings)
    return found, cuts


def _require_id(given: Input, settings: Settings) -> None:
    if settings.id_column != "id" and given.kind != "jsonl" and settings.id_column not in given.columns:
        raise DataError(f"{given.path}: no column {settings.id_column!r}. Columns: {', '.join(given.columns)}")


class _Raw(io.RawIOBase):
    """A readable stream as Python's own readers want it; where it is damaged, the error names the file."""

    def __init__(self, stream: Readable, path: str) -> None:
        self._stream, self._path = stream, path

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except OSError as error:
            raise DataError(f"{self._path}: cannot be read: {error}") from error
        buffer[: len(data)] = data
        return len(data)


def buffered(given: Input) -> io.BufferedReader:
    """Open a file of lines, unpacked and as UTF-8."""
    return io.BufferedReader(_Raw(open_plain(given)[0], given.path), BLOCK)


# --- JSON lines -------------------------------------------------------------------------------


def _cut_lines(given: Input, settings: Settings) -> tuple[Input, list[Cut]]:
    if settings.column != "text":
        raise DataError(f'{given.path}: JSON lines have their text under "text"; --column names that of a table')
    lines = _Lines(settings.id_column)
    cuts = list(in_stretches(map(lines.piece, lines_of(given)), start=0, rows=settings.rows_per_part))
    return replace(given, has_ids=lines.have_ids), cuts


def lines_of(given: Input) -> Iterator[bytes]:
    """Yield lines with their ends. Raise `DataError` at UTF-16, and at a line that no memory should hold."""
    file = buffered(given)
    number = 0
    while line := file.readline(LONGEST):
        number += 1
        if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise DataError(f"{given.path}: the file is UTF-16. Save it as UTF-8")
        refuse_endless(given.path, number, len(line))
        yield line


class _Lines:
    """Looks at lines one after another; `have_ids`: each begins with its id, as most do, and as is quickly seen."""

    def __init__(self, id_column: str) -> None:
        key = re.escape(json.dumps(id_column, ensure_ascii=False).encode())
        self._begins = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*" + key + rb'\s*:\s*(?:"[^"]|-?[0-9])')
        self.have_ids = True

    def piece(self, line: bytes) -> Piece:
        if is_blank(line):
            return Piece(len(line), 0, 1)
        self.have_ids = self.have_ids and self._begins.match(line) is not None
        return Piece(len(line), 1, 1)


def is_blank(line: bytes) -> bool:
    """Say whether a line holds nothing, or a byte order mark alone."""
    bare = line.removeprefix(codecs.BOM_UTF8)
    return not bare or bare.isspace()


# --- CSV --------------------------------------------------------------------------------------


def _cut_csv(given: Input, settings: Settings) -> tuple[Input, list[Cut]]:
    """Cut a table as UTF-8, or else as what `predict` takes it for."""
    if buffered(given).read(2) in {b"\xff\xfe", b"\xfe\xff"}:
        return _cut_encoded(replace(given, encoding="utf-16"), settings)
    try:
        return _cut_encoded(given, settings)
    except UnicodeDecodeError:
        return _cut_encoded(replace(given, encoding="cp1252"), settings)


def _cut_encoded(given: Input, settings: Settings) -> tuple[Input, list[Cut]]:
    try:
        return _cut_rows(given, settings)
    except UnicodeDecodeError as error:
        if given.encoding == "utf-8":
            raise
        raise DataError(f"{given.path}: neither UTF-8 nor {given.encoding} ({error}). Save it as UTF-8") from error


def _cut_rows(given: Input, settings: Settings) -> tuple[Input, list[Cut]]:
    sample = io.TextIOWrapper(buffered(given), "utf-8-sig", newline="").read(SAMPLE_CHARACTERS)
    delimiter = delimiter_of(sample)
    lines = text_lines(buffered(given), given.path)
    heading, start = heading_of(lines, delimiter)
    heading = heading if settings.raw_cells else [unmarked(name) for name in heading]
    require_column(heading, Options(column=settings.column), given.path)
    cuts = in_stretches(pieces_of_csv(lines, delimiter), start=start, rows=settings.rows_per_part)
    return replace(given, columns=tuple(heading), delimiter=delimiter), list(cuts)


# --- Parquet ----------------------------------------------------------------------------------


def open_parquet(path: str) -> Any:
    """Open a Parquet file so that it is read in small pieces. Raise `DataError` when it is none."""
    arrow = pyarrow()
    file = open_file(path)
    try:
        return arrow.parquet.ParquetFile(arrow.PythonFile(file, mode="r"), pre_buffer=False, buffer_size=BLOCK)
    except (arrow.ArrowException, OSError) as error:
        raise DataError(f"{path}: not a Parquet file that can be read: {error}") from error


def _cut_parquet(given: Input, settings: Settings) -> tuple[Input, list[Cut]]:
    with open_parquet(given.path) as file:
        names = tuple(file.schema_arrow.names)
        facts = file.metadata
        size = sum(facts.row_group(i).total_byte_size for i in range(facts.num_row_groups))
        has_ids = settings.id_column in names and _is_filled(file, settings.id_column)
    require_column(names, Options(column=settings.column), given.path)
    total = facts.num_rows
    step = max(1, min(settings.rows_per_part, PART_BYTES * total // max(size, 1)))
    cuts = [Cut(at, min(at + step, total), at + 1, min(step, total - at)) for at in range(0, total, step)]
    return replace(given, columns=names, has_ids=has_ids), cuts


def _is_filled(file: Any, column: str) -> bool:
    """Say whether a column holds something in each row: an empty text is nothing."""
    kind = file.schema_arrow.field(column).type
    types = pyarrow().types
    if types.is_nested(kind):
        return False
    may_be_empty = types.is_string(kind) or types.is_large_string(kind) or types.is_dictionary(kind)
    found = (batch.column(0) for batch in file.iter_batches(columns=[column], use_threads=False))
    return not any(each.null_count or (may_be_empty and "" in each.to_pylist()) for each in found)
