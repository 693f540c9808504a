"""The JSON Schema of an answer, made from a schema, so that a server can enforce it.

Servers do not take the same: llama.cpp's grammars know properties that may be left out and an `anyOf`
of objects; OpenAI's strict mode wants every property required, refuses objects in an `anyOf` whose
first property has the same name, and for tuned models `minItems` and `maxItems`. `answer_schema` says
exactly what is meant; `strict` weakens it to what strict mode takes, and the answer is checked by the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from textwright.schema import Schema, Task

Json = dict[str, Any]

NOT_STRICT = ("minItems", "maxItems", "minLength", "maxLength", "default", "title", "$schema")


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
    return {"type": "array", "items": items, **_lengths(schema)}


def _lengths(schema: Schema) -> Json:
    """Say how many categories there can be: a weak model that may go on repeats itself to the end."""
    least = sum(not task.multiple for task in schema.tasks)
    if schema.open and any(task.multiple for task in schema.tasks):
        return {"minItems": least}
    return {"minItems": least, "maxItems": sum(len(task.labels) if task.multiple else 1 for task in schema.tasks)}


def _category(task: Task, schema: Schema) -> Json:
    properties = {
        "task": {"type": "string", "enum": [task.name]},
        "label": _name(() if schema.open else tuple(label.name for label in task.labels)),
        "evidence": {"type": ["string", "null"]},
    }
    return _object(properties, optional=("evidence",))


# --- what a JSON Schema cannot say -----------------------------------------------------------


def answer_problems(value: Mapping[str, Any], schema: Schema, task: str) -> list[str]:
    """Say in words, for the model, what is wrong with an answer of the right form.

    A task with one answer must be answered once, and no label may be given twice.

    >>> moods = Schema.from_data({"tasks": {"mood": {"labels": ["good", "bad"]}}})
    >>> answer_problems({"categories": []}, moods, "categories")
    ["the task 'mood' has 0 answers, it must have exactly one of: good, bad"]
    """
    if task != "categories":
        return []
    given = Counter((each["task"], each["label"]) for each in value["categories"])
    single = [each for each in schema.tasks if not each.multiple]
    missed = [problem for each in single for problem in _answered_once(each, given)]
    twice = [f"the label {label!r} of the task {name!r} is given twice" for (name, label), n in given.items() if n > 1]
    return missed or twice


def _answered_once(task: Task, given: Counter[tuple[str, str]]) -> list[str]:
    count = sum(number for (name, _), number in given.items() if name == task.name)
    if count == 1:
        return []
    known = ", ".join(label.name for label in task.labels)
    one = f"exactly one of: {known}" if known else "exactly one"
    return [f"the task {task.name!r} has {count} answers, it must have {one}"]


# --- strict mode -----------------------------------------------------------------------------


def strict(answer: Mapping[str, Any]) -> Json:
    """Return the form of a JSON Schema that OpenAI's strict mode takes; it allows all that the schema does.

    >>> answer = answer_schema(Schema.from_data({"labels": ["CITY"]}), "spans")
    >>> strict(answer)["properties"]["spans"]["items"]["required"]
    ['label', 'text', 'occurrence']
    """
    kept = {key: value for key, value in answer.items() if key not in NOT_STRICT}
    if "anyOf" in kept and all(each.get("type") == "object" for each in kept["anyOf"]):
        return strict(_merged(kept["anyOf"]))
    if "anyOf" in kept:
        kept["anyOf"] = [strict(each) for each in kept["anyOf"]]
    if isinstance(kept.get("items"), Mapping):
        kept["items"] = strict(kept["items"])
    return _all_required(kept) if "properties" in kept else kept


def _all_required(form: Json) -> Json:
    needed = form.get("required", [])
    properties = {
        name: strict(value if name in needed else _nullable(value)) for name, value in form["properties"].items()
    }
    return form | {"properties": properties, "required": list(properties), "additionalProperties": False}


def _nullable(form: Mapping[str, Any]) -> Json:
    kinds = form.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    if not kinds:
        return {"anyOf": [dict(form), {"type": "null"}]}
    enum = {"enum": [*form["enum"], *([] if None in form["enum"] else [None])]} if "enum" in form else {}
    return dict(form) | {"type": [*kinds, *([] if "null" in kinds else ["null"])]} | enum


def _merged(forms: list[Json]) -> Json:
    """Make one object of several: it may have the properties of all, each with the values of all."""
    properties: Json = {}
    for form in forms:
        for name, value in form["properties"].items():
            properties[name] = _either(properties[name], value) if name in properties else value
    needed = [name for name in properties if all(name in form.get("required", []) for form in forms)]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _either(one: Json, other: Json) -> Json:
    if one == other:
        return one
    if set(one) == set(other) == {"type", "enum"} and one["type"] == other["type"]:
        return one | {"enum": list(dict.fromkeys([*one["enum"], *other["enum"]]))}
    return {"anyOf": [one, other]}
