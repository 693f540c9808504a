"""Parquet tables: see `table` for what a row holds. Needs pyarrow (extra `parquet`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from textwright.errors import DataError
from textwright.formats import arrow
from textwright.formats.base import Format, Identify, Options, Rejected
from textwright.formats.records import encode
from textwright.formats.table import example_of_row, layout_of, lost_in_table, require_column
from textwright.types import Example


def read(path: Path, options: Options) -> Iterator[Example]:
    """Stream one example a row; hand each bad row, by its number, to `options.on_reject`."""
    identify = Identify()
    require_column(columns(path), options, path)
    for number, row in arrow.read_rows(path, options):
        try:
            yield example_of_row(row, identify, options)
        except DataError as error:
            options.on_reject(Rejected(str(path), number, str(error), encode(row)))


def columns(path: Path) -> tuple[str, ...]:
    """Return the names of the columns, in order."""
    with arrow.open_file(path) as file:
        return tuple(file.schema_arrow.names)


def write(path: Path, examples: Iterable[Example], options: Options) -> None:
    """Write one row an example. The types of the columns are those that hold every value."""
    layout = layout_of(examples, options)
    schema = arrow.schema_of((layout.row(each) for each in examples), layout.columns)
    arrow.write_rows(path, (layout.row(each) for each in examples), schema)


def _recognise(path: Path, head: bytes) -> bool:
    del path
    return head.startswith(arrow.MAGIC)


FORMAT = Format("parquet", (".parquet",), _recognise, read, write, lost_in_table)
