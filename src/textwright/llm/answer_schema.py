"""The JSON Schema of an answer, made from a schema, so that a server can enforce it."""

from __future__ import annotations

from typing import Any

from textwright.schema import Schema, Task

Json = dict[str, Any]


def answer_schema(schema: Schema, task: str) -> Json:
    """Return the JSON Schema of the answer that a span or a category template asks for.

    What may be left out may also be null. An open schema takes any label.

    >>> answer_schema(Schema.from_data({"labels": ["CITY"]}), "spans")["properties"]["spans"]["items"]["required"]
    ['label', 'text']
    """
    if task == "spans":
        return _object({"spans": {"type": "array", "items": _mention(schema)}})
    return _object({"categories": _categories(schema)})


def _object(properties: Json, *, optional: tuple[str, ...] = ()) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _mention(schema: Schema) -> Json:
    properties = {
        "label": _name(() if schema.open else schema.spans),
        "text": {"type": "string"},
        "occurrence": {"type": ["integer", "null"]},
    }
    return _object(properties, optional=("occurrence",))


def _name(names: tuple[str, ...]) -> Json:
    return {"type": "string", "enum": list(names)} if names else {"type": "string"}


def _categories(schema: Schema) -> Json:
    kinds = [_category(task, schema) for task in schema.tasks]
    items = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if any(task.multiple for task in schema.tasks):
        return {"type": "array", "items": items}
    return {"type": "array", "items": items, "minItems": len(kinds), "maxItems": len(kinds)}


def _category(task: Task, schema: Schema) -> Json:
    properties = {
        "task": {"type": "string", "enum": [task.name]},
        "label": _name(() if schema.open else tuple(label.name for label in task.labels)),
        "evidence": {"type": ["string", "null"]},
    }
    return _object(properties, optional=("evidence",))
