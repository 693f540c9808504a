"""Reading the records of a task: examples where they can be read, and the reason where not."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textwright.batch.csv_lines import LONGEST_CELL, noted
from textwright.batch.cursors import Bytes, Rows
from textwright.batch.cut import is_blank
from textwright.batch.plan import Input, Plan, Task
from textwright.errors import DataError
from textwright.formats.arrow import pyarrow
from textwright.formats.base import Identify, Options
from textwright.formats.csv import unmarked
from textwright.formats.jsonl import example_of
from textwright.formats.records import decode, encode
from textwright.formats.table import example_of_row
from textwright.types import Example

# What of a table an annotation needs to know; all other columns stay as they are.
NEEDED = ("spans", "categories")


@dataclass(frozen=True, slots=True)
class Record:
    """A row or line by its number: an example, or the reason why there is none, with the record as it was.

    `raw` is the record as text, `cells` what stands in its columns where it could be cut into them.
    """

    row: int
    example: Example | None
    reason: str = ""
    raw: str = ""
    cells: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The records of a task; `table` (Arrow) has a row for each of them that has an example, None: not a table."""

    records: Sequence[Record]
    table: Any = None


class Reader:
    """Reads the tasks of a plan, one after another; a file stays open as long as its tasks come."""

    def __init__(self, plan: Plan, identify: Callable[[Task], Identify] = lambda _: Identify()) -> None:
        """Open nothing yet. `identify` makes what gives the texts of a task their ids."""
        self._plan = plan
        self._identify = identify
        self._opened: tuple[int, Bytes | Rows] | None = None

    def read(self, task: Task) -> Batch:
        """Read the records of a task. Raise `DataError` when the file has changed or cannot be read."""
        given = self._plan.inputs[task.input]
        content = self._cursor(task.input, given).read(task.start, task.stop)
        if given.kind == "jsonl":
            return Batch(list(_of_lines(content, task, self._identify(task), self._plan.settings.id_column)))
        maker = _maker(self._plan, self._identify(task))
        return _of_csv(content, given, task, maker) if given.kind == "csv" else _of_table(content, task, maker)

    def _cursor(self, index: int, given: Input) -> Bytes | Rows:
        if self._opened is None or self._opened[0] != index:
            self._opened = index, Rows(given) if given.kind == "parquet" else Bytes(given)
        return self._opened[1]


# --- JSON lines -------------------------------------------------------------------------------


def _of_lines(content: bytes, task: Task, identify: Identify, id_column: str) -> Iterator[Record]:
    for number, raw in enumerate(content.split(b"\n"), start=task.first):
        if not is_blank(raw):
            yield _of_line(raw, number, identify, id_column)


def _of_line(raw: bytes, number: int, identify: Identify, id_column: str) -> Record:
    try:
        line = raw.decode("utf-8-sig" if number == 1 else "utf-8").removesuffix("\r")
        return Record(number, example_of(_with_id(decode(line), id_column), identify))
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start} of the line ({raw[error.start : error.start + 1]!r})"
    except DataError as error:
        reason = str(error)
    shown = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace")
    return Record(number, None, reason, shown.removesuffix("\r"))


def _with_id(data: Any, id_column: str) -> Any:
    """Take the id from another key, where it stands there."""
    given = data.get(id_column) if type(data) is dict else None
    return data if given in (None, "") else {**data, "id": given}


# --- tables -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes records of rows; `needed` None: an example keeps all cells, else those alone that an annotation needs."""

    options: Options
    id_column: str
    needed: frozenset[str] | None
    identify: Identify

    def keeps(self, column: str) -> bool:
        """Say whether an example needs a column."""
        return self.needed is None or column in self.needed

    def record(self, number: int, cells: Mapping[str, Any], raw: str = "") -> Record:
        """Make a record of a row."""
        row = {name: value for name, value in cells.items() if self.keeps(name)}
        row["id"] = row.get(self.id_column)
        try:
            return Record(number, example_of_row(row, self.identify, self.options))
        except DataError as error:
            return Record(number, None, str(error), raw, cells)


