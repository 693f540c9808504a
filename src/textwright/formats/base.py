"""What a format is, and what every format does with a line it cannot read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.schema import Schema
from textwright.types import Example

LossReport = Mapping[str, int]


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
    """What a reader or writer may be told: the column of a table that holds the text, and so on."""

    column: str = "text"
    on_reject: OnReject = raise_rejected
    schema: Schema | None = None


def no_losses(example: Example) -> LossReport:
    """Lose nothing: what a format says that can hold every example."""
    del example
    return {}


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    `recognise` looks at the first 64 KiB of a file. `read` streams examples in constant memory.
    `losses` counts what the format cannot hold in one example, by kind; `write` writes the rest.
    """

    name: str
    endings: tuple[str, ...]
    recognise: Callable[[bytes], bool]
    read: Callable[[Path, Options], Iterator[Example]]
    write: Callable[[Path, Iterable[Example], Options], None]
    losses: Callable[[Example], LossReport] = no_losses


class Identify:
    """Give each example an id: its own, or one derived from the text and its occurrence.

    >>> identify = Identify()
    >>> first, second = identify("Nurse"), identify("Nurse")
    >>> first != second and identify("Nurse", "n-1") == "n-1"
    True
    """

    def __init__(self) -> None:
        """Begin with no text seen."""
        self._seen: dict[bytes, int] = {}

    def __call__(self, text: str, given: Any = None) -> str:
        """Return `given` as a string, or the derived id of the next occurrence of `text`."""
        if given is not None and given != "":
            return str(given)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:9]
        count = self._seen.get(digest, 0)
        self._seen[digest] = count + 1
        return digest.hex() + (f"-{count + 1}" if count else "")
