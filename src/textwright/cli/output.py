"""Writing a result so that a half-written one can never be taken for a whole."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from textwright.cli.telling import tell
from textwright.errors import DataError
from textwright.formats.base import Format, Options
from textwright.formats.files import again, atomically
from textwright.formats.jsonl import format_example
from textwright.types import Example


def refuse_same(read: Path, *written: Path | None) -> None:
    """Refuse to write over the file that is read, or two results into one. Raise `DataError`.

    Something else than a file (a pipe, `/dev/null`) may be named as often as one likes.
    """
    taken = {_identity(read): "is the file that is read"}
    for path in (each for each in written if each is not None):
        own = _identity(path)
        if own is not None and own in taken:
            raise DataError(f"{path}: {taken[own]}. Name another")
        taken[own] = "two results need a file each"


def _identity(path: Path) -> object:
    """Return what two names of one file have in common; None for something else than a file."""
    if path.is_file():
        found = path.stat()
        return found.st_dev, found.st_ino
    return None if path.exists() else path.resolve()


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give the path to write to, `PATH.part`, and rename it when all is written.

    Something else than a file (a pipe, `/dev/null`) is written to directly. When writing stops half
    way the part stays, the old file too, and a line says so. Raise `DataError` when the folder is missing.
    """
    if path.exists() and not path.is_file():
        with _named(path):
            yield _not_a_folder(path)
        return
    target = path.resolve()
    if not target.parent.is_dir():
        raise DataError(f"{path}: there is no folder {target.parent}")
    part = target.with_name(f"{target.name}.part")
    try:
        yield part
    except BaseException as error:
        raise_with_part(error, path, part)
    _to_disk(part)
    part.replace(target)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the path in what the system says of writing to it."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error


def _not_a_folder(path: Path) -> Path:
    if path.is_dir():
        raise DataError(f"{path}: is a folder, expected a file to write to")
    return path


def raise_with_part(error: BaseException, path: Path, part: Path) -> None:
    """Raise the error on, with the news of where the finished part is; an empty part goes."""
    if part.exists() and part.stat().st_size == 0:
        part.unlink()
    if not part.exists():
        raise error
    kept = f"{path} is not finished; what was done so far is in {part}"
    if isinstance(error, OSError):
        raise DataError(f"{path}: {error.strerror or error}. {kept}") from error
    tell(kept)
    raise error


def _to_disk(part: Path) -> None:
    with part.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def bytes_out(path: Path | None) -> Iterator[BinaryIO]:
    """Open standard output, or a file that appears under its name when it is whole."""
    if path is not None:
        with whole_file(path) as part, part.open("wb") as file:
            yield file
        return
    with _named(Path("standard output")):
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


def write_lines(out: Path | None, batches: Iterator[list[Example]]) -> None:
    """Write JSON lines, each batch at once: the reader of a pipe need not wait, and a kill loses little."""
    with bytes_out(out) as file:
        for batch in batches:
            file.write("".join([format_example(example) + "\n" for example in batch]).encode("utf-8", "surrogatepass"))
            file.flush()


def write_table(out: Path | None, target: Format, batches: Iterator[list[Example]], options: Options) -> None:
    """Write a table through its format, which looks at all examples for the columns before it writes."""
    examples = chain.from_iterable(batches)
    if out is not None:
        with again(examples, out.resolve().parent) as kept:
            atomically(out, lambda path: target.write(path, kept, options))
        return
    if target.name == "parquet" and sys.stdout.isatty():
        raise DataError("a Parquet table is not for the terminal. Name a file with -o")
    with TemporaryDirectory() as folder, again(examples, Path(folder)) as kept:
        path = Path(folder) / f"table{target.endings[0]}"
        target.write(path, kept, options)
        with path.open("rb") as file, bytes_out(None) as stdout:
            shutil.copyfileobj(file, stdout)
