"""Lines that have no answer: counted, and put aside or left in their place with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import typer

from textwright.cli.reading import Record
from textwright.cli.status import Status
from textwright.formats.base import Identify
from textwright.formats.records import head_records
from textwright.types import NOTHING, Annotation, Example


class Rejects:
    """Takes the records without an answer of one job, in order.

    With a file each goes there as `{"line", "reason", "text"}`; without one, `take` gives the example that
    stands in the output instead.
    """

    def __init__(self, file: TextIO | None = None) -> None:
        """Begin with none."""
        self._file = file
        self._identify = Identify()
        self.count = 0
        self.first = ""

    def take(self, record: Record, reason: str, notes: Mapping[str, Any] = NOTHING) -> list[Example]:
        """Put a record aside; return what stands in its place, if anything does, with what was noted of it."""
        self.count += 1
        self.first = self.first or f"{record.unit} {record.line}: {reason}"
        if self._file is None:
            return [self._in_place(record, reason, notes)]
        text = record.raw if record.example is None else record.example.text
        self._file.write(json.dumps({"line": record.line, "reason": reason, "text": text}, ensure_ascii=False) + "\n")
        return []

    def words(self, what: str, *, in_place: str = "") -> str:
        """Say what became of them, behind a summary: nothing where there are none.

        `what` says what they lack, `in_place` where they are if they did not go to a file.
        """
        if not self.count:
            return ""
        where = f"in {self._file.name}" if self._file is not None else in_place
        return f"; {self.count:,} {what}{', ' if where else ''}{where}. The first: {self.first}"

    def end(self) -> None:
        """Leave with the status that says so where there are any."""
        if self.count:
            raise typer.Exit(Status.PARTLY)

    def _in_place(self, record: Record, reason: str, notes: Mapping[str, Any]) -> Example:
        example = record.example
        if example is None:
            text = record.raw
            return Example(self._identify(text, _own_id(text)), text, extra={"error": reason, "line": record.line})
        extra = {**example.extra, **notes, "error": reason}
        return Example(example.id, example.text, Annotation(), example.meta, example.annotator, extra)


def _own_id(raw: str) -> Any:
    """Return the id that a line of JSON gives itself, so that its place in the output is found by it."""
    found = head_records(raw.encode())
    return found[0].get("id") if found else None


@contextmanager
def rejects_to(path: Path | None) -> Iterator[Rejects]:
    """Open the file for what is rejected, if one is wanted; each line is on its way to disk at once."""
    if path is None:
        yield Rejects()
        return
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n", buffering=1) as file:
        yield Rejects(file)
