"""Zip files as streams: the same files always give the same bytes, and none is held in memory whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from textwright.errors import DataError

PIECE = 256 * 1024
# The earliest time that a zip can state: when a file was written is nobody's business, and would change the bytes.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o644 << 16
Files = Mapping[str, bytes | Path]


class _Sink:
    """Takes what a zip writes until somebody fetches it. It cannot go back, and says so by having no `seek`."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, content: bytes) -> int:
        self._held += content
        return len(content)

    def flush(self) -> None:
        """Do nothing: what was written is there."""

    def close(self) -> None:
        """Do nothing: whoever fetches it ends it."""

    def taken(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


def zip_of(files: Files, folder: str) -> Iterator[bytes]:
    """Pack files into a folder of a zip and yield its pieces.

    All files on disk are opened before this returns, so that a model that is replaced meanwhile is still packed as
    it was. Raise `DataError` when one cannot be opened.
    """
    opened = {name: _open(content) for name, content in sorted(files.items())}
    return _pieces(opened, folder)


def _open(content: bytes | Path) -> IO[bytes]:
    if isinstance(content, bytes):
        return BytesIO(content)
    try:
        return content.open("rb")
    except OSError as error:
        raise DataError(f"{content}: cannot be read: {error.strerror or error}") from error


def _pieces(files: Mapping[str, IO[bytes]], folder: str) -> Iterator[bytes]:
    sink = _Sink()
    with ZipFile(sink, "w") as archive:
        for name, file in files.items():
            yield from _packed(file, archive, _entry(f"{folder}/{name}"), sink)
    yield sink.taken()


def _packed(file: IO[bytes], archive: ZipFile, entry: ZipInfo, sink: _Sink) -> Iterator[bytes]:
    with file, archive.open(entry, "w") as packed:
        while content := file.read(PIECE):
            packed.write(content)
            yield sink.taken()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, LONG_AGO)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system, entry.external_attr = UNIX, READABLE
    return entry
