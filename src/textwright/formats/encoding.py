"""Whether a file is in UTF-8, and what it is in when it is not."""

from __future__ import annotations

import codecs
from pathlib import Path

from textwright.formats.base import READ_BYTES, Options

WINDOWS = "cp1252"
# Fewer lines that are not UTF-8 may as well be broken ones.
FEWEST_LINES = 3
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def undecodable(path: Path, encoding: str) -> int | None:
    """Return about where, in bytes, a file cannot be decoded, or None where it can."""
    decoder = codecs.getincrementaldecoder(encoding)()
    place = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(READ_BYTES)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return place + error.start
            place += len(chunk)
            if not chunk:
                return None


def warn_of_windows(path: Path, place: int, options: Options) -> str:
    """Say that a file is read as Windows-1252, and return that encoding."""
    options.warn(f"{path}: not UTF-8 near byte {place}: read as Windows-1252; save it as UTF-8 if letters are wrong")
    return WINDOWS


def encoding_of_lines(path: Path, options: Options) -> str:
    """Return the encoding of a file of plain lines: UTF-8, or Windows-1252 with a warning.

    It is Windows-1252 when three lines or more are not UTF-8, it has no byte order mark, every byte stands for
    something in Windows-1252 (none is zero, as in UTF-16), and of its lines with more than ASCII not one is UTF-8.
    Otherwise its broken lines are told one by one: read in another encoding, good ones would be garbled.

    A pipe can be read only once, so that nothing is looked at beforehand: it counts as UTF-8.
    """
    place = undecodable(path, "utf-8") if path.is_file() else None
    if place is None or not _is_windows(path):
        return "utf-8"
    return warn_of_windows(path, place, options)


def _is_windows(path: Path) -> bool:
    with path.open("rb") as file:
        if file.peek(3).startswith((codecs.BOM_UTF8, *UTF16)):
            return False
        odd = 0
        for line in file:
            if not _may_be_windows(line):
                return False
            odd += not line.isascii()
    return odd >= FEWEST_LINES


def _may_be_windows(line: bytes) -> bool:
    if b"\0" in line:
        return False
    return line.isascii() or (_is_in(line, WINDOWS) and not _is_in(line, "utf-8"))


def _is_in(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
