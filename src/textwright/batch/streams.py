"""Reading the bytes of a file: of this machine as they are, of a store by Daft, packed ones unpacked."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from textwright.batch.libraries import daft
from textwright.batch.plan import Input
from textwright.batch.sources import first_line, is_address, packed_by
from textwright.errors import DataError
from textwright.formats.arrow import pyarrow

BLOCK = 1 << 20
# A longer line is no record but a mistake.
LONGEST = 256 << 20


class Readable(Protocol):
    """A stream of bytes that only needs to be read."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


def open_file(path: str) -> BinaryIO:
    """Open the bytes of a file as they are stored; they can be sought in."""
    try:
        if not is_address(path):
            return Path(path).open("rb", buffering=BLOCK)
        return io.BufferedReader(Stored(daft().File(path)), BLOCK)
    except Exception as error:
        raise DataError(f"{path}: cannot be read: {first_line(error)}") from error


class Stored(io.RawIOBase):
    """A file of a store, as Python's own readers want it."""

    def __init__(self, file: Any) -> None:
        """Open what Daft knows under an address."""
        self._open = ExitStack()
        self._file = self._open.enter_context(file.open())

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes: where a store cannot send a piece, Daft fetches the whole."""
        return True

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place."""
        return int(self._file.seek(place, whence))

    def tell(self) -> int:
        """Return the place."""
        return int(self._file.tell())

    def readinto(self, buffer: Any, /) -> int:
        """Read into a buffer."""
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Let go of the file."""
        self._open.close()
        super().close()


def open_plain(given: Input) -> tuple[Readable, bool]:
    """Open a file of lines, unpacked and as UTF-8; say whether it can be sought in."""
    packed = packed_by(given.path)
    file: Any = open_file(given.path)
    if packed is not None:
        arrow = pyarrow()
        file = arrow.CompressedInputStream(arrow.PythonFile(file, mode="r"), packed)
    if given.encoding != "utf-8":
        file = Recoded(file, given.encoding)
    return file, packed is None and given.encoding == "utf-8"


class Recoded:
    """A stream in another encoding, read as UTF-8."""

    def __init__(self, file: Readable, encoding: str) -> None:
        """Begin at the file's beginning."""
        self._blocks = self._recoded(file, codecs.getincrementaldecoder(encoding)())
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        """Return `size` bytes, fewer only at the end."""
        blocks = [self._rest]
        have = len(self._rest)
        while have < size and (block := next(self._blocks, b"")):
            blocks.append(block)
            have += len(block)
        whole = b"".join(blocks)
        self._rest = whole[size:]
        return whole[:size]

    def _recoded(self, file: Readable, decoder: codecs.IncrementalDecoder) -> Iterator[bytes]:
        """Yield the blocks that hold something: an empty one says that the file has ended."""
        while block := file.read(BLOCK):
            if text := decoder.decode(block):
                yield text.encode()
        if text := decoder.decode(b"", final=True):
            yield text.encode()
