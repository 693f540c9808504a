"""Reading from one place of a file to another, by a worker that keeps the file open between its tasks.

What can only be read from its beginning (packed files, rows within a group of a Parquet file) is so gone
through once a worker, not once a task.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textwright.batch.cut import open_parquet
from textwright.batch.plan import Input
from textwright.batch.sources import check_unchanged
from textwright.batch.streams import BLOCK, open_plain
from textwright.errors import DataError
from textwright.formats.arrow import pyarrow

READ_ROWS = 4096


class Bytes:
    """The bytes of a file of lines; one that cannot be sought in is gone through, and begun anew to go back."""

    def __init__(self, given: Input) -> None:
        """Open a file. Raise `DataError` when it is not the one that was planned with."""
        check_unchanged(given)
        self._given = given
        self._file, self._can_seek = open_plain(given)
        self._at = 0

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes between two places. Raise `DataError` when they are not there any more."""
        try:
            self._go_to(start)
            data = b"".join(self._blocks(stop - start))
        except OSError as error:
            raise DataError(f"{self._given.path}: cannot be read: {error}") from error
        self._at = start + len(data)
        if self._at < stop:
            raise DataError(f"{self._given.path}: ends at byte {self._at:,}, and did not before: it was changed")
        return data

    def _go_to(self, start: int) -> None:
        if self._can_seek:
            self._file.seek(start)  # type: ignore[attr-defined]  # it said that it can
            return
        if start < self._at:
            self._file, _ = open_plain(self._given)
            self._at = 0
        for _ in self._blocks(start - self._at):
            pass

    def _blocks(self, size: int) -> Iterator[bytes]:
        while size > 0 and (block := self._file.read(min(size, BLOCK))):
            size -= len(block)
            yield bytes(block)


class Rows:
    """The rows of a Parquet file, by their number; those before within a group are gone through."""

    def __init__(self, given: Input) -> None:
        """Open a file. Raise `DataError` when it is not the one that was planned with."""
        check_unchanged(given)
        self._given = given
        self._file = open_parquet(given.path)
        facts = self._file.metadata
        sizes = [facts.row_group(i).num_rows for i in range(facts.num_row_groups)]
        self._starts = [sum(sizes[:i]) for i in range(len(sizes))]
        self._at, self._batches, self._rest = -1, iter(()), None

    def read(self, start: int, stop: int) -> Any:
        """Return the rows as an Arrow table."""
        arrow = pyarrow()
        try:
            self._go_to(start)
            found = list(self._take(stop - start))
        except (arrow.ArrowException, OSError) as error:
            raise DataError(f"{self._given.path}: rows {start + 1} to {stop} cannot be read: {error}") from error
        table = arrow.Table.from_batches(found, schema=self._file.schema_arrow)
        if len(table) < stop - start:
            raise DataError(f"{self._given.path}: has fewer rows than before: it was changed")
        return table

    def _go_to(self, start: int) -> None:
        group = max(i for i, each in enumerate(self._starts) if each <= start)
        if not self._starts[group] <= self._at <= start:
            groups = range(group, len(self._starts))
            self._batches = self._file.iter_batches(READ_ROWS, row_groups=groups, use_threads=False)
            self._at, self._rest = self._starts[group], None
        for _ in self._take(start - self._at):
            pass

    def _take(self, count: int) -> Iterator[Any]:
        while count > 0:
            batch = self._rest if self._rest is not None else next(self._batches, None)
            if batch is None:
                return
            piece, rest = batch.slice(0, count), batch.slice(count)
            self._rest = rest if len(rest) else None
            self._at += len(piece)
            count -= len(piece)
            yield piece
