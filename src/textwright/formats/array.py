"""A JSON array in a file, read item after item in constant memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.formats.base import READ_BYTES, Options, open_bytes
from textwright.formats.records import encode

LARGEST_ITEM = 256 * 1024 * 1024

_SPACE = re.compile(r"[ \t\r\n]*")


def read_array(path: Path, options: Options) -> Iterator[tuple[int, Any]]:
    """Yield each item of the array in a file, with the line where it begins.

    Raise `DataError` where the file stops being a JSON array: what follows cannot be understood.
    """
    source = _Source(path, options)
    if source.after_space() != "[":
        raise DataError(f"{path}:{source.line}: found {source.peek()!r}, expected a JSON list that begins with '['")
    source.skip(1)
    if source.after_space() == "]":
        return
    while True:
        source.after_space()
        yield source.line, source.value()
        mark = source.after_space()
        if mark not in {",", "]"}:
            raise DataError(f"{path}:{source.line}: found {source.peek()!r}, expected ',' or ']' after an item")
        source.skip(1)
        if mark == "]":
            return


class _Source:
    """The text of a file that is still to be read, and the line where it begins."""

    def __init__(self, path: Path, options: Options) -> None:
        self.line = 1
        self._path = path
        self._chunks = _decoded(path, options)
        self._text = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def after_space(self) -> str:
        """Pass over white space; return the next character, or nothing at the end."""
        while True:
            self.skip(_SPACE.match(self._text, self._at).end() - self._at)  # type: ignore[union-attr]  # it matches nothing too
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def peek(self) -> str:
        """Return the next few characters."""
        return self._text[self._at : self._at + 20]

    def skip(self, count: int) -> None:
        """Pass over characters."""
        self.line += self._text.count("\n", self._at, self._at + count)
        self._at += count

    def value(self) -> Any:
        """Decode the JSON value that begins here."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise DataError(f"{self._path}:{self.line}: not usable JSON: nested too deeply") from error
            except ValueError as error:
                self._grow(error)
            else:
                self.skip(end - self._at)
                return value

    def _grow(self, error: ValueError) -> None:
        """Read as much again as there is, in case the value was cut. Raise when it was not."""
        wanted = 2 * (len(self._text) - self._at)
        if wanted > 2 * LARGEST_ITEM or not self._more():
            raise DataError(f"{self._path}:{self.line}: not JSON: {error}") from error
        while len(self._text) < wanted and self._more():
            pass

    def _more(self) -> bool:
        chunk = next(self._chunks, "")
        self._text = self._text[self._at :] + chunk
        self._at = 0
        return bool(chunk)


def _decoded(path: Path, options: Options) -> Iterator[str]:
    """Yield the text of a file in parts that are never empty."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with open_bytes(path, options) as file:
        place = 0
        while chunk := file.read(READ_BYTES):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise DataError(f"{path}: not UTF-8 near byte {place + error.start}. Save it as UTF-8") from error
            place += len(chunk)
            if text:
                yield text


def write_array(path: Path, items: Iterable[Any]) -> None:
    """Write a JSON array, an item a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for number, item in enumerate(items):
            file.write((",\n" if number else "\n") + encode(item))
        file.write("\n]\n")
