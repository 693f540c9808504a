"""What a format is, and what every format does with a record it cannot read."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from textwright.errors import DataError
from textwright.schema import Schema
from textwright.types import Example

LossReport = Mapping[str, int]

READ_BYTES = 1 << 20
REMEMBERED_TEXTS = 250_000


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be read: its line (from 1), the reason, and its own text."""

    path: str
    line: int
    reason: str
    text: str

    def __str__(self) -> str:
        """Say where and why, in one line."""
        return f"{self.path}:{self.line}: {self.reason}"


OnReject = Callable[[Rejected], None]


def raise_rejected(rejected: Rejected) -> None:
    """Stop at the first bad record. This is what readers do unless told to go on."""
    raise DataError(str(rejected))


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader or writer may be told.

    `column` is the column of a table that holds the text, `columns` the order in which a table's
    columns are written, `delimiter` what stands between the cells of CSV that is written (else a comma, a
    tab in `.tsv`), `raw_cells` that cells of CSV are read and written as they stand. `on_reject` takes
    each bad record, `on_warning` each sentence about a record that was read but looks wrong,
    `on_progress` the number of bytes read so far. `lossy` is set by `write`: leave out what the format
    cannot hold.
    """

    column: str = "text"
    on_reject: OnReject = raise_rejected
    schema: Schema | None = None
    columns: tuple[str, ...] = ()
    delimiter: str | None = None
    raw_cells: bool = False
    on_warning: Callable[[str], None] | None = None
    on_progress: Callable[[int], None] | None = None
    lossy: bool = False

    def quiet(self) -> Options:
        """Return options to look at a file with, before it is read in earnest."""
        return replace(self, on_warning=lambda _: None, on_progress=None)

    def warn(self, message: str) -> None:
        """Pass on a sentence that a person should see, as a Python warning when nobody listens."""
        if self.on_warning is None:
            warnings.warn(message, stacklevel=3)
        else:
            self.on_warning(message)


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    `recognise` looks at a path and the first 64 KiB of the file. `read` streams examples in constant
    memory. `losses` counts by kind what the format cannot hold of one example; without it the format
    holds everything. `write` writes the rest; where there are `losses` it may go through the examples
    more than once.
    """

    name: str
    endings: tuple[str, ...]
    recognise: Callable[[Path, bytes], bool]
    read: Callable[[Path, Options], Iterator[Example]]
    write: Callable[[Path, Iterable[Example], Options], None]
    losses: Callable[[Example, Options], LossReport] | None = None


class Identify:
    """Give each example an id: its own, or one derived from the text and its occurrence.

    Memory is bounded: after 250,000 different texts without an id, new texts get their place in the
    file in their id instead of their occurrence.

    >>> identify = Identify()
    >>> first, second = identify("Nurse"), identify("Nurse")
    >>> first != second and identify("Nurse", "n-1") == "n-1"
    True
    """

    def __init__(self) -> None:
        """Begin with no text seen."""
        self._seen: dict[bytes, int] = {}
        self._derived = 0

    def __call__(self, text: str, given: Any = None) -> str:
        """Return `given` as a string, or the derived id of the next occurrence of `text`."""
        if given is not None and given != "":
            return str(given)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:9]
        occurrence = self._occurrence(digest)
        return digest.hex() + (f"-{occurrence}" if occurrence > 1 else "")

    def _occurrence(self, digest: bytes) -> int:
        self._derived += 1
        if digest not in self._seen and len(self._seen) >= REMEMBERED_TEXTS:
            return self._derived
        self._seen[digest] = self._seen.get(digest, 0) + 1
        return self._seen[digest]


class _Counted(io.FileIO):
    """A file that tells how far it has been read."""

    on_progress: Callable[[int], None]

    def readinto(self, buffer: Any) -> int | None:
        """Read into `buffer` and report the place reached, in bytes."""
        count = super().readinto(buffer)
        self.on_progress(self.tell())
        return count


def open_bytes(path: Path, options: Options) -> BinaryIO:
    """Open a file for reading; each megabyte read is reported to `options.on_progress`."""
    if options.on_progress is None:
        return path.open("rb", buffering=READ_BYTES)
    raw = _Counted(path, "rb")
    raw.on_progress = options.on_progress
    return io.BufferedReader(raw, READ_BYTES)


def read_lines(
    path: Path, options: Options, *, blank: bool = False, encoding: str = "utf-8"
) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, decoded from UTF-8 or `encoding`; reject the others.

    Lines of white space alone are left out unless `blank`.
    """
    with open_bytes(path, options) as file:
        for number, raw in enumerate(file, start=1):
            try:
                line = decoded(raw, number, encoding)
            except UnicodeDecodeError as error:
                options.on_reject(_not_utf8(path, number, raw, error.start))
                continue
            if blank or not line.isspace():
                yield number, line


def decoded(raw: bytes, number: int, encoding: str = "utf-8") -> str:
    """Decode line `number` (from 1) of a file; a byte order mark before the first goes."""
    return raw.decode("utf-8-sig" if number == 1 and encoding == "utf-8" else encoding)


def not_utf8(raw: bytes, place: int) -> str:
    """Say where a line stops being UTF-8, and what would help."""
    return f"not UTF-8 at byte {place} of the line ({raw[place : place + 1]!r}). Save the file as UTF-8"


def _not_utf8(path: Path, number: int, raw: bytes, place: int) -> Rejected:
    if number == 1 and raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise DataError(f"{path}: the file is UTF-16 (it begins with {raw[:2]!r}). Save it as UTF-8")
    return Rejected(str(path), number, not_utf8(raw, place), raw.decode("utf-8", "replace").rstrip("\r\n"))