def _maker(plan: Plan, identify: Identify) -> _Maker:
    settings = plan.settings
    needed = None if plan.layout.kind == "jsonl" else frozenset({settings.column, settings.id_column, *NEEDED})
    return _Maker(Options(column=settings.column, raw_cells=settings.raw_cells), settings.id_column, needed, identify)


def _of_csv(content: bytes, given: Input, task: Task, maker: _Maker) -> Batch:
    """Read the rows of a stretch of CSV; all cells are strings."""
    arrow = pyarrow()
    records, kept = [], []
    for number, row in enumerate(
        csv_rows(content.decode(), given.delimiter, raw=maker.options.raw_cells), start=task.first
    ):
        records.append(_of_cells(number, row, given.columns, maker))
        if records[-1].example is not None:
            kept.append(row.cells)
    columns = zip(*kept, strict=True) if kept else [() for _ in given.columns]
    arrays = [arrow.array(each, arrow.string()) for each in columns]
    return Batch(records, arrow.table(arrays, names=list(given.columns)))


def _of_cells(number: int, row: _Row, columns: Sequence[str], maker: _Maker) -> Record:
    if row.reason:
        return Record(number, None, row.reason, row.raw)
    if len(row.cells) != len(columns):
        reason = f"the row has {len(row.cells)} cells, the heading {len(columns)}"
        return Record(number, None, reason, row.raw)
    return maker.record(number, dict(zip(columns, row.cells, strict=True)), row.raw)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[str]
    raw: str
    reason: str = ""


def csv_rows(content: str, delimiter: str, *, raw: bool = False) -> Iterator[_Row]:
    """Yield each row that is not blank; one with broken quoting says so."""
    csv.field_size_limit(LONGEST_CELL)
    used: list[str] = []
    rows = csv.reader(noted(io.StringIO(content, newline=""), used), delimiter=delimiter, strict=True)
    while True:
        used.clear()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Row([], _joined(used), f"broken quoting: {error}")
        else:
            if cells:
                yield _Row(cells if raw else [unmarked(cell) for cell in cells], _joined(used))


def _joined(used: Sequence[str]) -> str:
    return "".join(used).rstrip("\r\n")


def _of_table(table: Any, task: Task, maker: _Maker) -> Batch:
    """Read the rows of a stretch of Parquet; what is not needed stays in Arrow."""
    rows = rows_of(table.select([name for name in table.column_names if maker.keeps(name)]))
    records = [maker.record(number, row) for number, row in enumerate(rows, start=task.first)]
    records = [each if each.example is not None else _whole(each, table, place) for place, each in enumerate(records)]
    kept = [place for place, record in enumerate(records) if record.example is not None]
    return Batch(records, of_rows(table, kept))


def _whole(record: Record, table: Any, place: int) -> Record:
    cells = row_of(table, place)
    return replace(record, raw=encode(cells), cells=cells)


def row_of(table: Any, place: int) -> dict[str, Any]:
    """Return what stands in a row of a table, by the names of the columns."""
    return next(iter(rows_of(table.slice(place, 1))))


def rows_of(table: Any) -> list[dict[str, Any]]:
    """Return the rows of a table, each by the names of its columns."""
    columns = [values_of(column) for column in table.columns]
    return [dict(zip(table.column_names, row, strict=True)) for row in zip(*columns, strict=True)]


def values_of(column: Any) -> list[Any]:
    """Return what stands in a column."""
    try:
        values: list[Any] = column.to_pylist()
    except ValueError:  # times in nanoseconds, which Python has no kind for
        values = column.cast(pyarrow().string()).to_pylist()
    return values


def of_rows(table: Any, rows: Sequence[int]) -> Any:
    """Return some rows of a table, by their places."""
    if table is None or len(rows) == len(table):
        return table
    arrow = pyarrow()
    return table.take(arrow.array(rows, arrow.int64()))
