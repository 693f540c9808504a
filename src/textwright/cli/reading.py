"""Reading texts in batches from lines, JSON lines, tables or standard input, with their line numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count, islice
from pathlib import Path
from typing import BinaryIO

from textwright.errors import DataError
from textwright.formats.base import Format, Identify, Options, Rejected, decoded, not_utf8
from textwright.formats.jsonl import parse_example
from textwright.types import Example

CHUNK = 1 << 16
BATCH = 256
RECORD = "record"
Parse = Callable[[str, Identify], Example]


@dataclass(frozen=True, slots=True)
class Record:
    """What stood in a line: an example, or the reason why there is none, with the line as it was.

    `unit` is what `line` counts: lines, or the records of a file whose records are no lines.
    """

    line: int
    example: Example | None
    reason: str = ""
    raw: str = ""
    unit: str = "line"


def line_batches(file: BinaryIO) -> Iterator[list[bytes]]:
    r"""Yield the lines that one read brings, so that a slow pipe is answered as it comes.

    >>> import io
    >>> list(line_batches(io.BytesIO(b"a\nb\n\nc")))
    [[b'a', b'b', b''], [b'c']]
    """
    begun: list[bytes] = []
    while chunk := _read_some(file):
        *whole, rest = chunk.split(b"\n")
        if whole:
            whole[0] = b"".join([*begun, whole[0]])
            begun = []
            yield whole
        begun.append(rest)
    if last := b"".join(begun):
        yield [last]


def _read_some(file: BinaryIO) -> bytes:
    """Read what is there, at most a chunk; wait only when nothing is."""
    data: bytes = file.read1(CHUNK)  # type: ignore[attr-defined]  # every buffered reader has it
    return data


def read_lines(
    file: BinaryIO, name: str, parse: Parse, *, skip_blank: bool, encoding: str = "utf-8"
) -> Iterator[list[Record]]:
    """Yield batches of the records of a file of lines; a bad line becomes a record with a reason."""
    reader = _Reader(name, parse, encoding)
    number = 0
    for lines in line_batches(file):
        numbered = iter(list(enumerate(lines, start=number + 1)))
        number += len(lines)
        while batch := list(islice(numbered, BATCH)):
            kept = [each for each in batch if not (skip_blank and _is_blank(each[1]))]
            yield [reader.record(i, raw) for i, raw in kept]


def _is_blank(raw: bytes) -> bool:
    return not raw or raw.isspace()


@dataclass(frozen=True, slots=True)
class _Reader:
    """How the lines of a file are read; `name` is that of the file, for errors."""

    name: str
    parse: Parse
    encoding: str = "utf-8"
    identify: Identify = field(default_factory=Identify)

    def record(self, line: int, raw: bytes) -> Record:
        """Read a line. Raise `DataError` at the first one of a file whose bytes are no such text at all."""
        try:
            text = decoded(raw, line, self.encoding).removesuffix("\r")
            return Record(line, self.parse(text, self.identify))
        except UnicodeDecodeError as error:
            if line == 1 and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise DataError(f"{self.name}: the file is UTF-16. Save it as UTF-8") from None
            reason = not_utf8(raw, error.start)
        except DataError as error:
            reason = str(error)
        return Record(line, None, reason, raw.decode("utf-8", "replace").removesuffix("\r"))


def read_whole(path: Path) -> Iterator[list[Record]]:
    """Yield a file as one text."""
    yield [_Reader(str(path), plain_text).record(1, path.read_bytes())]


def plain_text(line: str, identify: Identify) -> Example:
    """Make an example of a line of plain text."""
    return Example(identify(line), line)


class Counted:
    """Batches of records, counted as they go by."""

    def __init__(self, batches: Iterator[list[Record]]) -> None:
        """Begin at none."""
        self._batches = batches
        self.count = 0

    def __iter__(self) -> Iterator[list[Record]]:
        """Pass the batches on."""
        for batch in self._batches:
            self.count += len(batch)
            yield batch


PARSERS: dict[str, tuple[Parse, bool]] = {"lines": (plain_text, False), "jsonl": (parse_example, True)}


def read_table(path: Path, format: Format, options: Options) -> Iterator[list[Record]]:  # noqa: A002
    """Yield batches of the records of any other format, in order; a record's line is its place among them."""
    records = _numbered(path, format, options)
    while batch := list(islice(records, BATCH)):
        yield batch


def _numbered(path: Path, format: Format, options: Options) -> Iterator[Record]:  # noqa: A002
    rejected: list[Rejected] = []
    places = count(1)
    for example in chain(format.read(path, replace(options, on_reject=rejected.append)), [None]):
        for each in rejected:
            yield Record(next(places), None, f"line {each.line} of the file: {each.reason}", each.text, RECORD)
        rejected.clear()
        if example is not None:
            yield Record(next(places), example, unit=RECORD)
