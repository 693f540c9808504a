"""One file a format. `FORMATS` lists them; `find_format` chooses by name, content and ending."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from textwright.errors import DataError, LossError
from textwright.formats import jsonl, lines
from textwright.formats.base import Format, LossReport, Options, Rejected, raise_rejected
from textwright.types import Example

# In the order in which content is tried: the more telling first, `lines` accepts anything.
FORMATS: dict[str, Format] = {each.FORMAT.name: each.FORMAT for each in (jsonl, lines)}

__all__ = ["FORMATS", "Format", "Options", "Rejected", "find_format", "raise_rejected", "read", "write"]

HEAD_BYTES = 64 * 1024


def find_format(path: Path, name: str | None = None) -> Format:
    """Return the format called `name`, or the one that the file's content and ending speak for."""
    if name is not None:
        return _named(name)
    candidates = [each for each in FORMATS.values() if path.suffix.lower() in each.endings]
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        by_content = [each for each in candidates or FORMATS.values() if each.recognise(head)]
        candidates = by_content or candidates
    if not candidates:
        raise DataError(f"{path}: no format is known for {path.suffix!r}. Name one: {', '.join(FORMATS)}")
    return candidates[0]


def _named(name: str) -> Format:
    if name not in FORMATS:
        raise DataError(f"unknown format {name!r}. Known formats: {', '.join(FORMATS)}")
    return FORMATS[name]


def read(path: Path, *, format: str | None = None, options: Options = Options()) -> Iterator[Example]:  # noqa: A002,B008 - frozen
    """Stream the examples of a file, in order. Raise `DataError` when it cannot be opened."""
    if not path.is_file():
        raise DataError(f"{path}: no such file" if not path.exists() else f"{path}: not a file")
    return find_format(path, format).read(path, options)


def count_losses(examples: Iterable[Example], format: Format) -> LossReport:  # noqa: A002
    """Count by kind what `format` cannot hold of the examples."""
    total: Counter[str] = Counter()
    for example in examples:
        total.update(format.losses(example))
    return total


def write(
    path: Path,
    examples: Iterable[Example],
    *,
    format: str | None = None,  # noqa: A002
    lossy: bool = False,
    options: Options = Options(),  # noqa: B008 - frozen
) -> LossReport:
    """Write examples and return what was lost, by kind.

    Raise `LossError` before anything is written when the format cannot hold all, unless `lossy`.
    """
    chosen = find_format(path, format)
    kept = list(examples)
    lost = count_losses(kept, chosen)
    if lost and not lossy:
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(lost.items()))
        raise LossError(f"{path}: {chosen.name} cannot hold {counts}. Use --lossy to write the rest.")
    chosen.write(path, kept, options)
    return lost
