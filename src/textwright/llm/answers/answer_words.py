"""What is wrong with an answer, in words short enough for the model that gave it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from textwright.errors import MissingExtraError

NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def problem_of(value: Any, answer: Mapping[str, Any]) -> str | None:
    """Say in one short sentence what a JSON Schema has against a value; None when it has nothing.

    >>> problem_of({"n": "two"}, {"properties": {"n": {"type": "integer"}}})
    'n is "two", wanted a whole number'
    """
    try:
        from jsonschema import Draft202012Validator
        from jsonschema.exceptions import best_match
    except ImportError as error:
        raise MissingExtraError("jsonschema", "llm") from error
    # The first few tell enough, and a list of ten thousand wrong items would take a minute.
    first = [error for error, _ in zip(Draft202012Validator(answer).iter_errors(value), range(5), strict=False)]
    found = best_match(first)
    return None if found is None else _in_words(found)


def _in_words(error: Any) -> str:
    place = _place(error.absolute_path)
    describe = WORDS.get(error.validator)
    if describe is None:
        return f"{place} is {shown(error.instance)}, which does not obey {error.validator}"
    return describe(place, error)


def _place(path: Iterable[str | int]) -> str:
    """Name a place as people write it.

    >>> _place(["spans", 2, "label"])
    'spans[2].label'
    """
    parts = [f"[{each}]" if isinstance(each, int) else f".{each}" for each in path]
    return "".join(parts).lstrip(".") or "the answer"


def _type(place: str, error: Any) -> str:
    kinds = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    return f"{place} is {shown(error.instance)}, wanted {' or '.join(NAMES.get(each, each) for each in kinds)}"


def _choice(place: str, error: Any) -> str:
    known = [error.validator_value] if error.validator == "const" else error.validator_value
    return f"{place} is {shown(error.instance)}, wanted one of {shortened(', '.join(map(shown, known)), most=300)}"


def _required(place: str, error: Any) -> str:
    missing = [each for each in error.validator_value if each not in error.instance]
    return f"{place} has no {' and no '.join(map(shown, missing))}"


def _extra(place: str, error: Any) -> str:
    known = error.schema.get("properties", {})
    return (
        f"{place} has what nobody asked for: {shortened(', '.join(shown(k) for k in error.instance if k not in known))}"
    )


def _variants(place: str, error: Any) -> str:
    return f"{place} is {shown(error.instance)}, which is none of the kinds wanted"


def _short(place: str, error: Any) -> str:
    return f"{place} is {shown(error.instance)}, wanted at least {error.validator_value}"


def _long(place: str, error: Any) -> str:
    return f"{place} is {shown(error.instance)}, wanted at most {error.validator_value}"


WORDS: Mapping[str, Callable[[str, Any], str]] = {
    "type": _type,
    "enum": _choice,
    "const": _choice,
    "required": _required,
    "additionalProperties": _extra,
    "anyOf": _variants,
    "oneOf": _variants,
    "minLength": _short,
    "minItems": _short,
    "minimum": _short,
    "maxLength": _long,
    "maxItems": _long,
    "maximum": _long,
}


def shown(value: Any) -> str:
    """Show a value as JSON, shortened."""
    return shortened(json.dumps(value, ensure_ascii=False, default=str))


def shortened(text: str, *, most: int = 60) -> str:
    """Fold white space and keep the beginning.

    >>> shortened("Sure!  Here you are", most=12)
    'Sure! Here y…'
    """
    plain = " ".join(text[: 4 * most].split())
    return plain if len(plain) <= most else f"{plain[:most]}…"


def quoted(text: str) -> str:
    """Show a piece of text in quotation marks, shortened."""
    return f'"{shortened(text)}"'


def wanted(answer: Mapping[str, Any]) -> str:
    """Show the shape that a JSON Schema asks for.

    >>> wanted({"type": "object", "properties": {"names": {"type": "array", "items": {"type": "string"}}}})
    '{"names": ["..."]}'
    """
    return shortened(json.dumps(_shape(answer, 0), ensure_ascii=False), most=300)


def _shape(schema: Any, depth: int) -> Any:
    if not isinstance(schema, Mapping) or depth > 8:
        return "..."
    for choices in (schema.get("anyOf"), schema.get("oneOf")):
        if choices:
            return _shape(choices[0], depth + 1)
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return shortened("|".join(map(str, schema["enum"])), most=120)
    if "properties" in schema:
        names = schema.get("required") or list(schema["properties"])
        return {name: _shape(schema["properties"].get(name), depth + 1) for name in names}
    return [_shape(schema["items"], depth + 1)] if "items" in schema else _plain(schema.get("type"))


def _plain(kind: Any) -> Any:
    kinds = kind if isinstance(kind, list) else [kind]
    return {"integer": 1, "number": 0.5, "boolean": True, "array": [], "object": {}}.get(kinds[0], "...")
