"""From a file of any encoding to UTF-8, and kind words for what is no text at all."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from textwright.errors import DataError
from textwright.formats.other_kinds import other_kind

HEAD_BYTES = 64 * 1024
PIECE = 1 << 20
MOST_BYTES = 512 << 20
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def refuse_no_text(path: Path, name: str) -> None:
    """Raise `DataError` at a file that is empty, too large or not text, with what would help."""
    size = path.stat().st_size
    if size == 0:
        raise DataError(f"{name}: the file is empty. Bring one with a text a line")
    if size > MOST_BYTES:
        raise DataError(f"{name}: has {size >> 20:,} MB; up to {MOST_BYTES >> 20} MB are read. Bring a part of it")
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if what := other_kind(head):
        raise DataError(f"{name}: the file is {what}")
    if b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"PAR1")):
        raise DataError(f"{name}: the file is no text: it holds zero bytes. Save it as plain text or CSV in UTF-8")


def fingerprint_of(path: Path) -> str:
    """Return what tells the content of a file from any other."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()[:16]


def as_utf8(path: Path, folder: Path) -> tuple[Path, bool]:
    """Return the file in UTF-8, without a byte order mark, and whether its encoding was a guess.

    What is not UTF-8 and has no byte order mark is read as Windows-1252. A copy is written into `folder`, a piece at a
    time.
    """
    encoding = _encoding(path)
    if encoding == "utf-8":
        return path, False
    copy = folder / f"utf8{path.suffix}"
    with copy.open("w", encoding="utf-8", newline="") as target:
        for piece in _decoded(path, encoding):
            target.write(piece)
    return copy, encoding == "cp1252"


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    return "utf-8" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in _pieces(path):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for piece in _pieces(path):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def head_of(path: Path) -> str:
    """Return the first lines of a file in UTF-8, whole ones but for a single long one."""
    with path.open("rb") as file:
        raw = file.read(HEAD_BYTES)
    head = raw.decode("utf-8", "ignore")
    return head[: head.rfind("\n") + 1] or head if len(raw) == HEAD_BYTES else head
