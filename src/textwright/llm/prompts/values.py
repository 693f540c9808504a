"""The values of a template's variables: known ones only, none missing, each of its variable's type."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from textwright.errors import ModelError
from textwright.llm.prompts.front_matter import GIVEN, Variable
from textwright.llm.prompts.template import Template

TRUE = ("true", "yes", "on", "1")
FALSE = ("false", "no", "off", "0")


def filled_in(template: Template, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value for every variable of a template. Raise `ModelError` at one that is unknown or missing.

    A text becomes what the variable's default is: true or false, a number, or a list that commas part.
    """
    for name in values:
        if name not in template.variables:
            raise ModelError(_unknown(template, name))
    missing = [name for name, each in template.variables.items() if each.required and _is_empty(values.get(name))]
    if missing:
        raise ModelError(f"template {template.name} needs {_told(template, missing[0])}: --set {missing[0]}=...")
    return {
        name: _converted(template, name, variable, values[name]) if name in values else variable.default
        for name, variable in template.variables.items()
    }


def _is_empty(value: Any) -> bool:
    return value is None or value == ""


def _unknown(template: Template, name: str) -> str:
    if name in GIVEN:
        return f"template {template.name}: {name!r} is given by the text and the schema, and cannot be set"
    near = get_close_matches(name, template.variables, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    known = ", ".join(template.variables) or "none"
    return f"template {template.name} has no variable {name!r}.{hint} Known variables: {known}"


def _told(template: Template, name: str) -> str:
    meaning = template.variables[name].meaning
    return f"the variable {name!r} ({meaning.rstrip('.')})" if meaning else f"the variable {name!r}"


def _converted(template: Template, name: str, variable: Variable, value: Any) -> Any:
    if not isinstance(value, str) or isinstance(variable.default, str):
        return value
    try:
        return _as(variable.default, value)
    except ValueError as error:
        raise ModelError(f"template {template.name}: {name} is {value!r}, expected {error}") from error


def _as(default: Any, value: str) -> Any:
    """Return a text as the type that the default has. Raise `ValueError` that says what was expected."""
    if isinstance(default, bool):
        return _switch(value)
    if isinstance(default, list):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(default, int | float):
        return _number(value, type(default))
    return value


def _switch(value: str) -> bool:
    if value.casefold() not in (*TRUE, *FALSE):
        raise ValueError("true or false")
    return value.casefold() in TRUE


def _number(value: str, kind: type[int] | type[float]) -> int | float:
    try:
        return kind(value)
    except ValueError:
        raise ValueError("a whole number" if kind is int else "a number") from None
