"""Finding the input: a file, a folder, a glob, or an address of an object store; and reading their bytes.

What has an address is listed and read by Daft (s3://, gs://, az://, https://), which takes keys from the
environment as the stores' own tools do; local files are read as they are.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from datetime import UTC, datetime
from glob import glob, has_magic
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast
from urllib.parse import unquote, urlsplit

from textwright.batch.libraries import daft
from textwright.batch.plan import Input
from textwright.batch.settings import KINDS, Kind
from textwright.errors import DataError
from textwright.formats.arrow import pyarrow

ENDINGS: dict[str, Kind] = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
PACKED = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2"}
BLOCK = 1 << 20
# A longer line is no record but a mistake.
LONGEST = 256 << 20


class Readable(Protocol):
    """A stream of bytes that only needs to be read."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


def is_address(path: str) -> bool:
    """Say whether a path is in a store and not on this machine.

    >>> is_address("s3://bucket/a.csv"), is_address("data/a.csv"), is_address("file:///data/a.csv")
    (True, False, False)
    """
    return "://" in path and not path.startswith("file://")


def kind_of(path: str) -> Kind | None:
    """Return the kind that a path's ending speaks for, with or without the ending of a packed file.

    >>> kind_of("a.CSV.gz"), kind_of("s3://bucket/part-0.parquet"), kind_of("a.txt")
    ('csv', 'parquet', None)
    """
    endings = [each.lower() for each in Path(_bare(path)).suffixes]
    if endings and endings[-1] in PACKED:
        endings.pop()
    return ENDINGS.get(endings[-1]) if endings else None


def packed_by(path: str) -> str | None:
    """Return what a file is packed by, None where it is not."""
    return PACKED.get(Path(_bare(path)).suffix.lower())


def _bare(path: str) -> str:
    """Return the path of an address without what follows a question mark."""
    return urlsplit(path).path if is_address(path) else path


def find_inputs(source: str) -> tuple[Input, ...]:
    """Find the files of a run, in the order of their paths.

    A folder is searched through; what no ending speaks for is passed over there. Raise `DataError` when
    there is none, or when files of several kinds lie side by side.
    """
    found = _in_store(source) if is_address(source) else _on_disk(_local(source))
    if not found:
        raise DataError(f"{source}: no file that could be read. Files end in {', '.join(ENDINGS)}, packed or not")
    kinds = sorted({each.kind for each in found})
    if len(kinds) > 1:
        raise DataError(f"{source}: holds {' and '.join(kinds)} files. Name those of one kind, as in 'FOLDER/*.csv'")
    return tuple(found)


def _local(source: str) -> str:
    if source.startswith("file://"):
        return unquote(urlsplit(source).path)
    return str(Path(source).expanduser())


def _on_disk(source: str) -> list[Input]:
    path = Path(source)
    if path.is_dir():
        files = [each for each in sorted(path.rglob("*")) if _is_seen(each, path)]
    elif path.exists() or not has_magic(source):
        return [_input(path)]
    else:
        files = [Path(each) for each in sorted(glob(source, recursive=True))]  # noqa: PTH207 - it may be absolute
    return [_input(each) for each in files if each.is_file() and kind_of(str(each))]


def _is_seen(path: Path, folder: Path) -> bool:
    """Leave out what begins with a dot or an underscore, as what writes tables does with its own notes."""
    return not any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)


def _input(path: Path) -> Input:
    if not path.exists():
        raise DataError(f"{path}: no such file or folder")
    if not path.is_file():
        raise DataError(f"{path}: is no file, and batch reads its input more than once. Write it to a file first")
    return Input(str(path.resolve()), _known_kind(str(path)), *_facts(path))


def _facts(path: Path) -> tuple[int, str]:
    """Return what changes when a file does: its size, and when it was written."""
    facts = path.stat()
    return facts.st_size, datetime.fromtimestamp(facts.st_mtime_ns / 1e9, UTC).isoformat()


def check_unchanged(given: Input) -> None:
    """Raise `DataError` when a file of this machine is not what it was when the run was planned."""
    if is_address(given.path):
        return
    try:
        same = _facts(Path(given.path)) == (given.size, given.changed)
    except OSError as error:
        raise DataError(f"{given.path}: cannot be read: {error.strerror}. Each machine must see it there") from error
    if not same:
        raise DataError(f"{given.path}: was changed while it was read. Begin anew with --again")


def _known_kind(path: str) -> Kind:
    kind = kind_of(path)
    if kind is None:
        raise DataError(f"{path}: batch reads {', '.join(KINDS)}, by the ending: {', '.join(ENDINGS)}, packed or not")
    return kind


def _in_store(source: str) -> list[Input]:
    """List what an address names: a file, a glob, or all that lies below it."""
    wanted = source if kind_of(source) or has_magic(source) else f"{source.rstrip('/')}/**"
    try:
        # Not `from_glob_path`: that begins to work on this machine before a cluster could be chosen.
        listed = daft().daft.io_glob(wanted)
    except Exception as error:
        raise DataError(f"{source}: cannot be listed: {_first_line(error)}") from error
    known = [
        each for each in sorted(listed, key=itemgetter("path")) if each["type"] == "File" and kind_of(each["path"])
    ]
    return [Input(each["path"], _known_kind(each["path"]), each["size"] or 0, None) for each in known]


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__


# --- bytes ------------------------------------------------------------------------------------


def open_file(path: str) -> BinaryIO:
    """Open the bytes of a file as they are stored; they can be sought in."""
    try:
        if not is_address(path):
            return Path(path).open("rb", buffering=BLOCK)
        return cast(BinaryIO, daft().File(path).open())
    except Exception as error:
        raise DataError(f"{path}: cannot be read: {_first_line(error)}") from error


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
