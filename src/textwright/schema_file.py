"""A schema as plain data: read from TOML or JSON, and written. The shape is `schema.schema.json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from textwright.errors import DataError, SchemaError
from textwright.schema import Label, Rule, Schema, Task, refuse_doubles
from textwright.trust import inside, parsed_json, parsed_toml

KNOWN_KEYS = {"$schema", "name", "labels", "tasks", "rules", "guideline", "guideline_file", "open"}


def read(path: Path) -> Schema:
    """Read a `.toml` or `.json` file. Raise `SchemaError` naming the file."""
    if not path.exists():
        raise SchemaError(_missing(path))
    try:
        raw = path.read_text(encoding="utf-8")
        data = parsed_toml(raw) if path.suffix == ".toml" else _from_json(raw)
        if not isinstance(data, dict):
            raise SchemaError(f"found {type(data).__name__}, expected a table of labels, tasks and rules")
        if "guideline_file" in data:
            data["guideline"] = inside(path.parent, str(data.pop("guideline_file")), where="guideline_file").read_text(
                encoding="utf-8"
            )
        return from_data(data)
    except (OSError, ValueError, DataError, SchemaError) as error:
        raise SchemaError(f"{path}: {error}") from error


def _missing(path: Path) -> str:
    """Say that there is no such file; a bare name may be meant for that of a pack or a model."""
    meant = "" if path.suffix or path.name != str(path) else f", or open_model({str(path)!r}).schema"
    return f"{path}: no such file. Expected a schema, a file .toml or .json with labels or tasks{meant}"


def _from_json(raw: str) -> Any:
    try:
        return parsed_json(raw)
    except ValueError as error:
        raise SchemaError(
            f"is no JSON ({error}). Expected a schema, a file .toml or .json with labels or tasks"
        ) from None


def from_data(data: Mapping[str, Any]) -> Schema:
    """Build a schema from plain data. Raise `SchemaError` at what is not of the published shape."""
    data = _known("the schema", data, KNOWN_KEYS)
    return Schema(
        name=str(data.get("name", "")),
        labels=_labels(data.get("labels", {})),
        tasks=tuple(_task(name, body) for name, body in _table("tasks", data.get("tasks", {})).items()),
        rules=tuple(_rule(body) for body in _list_of_rules(data.get("rules", []))),
        guideline=str(data.get("guideline", "")),
        open=bool(data.get("open", False)),
    )


def _known(what: str, body: Any, keys: Iterable[str]) -> Mapping[str, Any]:
    """Return a table after checking that it is one and that each of its keys is known."""
    if not isinstance(body, Mapping):
        raise SchemaError(f"{what} is {type(body).__name__}, expected a table")
    unknown = sorted(set(body) - set(keys))
    if unknown:
        raise SchemaError(f"{what}: unknown key {unknown[0]!r}. Known keys: {', '.join(sorted(keys))}")
    return body


def _table(what: str, value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        refuse_doubles(what, value)
        return {name: {} for name in value}
    raise SchemaError(f"{what} is {type(value).__name__}, expected a table by name or a list of names")


def _texts(what: str, body: Any, keys: Iterable[str]) -> dict[str, str]:
    """Return a table of known keys whose values are all strings."""
    settings = _known(what, body, keys)
    for key, value in settings.items():
        if not isinstance(value, str):
            raise SchemaError(f"{what}: {key} is {type(value).__name__}, expected a string")
    return dict(settings)


def _labels(value: Any) -> tuple[Label, ...]:
    bodies = {
        name: {"meaning": body} if isinstance(body, str) else body for name, body in _table("labels", value).items()
    }
    return tuple(
        Label(name, **_texts(f"label {name}", body, ("meaning", "colour", "key", "parent")))
        for name, body in bodies.items()
    )


def _task(name: str, body: Any) -> Task:
    task = _known(f"task {name}", body, ("labels", "multiple", "meaning"))
    return Task(name, _labels(task.get("labels", {})), bool(task.get("multiple", False)), str(task.get("meaning", "")))


def _list_of_rules(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise SchemaError(f"rules is {type(value).__name__}, expected a list of tables")
    return value


def _rule(body: Any) -> Rule:
    settings = _texts("a rule", body, ("kind", "outer", "inner", "label"))
    if "kind" not in settings:
        raise SchemaError(f"a rule has the keys {sorted(settings)}, expected kind with outer, inner or label")
    return Rule(**settings)  # type: ignore[arg-type]  # the schema checks the kind


def to_data(schema: Schema) -> dict[str, Any]:
    """Return a schema as plain data; what is empty is left out."""
    data: dict[str, Any] = {
        "name": schema.name,
        "labels": {label.name: _label_data(label) for label in schema.labels},
        "tasks": {
            task.name: {
                "meaning": task.meaning,
                "multiple": task.multiple,
                "labels": {label.name: _label_data(label) for label in task.labels},
            }
            for task in schema.tasks
        },
        "rules": [_filled(rule, ("kind", "outer", "inner", "label")) for rule in schema.rules],
        "guideline": schema.guideline,
        "open": schema.open,
    }
    return {key: value for key, value in data.items() if value}


def _label_data(label: Label) -> dict[str, Any]:
    return _filled(label, ("meaning", "colour", "key", "parent"))


def _filled(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names if getattr(value, name)}
