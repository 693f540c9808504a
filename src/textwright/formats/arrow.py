"""Reading and writing Parquet in constant memory, for the formats that use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from textwright.errors import DataError, MissingExtraError
from textwright.formats.base import Options

BATCH = 4096
MAGIC = b"PAR1"


def pyarrow() -> Any:
    """Return pyarrow with its Parquet part. Raise `MissingExtraError` when it is not installed."""
    try:
        import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet") from error
    return import_module("pyarrow")


def open_file(path: Path) -> Any:
    """Open a Parquet file. Raise `DataError` when it is none."""
    arrow = pyarrow()
    try:
        return arrow.parquet.ParquetFile(path)
    except (arrow.ArrowException, OSError) as error:
        raise DataError(f"{path}: not a Parquet file that can be read: {error}") from error


def read_rows(path: Path, options: Options) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row with its number, from 1."""
    size = path.stat().st_size
    number = 0
    with open_file(path) as file:
        for rows in _batches(path, file):
            yield from enumerate(rows, start=number + 1)
            number += len(rows)
            if options.on_progress is not None:
                options.on_progress(size * number // file.metadata.num_rows)


def _batches(path: Path, file: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield rows some thousands at a time. Raise `DataError` that says where the file cannot be read."""
    done = 0
    try:
        for batch in file.iter_batches(batch_size=BATCH):
            rows = batch.to_pylist()
            yield rows
            done += len(rows)
    except (pyarrow().ArrowException, OSError) as error:
        raise DataError(f"{path}: row {done + 1}: cannot be read: {error}") from error


def write_rows(path: Path, rows: Iterable[dict[str, Any]], schema: Any) -> None:
    """Write rows with the given Arrow schema, some thousands at a time."""
    arrow = pyarrow()
    waiting = iter(rows)
    with arrow.parquet.ParquetWriter(path, schema) as file:
        while chunk := list(islice(waiting, BATCH)):
            file.write_table(arrow.Table.from_pylist(chunk, schema=schema))


def schema_of(rows: Iterable[dict[str, Any]], names: Sequence[str]) -> Any:
    """Find the Arrow types that hold every row, in constant memory.

    Raise `DataError` that names a column whose values have no type in common.
    """
    arrow = pyarrow()
    waiting = iter(rows)
    found = arrow.schema([])
    while chunk := list(islice(waiting, BATCH)):
        for name in names:
            found = _with_column(found, name, [row.get(name) for row in chunk])
    missing = [arrow.field(name, arrow.string()) for name in names if name not in found.names]
    fields = [*found, *missing]
    return arrow.schema([f.with_type(arrow.string()) if arrow.types.is_null(f.type) else f for f in fields])


def _with_column(found: Any, name: str, values: list[Any]) -> Any:
    """Return the schema so that its column `name` holds these values, too."""
    arrow = pyarrow()
    try:
        own = arrow.schema([(name, arrow.array(values).type)])
        return arrow.unify_schemas([found, own], promote_options="permissive")
    except (arrow.ArrowInvalid, arrow.ArrowTypeError, OverflowError) as error:
        raise DataError(
            f"the column {name!r} holds values of kinds that do not go together in Parquet: {error}. JSON lines can "
            "hold them, and so can Parquet that textwright convert writes --to hugging_face"
        ) from error
