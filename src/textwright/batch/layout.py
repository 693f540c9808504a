"""What stands in the parts: as `predict` writes a table, it keeps its columns and gains those of the labels and tasks.

All parts have the same columns, so that they are known before the first text is answered: a column that has
a label's name is kept, and the label's is called `NAME (label)` then, whatever the old one holds.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from textwright.batch.cut import lines_of, open_parquet
from textwright.batch.plan import Input, Layout
from textwright.batch.settings import Settings
from textwright.errors import DataError
from textwright.formats import table
from textwright.formats.arrow import pyarrow
from textwright.schema import Schema
from textwright.trust import parsed_json

CHUNK = 4096
# What of a JSON line stands in a table under the same name, before and behind the keys of the user's own.
FRONT, BEHIND = ("id", "text"), ("meta", "annotator")


def layout_of(inputs: Sequence[Input], schema: Schema, settings: Settings) -> Layout:
    """Find the columns of the parts. Raise `DataError` when those of the input files do not go together."""
    kind = settings.format or inputs[0].kind
    if kind == "jsonl":
        return Layout("jsonl")
    known = _arrow_schema(inputs)
    labels = _beside(schema.spans, known.names, table.OF_LABEL)
    tasks = _beside([task.name for task in schema.tasks], {*known.names, *schema.spans}, table.OF_TASK)
    # A label that no schema lists has no column, so that the layers are written, too.
    layers = table.LAYERS if schema.open else ()
    gained = [*labels.values(), *tasks.values(), *layers]
    whole = _with_texts(known, gained)
    return Layout(kind, tuple(whole.names), labels, tasks, encoded(whole))


def _beside(names: Iterable[str], taken: Collection[str], kind: str) -> dict[str, str]:
    return {name: name + kind if name in taken else name for name in names}


def _with_texts(known: Any, gained: Iterable[str]) -> Any:
    """Add columns of strings; a layer that was there becomes one in its place."""
    arrow = pyarrow()
    fields = [arrow.field(f.name, arrow.string()) if f.name in table.LAYERS else f for f in known]
    new = [arrow.field(name, arrow.string()) for name in gained if name not in known.names]
    return arrow.schema([*fields, *new])


def encoded(schema: Any) -> str:
    """Write an Arrow schema as text."""
    return base64.b64encode(schema.serialize().to_pybytes()).decode()


def decoded(text: str) -> Any:
    """Read an Arrow schema from text."""
    arrow = pyarrow()
    return arrow.ipc.read_schema(arrow.py_buffer(base64.b64decode(text)))


def _arrow_schema(inputs: Sequence[Input]) -> Any:
    """Return the columns of all files, in the order in which they come, with the types that hold every value."""
    arrow = pyarrow()
    of_kind = {"parquet": _of_parquet, "csv": _of_csv, "jsonl": _of_lines}
    found = arrow.schema([])
    for given in inputs:
        found = _united(found, of_kind[given.kind](given), given.path)
    return found


def _united(one: Any, other: Any, path: str) -> Any:
    arrow = pyarrow()
    try:
        return arrow.unify_schemas([one, other], promote_options="permissive")
    except (arrow.ArrowInvalid, arrow.ArrowTypeError) as error:
        raise DataError(
            f"{path}: its columns do not go together with those before: {error}. Run the files apart, or --format jsonl"
        ) from error


def _of_parquet(given: Input) -> Any:
    with open_parquet(given.path) as file:
        return file.schema_arrow.remove_metadata()


def _of_csv(given: Input) -> Any:
    arrow = pyarrow()
    return arrow.schema([(name, arrow.string()) for name in given.columns])


# --- JSON lines as a table --------------------------------------------------------------------


def _of_lines(given: Input) -> Any:
    """Look through JSON lines for the keys that become columns, and for their types."""
    arrow = pyarrow()
    found = arrow.schema([])
    for rows in _chunks(filter(None, map(_keys, lines_of(given)))):
        names = dict.fromkeys(name for row in rows for name in row)
        columns = {name: _array(rows, name, given.path) for name in names}
        found = _united(found, arrow.table(columns).schema if names else arrow.schema([]), given.path)
    return _in_order(found)


def _chunks(rows: Iterator[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _keys(line: bytes) -> Mapping[str, Any]:
    """Return what of a line becomes cells; nothing of one that cannot be read, which is rejected later."""
    try:
        data = parsed_json(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    as_text = {key: str(data[key]) for key in (*FRONT, *BEHIND) if data.get(key) is not None}
    return {**{key: value for key, value in data.items() if key not in table.OWN}, **as_text}


def _array(rows: Sequence[Mapping[str, Any]], name: str, path: str) -> Any:
    arrow = pyarrow()
    try:
        return arrow.array([row.get(name) for row in rows])
    except (arrow.ArrowInvalid, arrow.ArrowTypeError) as error:
        hint = "Give it one kind, or write --format jsonl"
        raise DataError(
            f"{path}: the key {name!r} holds values of kinds that do not go together: {error}. {hint}"
        ) from error


def _in_order(found: Any) -> Any:
    """Order the columns as `predict` does; one that holds nothing is one of strings."""
    arrow = pyarrow()
    own = [name for name in found.names if name not in (*FRONT, *BEHIND)]
    names = [name for name in (*FRONT, *own, *BEHIND) if name in found.names or name == "text"]
    types = {name: found.field(name).type if name in found.names else arrow.string() for name in names}
    return arrow.schema([(name, arrow.string() if arrow.types.is_null(kind) else kind) for name, kind in types.items()])
