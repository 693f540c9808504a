"""The texts of a project as they were brought: one file of JSON lines, which repairs never touch.

Each line says what it came from, and of a table which column its text stood in: another column can be chosen later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.project.bring.reading import Brought
from textwright.project.files import Project
from textwright.types import Annotation, Example

FROM, COLUMN = "brought_from", "brought_column"
LONGEST_ID = 400


@dataclass(frozen=True, slots=True)
class Source:
    """What texts came from: its name, how many they are, and of a table its columns and the one of the texts."""

    name: str
    texts: int
    column: str | None = None
    columns: tuple[str, ...] = ()


def gathered(project: Project) -> list[Example]:
    """Return all texts as they were brought. Raise `DataError` at a damaged file."""
    return list(Dataset.read(project.brought_file)) if project.brought_file.exists() else []


def with_brought(before: Sequence[Example], brought: Brought) -> list[Example]:
    """Return the texts with those that are new behind them, each under an id of its own.

    A text that is there under the same id is no new one: the same file again adds nothing.
    """
    known = {example.id: example.text for example in before}
    added = list[Example]()
    for example in brought.examples:
        if known.get(example.id) == example.text:
            continue
        named = _under_own_id(example, known)
        known[named.id] = named.text
        added.append(_with_source(named, brought))
    return [*before, *added]


def _under_own_id(example: Example, known: Mapping[str, str]) -> Example:
    short = example.id[:LONGEST_ID]
    names = (short if n == 1 else f"{short}-{n}" for n in count(1))
    return replace(example, id=next(name for name in names if name not in known))


def _with_source(example: Example, brought: Brought) -> Example:
    """Note what a text came from; the cells of its row keep their order, and `COLUMN` the place of the text's own."""
    cells = {**example.extra} if brought.column is None else {**example.extra, COLUMN: brought.column}
    places = {COLUMN if name == brought.column else name: place for place, name in enumerate(brought.columns)}
    ordered = sorted(cells, key=lambda key: places.get(key, len(places)))
    return replace(example, extra={**{key: cells[key] for key in ordered}, FROM: brought.name})


def write_gathered(project: Project, examples: Iterable[Example]) -> None:
    """Write all texts as they were brought. Raise `DataError` when the disk does not allow it."""
    Dataset(examples).write(project.brought_file)


def without_source(example: Example) -> Example:
    """Return a text as it is worked on: it does not say what it came from."""
    return replace(example, extra={key: each for key, each in example.extra.items() if key not in (FROM, COLUMN)})


def sources(examples: Iterable[Example]) -> list[Source]:
    """Say what texts came from, in the order of the first of each."""
    found: dict[str, Source] = {}
    for example in examples:
        name = str(example.extra.get(FROM, ""))
        seen = found.get(name, Source(name, 0, example.extra.get(COLUMN)))
        columns = seen.columns
        if seen.column is not None:
            columns = tuple(dict.fromkeys([*columns, *_columns(example)]))
        found[name] = replace(seen, texts=seen.texts + 1, columns=columns)
    return list(found.values())


def _columns(example: Example) -> list[str]:
    """Return the columns of a row, that of its text in its place."""
    named = {key: each if key == COLUMN else key for key, each in example.extra.items() if key != FROM}
    return [name for key, name in named.items() if isinstance(example.extra[key], str)]


def with_column(examples: Iterable[Example], source: str, column: str) -> list[Example]:
    """Take the texts of a table from another of its columns. Raise `DataError` where it has none of that name."""
    kept = list(examples)
    mine = next((each for each in sources(kept) if each.name == source), None)
    if mine is None or column not in mine.columns:
        known = ", ".join(mine.columns) if mine and mine.columns else "none"
        raise DataError(f"{source}: no column {column!r}. Columns: {known}")
    return [_turned(each, column) if each.extra.get(FROM) == source else each for each in kept]


def _turned(example: Example, column: str) -> Example:
    """Exchange the text with another cell of its row; marks of the old text mean nothing in the new one."""
    before = example.extra.get(COLUMN)
    if before is None or before == column:
        return example
    turned = {COLUMN: (before, example.text), column: (COLUMN, column)}
    extra: dict[str, Any] = dict(turned.get(key, (key, each)) for key, each in {**example.extra, column: ""}.items())
    return replace(example, text=str(example.extra.get(column, "")), gold=Annotation(), annotator=None, extra=extra)
