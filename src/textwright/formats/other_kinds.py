"""Files that people have and that hold no plain text: what each is, by its first bytes, and what to do with it."""

from __future__ import annotations

PICTURE = "a picture. Type its text, or let a program read it first"
COMPRESSED = "compressed. Unpack it first"
BEGINNINGS = {
    b"PK\x03\x04": "a workbook, a document or an archive. Save the sheet as CSV, or copy its column as plain lines",
    b"\xd0\xcf\x11\xe0": "an old workbook or document. Save it as CSV or as plain text",
    b"%PDF-": "a PDF. Copy its text as plain lines",
    b"\x1f\x8b": COMPRESSED,
    b"\xfd7zXZ": COMPRESSED,
    b"\x28\xb5\x2f\xfd": COMPRESSED,
    b"7z\xbc\xaf": COMPRESSED,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF87a": PICTURE,
    b"GIF89a": PICTURE,
    b"SQLite format 3": "a database. Export the texts from it as CSV",
}


def other_kind(head: bytes) -> str | None:
    """Say what a file is that begins so, and what would help; None where it may be one of ours.

    >>> other_kind(b"%PDF-1.7")
    'a PDF. Copy its text as plain lines'
    """
    return next((what for beginning, what in BEGINNINGS.items() if head.startswith(beginning)), None)
