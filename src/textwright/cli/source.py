"""What texts are read from: a file, standard input or a pipe, opened once, its format found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import cast

from textwright import formats
from textwright.cli.reading import PARSERS, Record, read_lines, read_table, read_whole
from textwright.cli.telling import tell
from textwright.errors import DataError
from textwright.formats.base import Format, Options, open_bytes
from textwright.formats.encoding import encoding_of_lines
from textwright.formats.other_kinds import other_kind

STDIN = Path("-")
TABLES = ("csv", "parquet")


def check_places(file: Path, out: Path | None, reject: Path | None) -> None:
    """Refuse what would overwrite a file that is still needed."""
    if file != STDIN and not file.exists():
        raise DataError(f"{file}: no such file")
    if file.is_dir():
        raise DataError(f"{file}: is a folder, expected a file of texts")
    if reject is not None and reject.resolve() in {each.resolve() for each in (file, out) if each is not None}:
        raise DataError(f"{reject}: the rejected lines need a file of their own")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of texts and its format; `stream` is what can be read only once (standard input, a pipe)."""

    file: Path
    stream: BufferedReader | None
    format: Format
    is_one_text: bool = False

    @property
    def name(self) -> str:
        """Return what a person would call it."""
        return _name_of(self.file)

    @property
    def is_table(self) -> bool:
        """Say whether texts stand in a column, beside others."""
        return self.format.name in TABLES

    def batches(self, options: Options) -> Iterator[list[Record]]:
        """Yield the records in batches; warn of a file that is empty, which a table may not be."""
        if self.is_one_text:
            return read_whole(self.file)
        if self.file.is_file() and not self.file.stat().st_size and not self.is_table:
            options.warn(f"{self.file}: the file is empty")
        if self.format.name not in PARSERS:
            return read_table(self.file, self.format, options)
        return self._lines(options)

    def _lines(self, options: Options) -> Iterator[list[Record]]:
        parse, skip_blank = PARSERS[self.format.name]
        if self.stream is not None:
            yield from read_lines(self.stream, self.name, parse, skip_blank=skip_blank)
            return
        encoding = encoding_of_lines(self.file, options) if self.format.name == "lines" else "utf-8"
        with open_bytes(self.file, options) as opened:
            yield from read_lines(opened, self.name, parse, skip_blank=skip_blank, encoding=encoding)

    def as_it_came(self, options: Options, out: Path | None) -> Options:
        """Let a table come out with its columns in order, and what separates its cells."""
        if not self.is_table:
            return options
        of = self.format.name
        kept = formats.kept_delimiter(self.file, out, format=of, options=options)
        return replace(options, delimiter=kept, columns=formats.columns_of(self.file, format=of, options=options))


@contextmanager
def opened(file: Path, *, named: str | None = None) -> Iterator[Source]:
    """Open what texts are read from.

    The format of a file is the one named, else found by content and ending; a stream's by its first character.
    """
    with _once(file) as stream:
        is_told = named is not None and stream is None
        yield Source(file, stream, formats.find_format(file, named) if is_told else _found_format(file, stream))


@contextmanager
def opened_as_one(file: Path) -> Iterator[Source]:
    """Open a file that is one text."""
    yield Source(file, None, formats.FORMATS["lines"], is_one_text=True)


@contextmanager
def _once(file: Path) -> Iterator[BufferedReader | None]:
    """Open what can be read only once; None for a file."""
    if file == STDIN:
        yield cast(BufferedReader, sys.stdin.buffer)
    elif file.is_file():
        yield None
    else:
        with file.open("rb") as stream:
            yield stream


def _found_format(file: Path, stream: BufferedReader | None) -> Format:
    if stream is not None:
        return formats.FORMATS[_kind_of_lines(stream, _name_of(file))]
    if any(file.suffix.lower() in each.endings for each in formats.FORMATS.values()):
        return formats.find_format(file)
    with file.open("rb") as opened:
        return formats.FORMATS[_kind_of_lines(opened, _name_of(file))]


def _name_of(file: Path) -> str:
    return "standard input" if file == STDIN else str(file)


def _kind_of_lines(stream: BufferedReader, name: str) -> str:
    """Say whether JSON or plain texts stand in the lines. Raise `DataError` where it is a workbook or the like."""
    if stream.isatty():
        tell("reading lines from the terminal; end with Ctrl-D")
        return "lines"
    head = stream.peek(1)
    if what := other_kind(head):
        raise DataError(f"{name}: this is {what}")
    return "jsonl" if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") else "lines"
