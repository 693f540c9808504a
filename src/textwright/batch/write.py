"""Writing a part: the examples of a task with their answers, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.batch.layout import decoded
from textwright.batch.plan import Layout
from textwright.batch.read import values_of
from textwright.batch.settings import Settings
from textwright.formats import jsonl
from textwright.formats.arrow import pyarrow
from textwright.formats.base import Options
from textwright.formats.csv import write_rows
from textwright.formats.files import atomically
from textwright.formats.records import encode
from textwright.formats.table import LAYERS
from textwright.formats.table import Layout as Cells
from textwright.types import Example

COMPRESSION = "zstd"


@dataclass(frozen=True, slots=True)
class Answered:
    """The examples of a task with their answers; `table` (Arrow) has a row for each, None: not a table."""

    examples: Sequence[Example]
    table: Any = None


def write_part(path: Path, answered: Answered, layout: Layout, settings: Settings) -> None:
    """Write a part, which appears when it is whole. Raise `DataError` when the disk does not allow it."""
    if layout.kind == "jsonl":
        atomically(path, lambda new: jsonl.write(new, answered.examples, Options()))
        return
    table = _table(answered, layout, settings)
    if layout.kind == "parquet":
        atomically(path, lambda new: pyarrow().parquet.write_table(table, new, compression=COMPRESSION))
    else:
        atomically(path, lambda new: write_rows(new, table.column_names, _rows(table), raw=settings.raw_cells))


def write_rejects(path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    """Write what has no answer, a JSON object a line."""
    content = "".join(encode(line) + "\n" for line in lines)
    path.parent.mkdir(exist_ok=True)
    atomically(path, lambda new: _write(new, content.encode("utf-8", "backslashreplace")))


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _rows(table: Any) -> Any:
    """Yield rows of cells; an empty cell is an empty string."""
    columns = [["" if value is None else value for value in values_of(column)] for column in table.columns]
    return zip(*columns, strict=True)


def _table(answered: Answered, layout: Layout, settings: Settings) -> Any:
    """Join the columns that were there with those that the answers give."""
    arrow = pyarrow()
    schema = decoded(layout.schema)
    kept = {} if answered.table is None else _with_ids(answered, settings.id_column)
    given = [field for field in schema if field.name not in kept or _is_answer(field.name, layout)]
    cells = Cells(tuple(field.name for field in given), layout.labels or {}, layout.tasks or {}, settings.column)
    rows = [cells.row(example) for example in answered.examples]
    new = {field.name: arrow.array([row.get(field.name) for row in rows], field.type) for field in given}
    return arrow.table([{**kept, **new}[name].cast(schema.field(name).type) for name in schema.names], schema=schema)


def _with_ids(answered: Answered, id_column: str) -> dict[str, Any]:
    """Return the columns that were there; ids that are texts with those that were made for empty cells."""
    kept = {name: answered.table[name] for name in answered.table.column_names}
    types = pyarrow().types
    if id_column in kept and (types.is_string(kept[id_column].type) or types.is_large_string(kept[id_column].type)):
        kept[id_column] = pyarrow().array([example.id for example in answered.examples], kept[id_column].type)
    return kept


def _is_answer(name: str, layout: Layout) -> bool:
    """Say whether a column that was there is written anew."""
    return name in LAYERS or name in (layout.labels or {}).values() or name in (layout.tasks or {}).values()
