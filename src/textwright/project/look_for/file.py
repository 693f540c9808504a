"""The project's schema file: TOML that a person reads and edits, written anew after each change in the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from textwright.project.files import Project, write_text
from textwright.schema import Schema

BARE = re.compile(r"[A-Za-z0-9_-]+")
HEAD = "# What this project looks for. It may be edited by hand; a change in the page writes it anew.\n"


def write_schema(project: Project, schema: Schema) -> None:
    """Write what a project looks for. Raise `DataError` when the disk does not allow it; then the file is as it was."""
    write_text(project.schema_file, HEAD + schema_toml(schema))


def schema_toml(schema: Schema) -> str:
    """Return a schema as TOML in the published shape.

    >>> print(schema_toml(Schema.from_data({"name": "towns", "labels": {"TOWN": "A town."}})), end="")
    name = "towns"
    <BLANKLINE>
    [labels.TOWN]
    meaning = "A town."
    """
    data = schema.to_data()
    rules = data.pop("rules", [])
    parts = [*_tables((), data), *(_lines("[[rules]]", rule) for rule in rules)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _tables(path: tuple[str, ...], data: Mapping[str, Any]) -> Iterator[str]:
    """Yield a table, then those in it: each with its whole path as its head."""
    flat = {key: value for key, value in data.items() if not isinstance(value, Mapping)}
    deep = {key: value for key, value in data.items() if isinstance(value, Mapping)}
    if path and (flat or not deep):
        yield _lines(f"[{'.'.join(map(_key, path))}]", flat)
    elif flat:
        yield _lines("", flat)
    for key, table in deep.items():
        yield from _tables((*path, key), table)


def _lines(head: str, values: Mapping[str, Any]) -> str:
    return "\n".join(
        line for line in (head, *(f"{_key(key)} = {_value(each)}" for key, each in values.items())) if line
    )


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _quoted(key)


def _value(value: Any) -> str:
    return _paragraphs(value) if isinstance(value, str) and "\n" in value.strip() else _quoted(value)


def _quoted(value: Any) -> str:
    """Return a value in a line. JSON's strings and truths are TOML's, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _paragraphs(value: str) -> str:
    """Return a text of several lines as such, so that a guideline can be read in the file."""
    lines = [_quoted(line)[1:-1] for line in value.split("\n")]
    return '"""\n' + "\n".join(lines) + '"""'
