"""One file a format. `FORMATS` lists them; `find_format` chooses by name, content and ending."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from textwright.errors import DataError, LossError
from textwright.formats import (
    chat,
    completion,
    conll,
    csv,
    doccano,
    hugging_face,
    jsonl,
    label_studio,
    lines,
    parquet,
    prodigy,
    spacy,
)
from textwright.formats.base import Format, LossReport, Options, Rejected, raise_rejected
from textwright.formats.files import again, atomically
from textwright.formats.other_kinds import other_kind
from textwright.formats.spans import edge_warnings
from textwright.types import Example

# In the order in which content is tried: the more telling first.
FORMATS: dict[str, Format] = {
    each.FORMAT.name: each.FORMAT
    for each in (
        chat,
        completion,
        prodigy,
        hugging_face,
        doccano,
        jsonl,
        label_studio,
        spacy,
        parquet,
        csv,
        conll,
        lines,
    )
}

# An ending that several formats share is written as the format named here.
WRITTEN = {".jsonl": "jsonl", ".parquet": "parquet", ".json": "label_studio", ".txt": "lines"}

__all__ = [
    "FORMATS",
    "Format",
    "Options",
    "Rejected",
    "columns_of",
    "count_losses",
    "find_format",
    "format_to_write",
    "kept_delimiter",
    "loss_counts",
    "raise_rejected",
    "read",
    "write",
]

HEAD_BYTES = 64 * 1024


def find_format(path: Path, name: str | None = None) -> Format:
    """Return the format called `name`, or the one that a file's content, else its ending, speaks for.

    Raise `DataError` when the file cannot be read, when it is a workbook or the like, or when no format fits.
    """
    if not path.is_file():
        raise DataError(f"{path}: no such file" if not path.exists() else f"{path}: not a file")
    if name is not None:
        return _named(name)
    head = _head(path)
    if what := other_kind(head):
        raise DataError(f"{path}: this is {what}")
    telling = (each for each in FORMATS.values() if each.recognise(path, head))
    return next(telling, None) or format_to_write(path)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from None


def format_to_write(path: Path, name: str | None = None) -> Format:
    """Return the format called `name`, or the one that a path's ending speaks for."""
    if name is not None:
        return _named(name)
    suffix = path.suffix.lower()
    if suffix in WRITTEN:
        return FORMATS[WRITTEN[suffix]]
    for each in FORMATS.values():
        if suffix in each.endings:
            return each
    raise DataError(f"{path}: no format is known for {suffix!r}. Name one: {', '.join(sorted(FORMATS))}")


def _named(name: str) -> Format:
    if name not in FORMATS:
        raise DataError(f"unknown format {name!r}. Known formats: {', '.join(sorted(FORMATS))}")
    return FORMATS[name]


def read(path: Path, *, format: str | None = None, options: Options = Options()) -> Iterator[Example]:  # noqa: A002,B008 - frozen
    """Stream the examples of a file, in order. Raise `DataError` when it cannot be read."""
    chosen = find_format(path, format)
    examples = chosen.read(path, options)
    return examples if options.on_warning is None else _with_warnings(examples, options)


def _with_warnings(examples: Iterator[Example], options: Options) -> Iterator[Example]:
    for example in examples:
        for message in edge_warnings(example):
            options.warn(message)
        yield example


def columns_of(path: Path, *, format: str | None = None, options: Options = Options()) -> tuple[str, ...]:  # noqa: A002,B008 - frozen
    """Return the columns of a table in order; none when the file is no table."""
    chosen = find_format(path, format).name
    if chosen == "csv":
        return csv.columns(path, options)
    return parquet.columns(path) if chosen == "parquet" else ()


def kept_delimiter(source: Path, target: Path | None, *, format: str | None = None, options: Options) -> str | None:  # noqa: A002
    """Return what separates the cells of a table that comes out in the kind it came in as; None for its ending's own.

    Without `target` it comes out on standard output. A target of another ending is of another kind.
    """
    same_kind = target is None or target.suffix.lower() in ("", source.suffix.lower())
    if not same_kind or find_format(source, format).name != "csv":
        return None
    return csv.delimiter(source, options)


def count_losses(
    examples: Iterable[Example],
    format: Format,  # noqa: A002
    options: Options = Options(),  # noqa: B008 - frozen
) -> LossReport:
    """Count by kind what `format` cannot hold of the examples."""
    total: Counter[str] = Counter()
    for _ in _tallied(examples, format, options, total):
        pass
    return total


def _tallied(
    examples: Iterable[Example],
    format: Format,  # noqa: A002
    options: Options,
    total: Counter[str],
) -> Iterator[Example]:
    """Pass examples on and add what each would lose to `total`."""
    for example in examples:
        if format.losses is not None:
            total.update(format.losses(example, options))
        yield example


def write(
    path: Path,
    examples: Iterable[Example],
    *,
    format: str | None = None,  # noqa: A002
    lossy: bool = False,
    options: Options = Options(),  # noqa: B008 - frozen
) -> LossReport:
    """Write examples in constant memory and return what was lost, by kind.

    Raise `LossError` before anything is written when the format cannot hold all, unless `lossy`. The
    file appears whole or not at all: a file that was there stays as it was when writing fails.
    """
    chosen = format_to_write(path, format)
    options = replace(options, lossy=lossy)
    if chosen.losses is None:
        atomically(path, lambda target: chosen.write(target, examples, options))
        return {}
    lost: Counter[str] = Counter()
    if isinstance(examples, Iterator):
        with again(_tallied(examples, chosen, options, lost), path.parent) as kept:
            _write_rest(path, kept, chosen, options, lost)
    else:
        lost.update(count_losses(examples, chosen, options))
        _write_rest(path, examples, chosen, options, lost)
    return lost


def _write_rest(path: Path, examples: Iterable[Example], chosen: Format, options: Options, lost: LossReport) -> None:
    if lost and not options.lossy:
        raise LossError(f"{path}: {chosen.name} cannot hold {loss_counts(lost)}. Use --lossy to write the rest")
    atomically(path, lambda target: chosen.write(target, examples, options))


def loss_counts(lost: LossReport) -> str:
    """Say what was lost, by kind."""
    return ", ".join(f"{number:,} {kind}" for kind, number in sorted(lost.items()))
