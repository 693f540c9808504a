"""Finding the input: a file, a folder, a glob, or an address of an object store.

What has an address is listed by Daft (s3://, gs://, az://, https://), which takes keys from the environment
as the stores' own tools do.
"""

from __future__ import annotations

from datetime import UTC, datetime
from glob import glob, has_magic
from operator import itemgetter
from pathlib import Path
from urllib.parse import unquote, urlsplit

from textwright.batch.libraries import daft
from textwright.batch.plan import Input
from textwright.batch.settings import KINDS, Kind
from textwright.errors import DataError

ENDINGS: dict[str, Kind] = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
PACKED = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2"}


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
        raise DataError(f"{source}: cannot be listed: {first_line(error)}") from error
    known = [
        each for each in sorted(listed, key=itemgetter("path")) if each["type"] == "File" and kind_of(each["path"])
    ]
    return [Input(each["path"], _known_kind(each["path"]), each["size"] or 0, None) for each in known]


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, or its kind where it says nothing."""
    return str(error).strip().split("\n")[0] or type(error).__name__
