"""JSON of somebody's own making, as a table: a list of texts or of objects, or an object a line without a `text`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from textwright import formats
from textwright.errors import DataError
from textwright.formats.csv import marked
from textwright.trust import parsed_json

# Larger files are not held in memory: they must be in a known format.
LONGEST = 64 << 20
LOOKED_AT = 200


def table_of_records(path: Path, folder: Path) -> Path | None:
    """Write a table of what a JSON file holds into `folder`; None: it is in a format that `formats` reads as it is.

    Raise `DataError` with the line where the file is not JSON.
    """
    if path.stat().st_size > LONGEST:
        return None
    with path.open("rb") as file:
        first = file.read(1)
    if first == b"[":
        return _of_list(path, folder)
    return _of_lines(path, folder) if first == b"{" and formats.find_format(path).name == "jsonl" else None


def is_list(path: Path) -> bool:
    """Say whether a file is a JSON list of texts or of objects, whatever it is called; lines may begin with [, too."""
    if path.stat().st_size > LONGEST:
        return False
    try:
        items = parsed_json(path.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return isinstance(items, list) and bool(items) and all(isinstance(each, str | dict) for each in items)


def _of_list(path: Path, folder: Path) -> Path | None:
    try:
        items = parsed_json(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise DataError(f"{path}:{error.lineno}: not JSON: {error.msg} at character {error.colno}") from error
    except ValueError as error:
        raise DataError(f"{path}: not JSON: {error}") from error
    if not items or not all(isinstance(each, str | dict) for each in items):
        raise DataError(f"{path}: a list of {_kinds(items)}, expected one of texts, or of objects with a text each")
    records = [{"text": each} if isinstance(each, str) else each for each in items]
    return None if any("data" in each for each in records) else _written(records, folder)


def _kinds(items: Sequence[object]) -> str:
    return ", ".join(sorted({type(each).__name__ for each in items})) or "nothing"


def _of_lines(path: Path, folder: Path) -> Path | None:
    """Write a table of objects that have no `text`, an object a line; lines that are none are left out."""
    with path.open(encoding="utf-8") as file:
        head = [_object(line) for _, line in zip(range(LOOKED_AT), file, strict=False)]
        if not any(head) or any("text" in each for each in head):
            return None
        file.seek(0)
        return _written([each for each in map(_object, file) if each], folder)


def _object(line: str) -> dict[str, Any]:
    try:
        found = parsed_json(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _written(records: Iterable[dict[str, Any]], folder: Path) -> Path | None:
    """Write a table with the keys as columns; None where no value is a text."""
    kept = list(records)
    columns = dict.fromkeys(key for each in kept for key, value in each.items() if isinstance(value, str | int | float))
    if not any(isinstance(value, str) for each in kept for value in each.values()):
        return None
    path = folder / "records.csv"
    rows = chain([list(columns)], ([each.get(name, "") for name in columns] for each in kept))
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([marked("" if value is None else str(value)) for value in row] for row in rows)
    return path
