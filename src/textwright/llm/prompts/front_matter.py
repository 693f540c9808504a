"""What stands between the `+++` lines of a template: TOML that says what the template is for.

Every key is checked, and a key that is not known is an error, for a misspelt one would do nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from textwright.errors import ModelError
from textwright.trust import parsed_toml
from textwright.types import NOTHING

FENCE = "+++"
TASKS = ("spans", "categories", "answer")
CHOICES = ("two", "one", "several")
PARAMETERS: Mapping[str, tuple[type, ...]] = {
    "temperature": (int, float),
    "max_tokens": (int,),
    "seed": (int,),
    "logprobs": (bool,),
    "attempts": (int,),
}
LEAST = {"temperature": 0, "max_tokens": 1, "attempts": 1}


@dataclass(frozen=True, slots=True)
class Variable:
    """What a template wants to be told. One that is required has no default."""

    meaning: str = ""
    default: Any = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The checked keys of a template, as far as they are given, and its body with the line before it."""

    given: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    body: str = ""
    lines: int = 0


def parse(source: str, where: str) -> FrontMatter:
    r"""Divide a template into its front matter and its body. Raise `ModelError` naming file and line.

    >>> parse('+++\nname = "cities"\n+++\nbody', "cities.md").given
    {'name': 'cities'}
    """
    lines = source.removeprefix("\ufeff").splitlines(keepends=True)
    if not lines or lines[0].strip() != FENCE:
        return FrontMatter(body="".join(lines))
    ends = [number for number, line in enumerate(lines) if number and line.strip() == FENCE]
    if not ends:
        raise ModelError(f"{where}:1: the front matter that begins with {FENCE} has no second {FENCE} line")
    toml = "".join(lines[1 : ends[0]])
    return FrontMatter(_checked(_decoded(toml, where), toml, where), "".join(lines[ends[0] + 1 :]), ends[0] + 1)


def _decoded(toml: str, where: str) -> dict[str, Any]:
    try:
        return parsed_toml("\n" + toml)  # so that the lines are counted as in the file
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ModelError(f"{where}:{found[1] if found else 1}: the front matter is no TOML: {error}") from error


@dataclass(frozen=True, slots=True)
class _Where:
    """A place in a front matter, to begin an error with."""

    where: str
    toml: str

    def fault(self, key: str, what: str) -> ModelError:
        """Make the error that names the file and the line on which the key stands first."""
        pattern = re.compile(rf"^\s*(\[+[\w.\"' -]*?)?\b{re.escape(key)}\b")
        lines = self.toml.splitlines()
        line = next((number for number, text in enumerate(lines, start=2) if pattern.match(text)), 1)
        return ModelError(f"{self.where}:{line}: {what}")


def _checked(data: dict[str, Any], toml: str, where: str) -> dict[str, Any]:
    at = _Where(where, toml)
    _refuse_unknown(data, CHECKS, "key", at)
    return {key: CHECKS[key](value, at) for key, value in data.items()}


def _refuse_unknown(data: Mapping[str, Any], known: Iterable[str], what: str, at: _Where) -> None:
    for key in data:
        if key not in known:
            raise at.fault(key, f"unknown {what} {key!r}. Known: {', '.join(known)}")


def _text(key: str) -> Callable[[Any, _Where], str]:
    def check(value: Any, at: _Where) -> str:
        if type(value) is not str or not value.strip():
            raise at.fault(key, f"{key} is {value!r}, expected a text")
        return value

    return check


def _one_of(key: str, known: tuple[str, ...]) -> Callable[[Any, _Where], str]:
    def check(value: Any, at: _Where) -> str:
        if value not in known:
            raise at.fault(key, f"{key} is {value!r}, expected one of {', '.join(known)}")
        return str(value)

    return check


def _stop(value: Any, at: _Where) -> tuple[str, ...]:
    texts = [value] if type(value) is str else value
    if type(texts) is not list or not all(type(each) is str and each for each in texts):
        raise at.fault("stop", f"stop is {value!r}, expected a text or a list of texts")
    return tuple(texts)


def _table(key: str, value: Any, at: _Where) -> dict[str, Any]:
    if type(value) is not dict:
        raise at.fault(key, f"{key} is {value!r}, expected a table, [{key}]")
    return value


def _parameters(value: Any, at: _Where) -> dict[str, Any]:
    table = _table("parameters", value, at)
    _refuse_unknown(table, PARAMETERS, "parameter", at)
    for name, found in table.items():
        if type(found) not in PARAMETERS[name]:
            wanted = " or ".join(each.__name__ for each in PARAMETERS[name])
            raise at.fault(name, f"the parameter {name} is {found!r}, expected {wanted}")
        if found < LEAST.get(name, found):
            raise at.fault(name, f"the parameter {name} is {found!r}, must be at least {LEAST[name]}")
    return table


def _answer(value: Any, at: _Where) -> dict[str, Any]:
    table = _table("answer", value, at)
    if table.get("type") != "object":
        raise at.fault("answer", 'the JSON Schema under [answer] is not of type = "object"')
    return table


def _variables(value: Any, at: _Where) -> dict[str, Variable]:
    return {name: _variable(name, body, at) for name, body in _table("variables", value, at).items()}


def _variable(name: str, body: Any, at: _Where) -> Variable:
    if not name.isidentifier():
        raise at.fault(name, f"the variable {name!r} is no name: letters, digits and _ make one")
    if name in GIVEN:
        raise at.fault(name, f"the variable {name!r} is given to every template and cannot be declared")
    table = _table(f"variables.{name}", body, at)
    _refuse_unknown(table, ("meaning", "default", "required"), f"key of the variable {name}:", at)
    if type(table.get("meaning", "")) is not str or type(table.get("required", False)) is not bool:
        raise at.fault(name, f"the variable {name}: meaning is a text, required is true or false")
    if table.get("required") and "default" in table:
        raise at.fault(name, f"the variable {name} is required, and so its default would never be used")
    return Variable(**table)


# What every template is told of the text, the schema and the examples.
GIVEN = ("text", "labels", "tasks", "guideline", "examples", "open_labels", "shots")
CHECKS: Mapping[str, Callable[[Any, _Where], Any]] = {
    "name": _text("name"),
    "task": _one_of("task", TASKS),
    "description": _text("description"),
    "choice": _one_of("choice", CHOICES),
    "schema": _text("schema"),
    "stop": _stop,
    "parameters": _parameters,
    "variables": _variables,
    "answer": _answer,
}
