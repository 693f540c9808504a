"""Read the files of a rule set into plain values. Nothing is compiled here. See docs/rules.md."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.errors import ModelError

LANGUAGE = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as written."""

    name: str
    match: str
    after: str | None = None
    not_after: str | None = None
    before: str | None = None
    not_before: str | None = None
    tag: str | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase as written: a lookup, or rules over the whole text or inside a label's spans."""

    name: str
    lookup: str | None = None
    tag: str | None = None
    inside: str | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A whole rule set as written; `lists` holds the entries of each list."""

    lists: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, str]
    phases: tuple[Phase, ...]
    examples: tuple[str, ...] = ()


def read_rule_set(path: Path) -> RuleSet:
    """Read `rules.toml` and the lists that it names. Raise `ModelError` that says which file and why."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return _rule_set(data, path.parent)
    except (OSError, ValueError, ModelError) as error:
        raise ModelError(f"{path}: {error}") from error


def _rule_set(data: Mapping[str, Any], folder: Path) -> RuleSet:
    _check_keys("the rule set", data, {"language", "lists", "classes", "phases", "examples"})
    if data.get("language") != LANGUAGE:
        raise ModelError(f"language = {data.get('language')!r}, this version reads language = {LANGUAGE}")
    return RuleSet(
        _read_lists(data.get("lists", {}), folder),
        {str(name): str(kinds) for name, kinds in data.get("classes", {}).items()},
        _phases(data.get("phases", [])),
        tuple(map(str, data.get("examples", ()))),
    )


def _check_keys(what: str, data: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise ModelError(f"{what} has the unknown key {unknown[0]!r}. Known keys: {', '.join(sorted(known))}")


def _read_lists(data: Mapping[str, Any], folder: Path) -> dict[str, tuple[str, ...]]:
    lists = {name: tuple(_entries(name, value, folder)) for name, value in data.items()}
    for name, value in data.items():
        if isinstance(value, dict):
            lists[name] = _without(name, lists, value.get("except", ()))
    return lists


def _entries(name: str, value: Any, folder: Path) -> list[str]:
    if isinstance(value, str):
        return _read_entries(folder / value)
    if isinstance(value, list):
        return [str(entry) for entry in value]
    if not isinstance(value, dict):
        raise ModelError(f"list {name!r} is {type(value).__name__}, expected entries, a file's name or a table")
    _check_keys(f"list {name!r}", value, {"file", "entries", "except"})
    from_file = _read_entries(folder / value["file"]) if "file" in value else []
    return from_file + [str(entry) for entry in value.get("entries", ())]


def _read_entries(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").split("\n"))
    return [line for line in lines if line and not line.startswith("# ") and line != "#"]


def _without(name: str, lists: Mapping[str, tuple[str, ...]], others: Any) -> tuple[str, ...]:
    unknown = [other for other in others if other not in lists]
    if unknown:
        raise ModelError(f"list {name!r}: except names the unknown list {unknown[0]!r}")
    dropped = {entry.lower() for other in others for entry in lists[other]}
    return tuple(entry for entry in lists[name] if entry.lower() not in dropped)


def _phases(data: Any) -> tuple[Phase, ...]:
    phases = tuple(_phase(number, each) for number, each in enumerate(data, start=1))
    names = [rule.name for phase in phases for rule in phase.rules]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ModelError(f"two rules are called {doubled[0]!r}; a rule's name says which rule made a span")
    return phases


def _phase(number: int, data: Mapping[str, Any]) -> Phase:
    name = str(data.get("name", f"phase {number}"))
    _check_keys(f"phase {name!r}", data, {"name", "lookup", "as", "inside", "rules"})
    if ("lookup" in data) == ("rules" in data):
        raise ModelError(f"phase {name!r} needs either lookup or rules")
    rules = tuple(_rule(f"phase {name!r}, rule {i}", rule) for i, rule in enumerate(data.get("rules", ()), start=1))
    return Phase(name, data.get("lookup"), data.get("as"), data.get("inside"), rules)


def _rule(where: str, data: Mapping[str, Any]) -> Rule:
    parts = ("after", "not_after", "before", "not_before")
    _check_keys(where, data, {"name", "match", "as", "examples", *parts})
    for part in ("name", "match"):
        if not isinstance(data.get(part), str):
            raise ModelError(f"{where} needs {part!r}")
    settings = {part: data[part] for part in parts if part in data}
    return Rule(data["name"], data["match"], tag=data.get("as"), examples=tuple(data.get("examples", ())), **settings)
