"""Files that appear whole or not at all, and examples that can be gone through again."""

from __future__ import annotations

import os
import pickle
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from textwright.errors import DataError
from textwright.types import NOTHING, Annotation, Category, Example, Span


def atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a file beside `path`, then put it in its place in one step.

    Raise `DataError` when the disk or the text does not allow it; then `path` is as it was. What is
    not a plain file (a pipe, a terminal) is written directly.
    """
    try:
        if path.exists() and not path.is_file():
            write(path)
        else:
            _replace(Path(os.path.realpath(path)), write)
    except UnicodeEncodeError as error:
        raise DataError(f"{path}: a text has a lone surrogate, half of a character: {error}") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    beside = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    beside.touch(exist_ok=False)
    try:
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        write(beside)
        _to_disk(beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def writable(text: str) -> str:
    """Spell out lone surrogates, halves of characters, which no file can hold."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def again(examples: Iterable[Example], folder: Path) -> Iterator[Iterable[Example]]:
    """Give examples that can be gone through more than once.

    A stream is kept in a temporary file in `folder`, not in memory.
    """
    if not isinstance(examples, Iterator):
        yield examples
        return
    try:
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below
    except OSError as error:
        raise DataError(f"{folder}: cannot be written: {error.strerror or error}") from error
    with file:
        yield _Stored(file, examples)


class _Stored:
    """Examples in a file of our own."""

    def __init__(self, file: IO[bytes], examples: Iterable[Example]) -> None:
        try:
            for example in examples:
                pickle.dump(_plain(example), file)
            file.flush()
        except OSError as error:
            raise DataError(f"the temporary copy cannot be written: {error.strerror or error}") from error
        self._file = file

    def __iter__(self) -> Iterator[Example]:
        self._file.seek(0)
        while True:
            try:
                plain = pickle.load(self._file)
            except EOFError:
                return
            yield _restored(*plain)


def _plain(example: Example) -> tuple[Any, ...]:
    gold = example.gold
    spans = None if gold.spans is None else [(s.start, s.end, s.label, s.score) for s in gold.spans]
    categories = None if gold.categories is None else [(c.task, c.label, c.score) for c in gold.categories]
    return example.id, example.text, spans, categories, dict(example.meta), example.annotator, dict(example.extra)


def _restored(id: str, text: str, spans: Any, categories: Any, meta: Any, annotator: Any, extra: Any) -> Example:  # noqa: A002
    gold = Annotation(
        None if spans is None else tuple(Span(*each) for each in spans),
        None if categories is None else tuple(Category(*each) for each in categories),
    )
    return Example(id, text, gold, meta or NOTHING, annotator, extra or NOTHING)
