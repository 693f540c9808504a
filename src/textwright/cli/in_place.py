"""A file that is written over itself: whose annotations would go is seen before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textwright.cli.reading import Record
from textwright.errors import DataError
from textwright.schema import Schema
from textwright.types import Annotation


def is_in_place(file: Path, out: Path | None) -> bool:
    """Say whether a result goes into the file that is read."""
    return out is not None and file.is_file() and out.exists() and file.samefile(out)


def refuse_to_replace(out: Path, batches: Iterable[list[Record]], schema: Schema) -> None:
    """Raise `DataError` at the first text that is annotated with what a model of `schema` answers anew."""
    for record in (record for batch in batches for record in batch):
        if record.example is not None and _would_lose(record.example.gold, schema):
            raise DataError(
                f"{out}: {record.unit} {record.line} is annotated, and the model's answers would take the place of "
                "that. Name another file with -o"
            )


def _would_lose(gold: Annotation, schema: Schema) -> bool:
    spans = gold.spans is not None and bool(schema.labels or schema.open)
    return spans or (gold.categories is not None and bool(schema.tasks or schema.open))
