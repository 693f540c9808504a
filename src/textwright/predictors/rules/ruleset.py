"""Read the files of a rule set into plain values. Nothing is compiled here. See docs/rules.md."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textwright.errors import DataError, ModelError
from textwright.predictors.rules.faults import Report, at, raise_fault, within
from textwright.trust import inside, parsed_toml, read_bytes
from textwright.wrangle.words import match_form

LANGUAGE = 1
CONTEXTS = ("after", "not_after", "before", "not_before")
KINDS_OF_VALUE = {dict: "a table", list: "a list", str: "text", bool: "true or false", int: "a number"}


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
    """A whole rule set as written; `lists` holds the entries of each list, `shapes` what each may look like."""

    lists: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, str]
    phases: tuple[Phase, ...]
    examples: tuple[str, ...] = ()
    shapes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_rule_set(path: Path, *, report: Report = raise_fault) -> RuleSet:
    """Read `rules.toml` and the lists that it names.

    Each fault goes to `report`, which raises `ModelError`, with the file and the list, phase or rule.
    A file that cannot be read as TOML at all is raised in any case.
    """
    try:
        data = parsed_toml(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ModelError(f"{path}: {error}") from error
    return _rule_set(data, path.parent, lambda message: report(f"{path}: {message}"))


def read_text(path: Path) -> str:
    """Read a UTF-8 file, with or without a byte order mark. Raise `ModelError` naming file and line."""
    try:
        raw = read_bytes(path)
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except DataError as error:
        raise ModelError(str(error)) from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ModelError(f"{path}, line {line}: not UTF-8. Save the file as UTF-8") from error


def _rule_set(data: Mapping[str, Any], folder: Path, report: Report) -> RuleSet:
    with at("the rule set", report):
        if data.get("language") != LANGUAGE or data["language"] is True:
            raise ModelError(f"language = {data.get('language')!r}, this version reads language = {LANGUAGE}")
        _check_keys(data, {"language", "lists", "classes", "shapes", "phases", "examples"})
    lists, classes, phases, examples = dict[str, tuple[str, ...]](), dict[str, str](), list[Phase](), tuple[str, ...]()
    shapes: dict[str, tuple[str, ...]] = {}
    with at("lists", report):
        lists = _lists(_table(data.get("lists", {})), folder, report)
    with at("classes", report):
        classes = _classes(_table(data.get("classes", {})), report)
    with at("shapes", report):
        shapes = _shapes(_table(data.get("shapes", {})), report)
    with at("phases", report):
        phases = _phases(_array(data.get("phases", [])), report)
    with at("examples", report):
        examples = _texts(data.get("examples", []))
    return RuleSet(lists, classes, tuple(phases), examples, shapes)


# --- lists and classes ---


def _lists(data: Mapping[str, Any], folder: Path, report: Report) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for name, value in data.items():
        lists[name] = ()
        with at(f"list {name!r}", report):
            lists[name] = tuple(_entries(value, folder))
    for name, value in data.items():
        if isinstance(value, dict) and "except" in value:
            with at(f"list {name!r}, except", report):
                lists[name] = _without(lists[name], _texts(value["except"]), lists)
    return lists


def _entries(value: Any, folder: Path) -> list[str]:
    if isinstance(value, str):
        return read_entries(folder, value)
    if isinstance(value, list):
        return list(_texts(value))
    if not isinstance(value, dict):
        raise ModelError(f"found {_kind(value)}, expected entries, a file's name or a table")
    _check_keys(value, {"file", "entries", "except"})
    from_file = read_entries(folder, _text(value["file"])) if "file" in value else []
    return from_file + list(_texts(value.get("entries", [])))


def read_entries(folder: Path, name: str) -> list[str]:
    """Read a list's file: an entry a line, without comments and empty lines."""
    try:
        path = inside(folder, name, where=name)
    except (DataError, ValueError) as error:
        raise ModelError(f"{name}: outside the folder of the rule set; a rule set is one folder") from error
    lines = [line.strip() for line in read_text(path).split("\n")]
    return [line for line in lines if line and not line.startswith("# ") and line != "#"]


def _without(
    entries: tuple[str, ...], others: tuple[str, ...], lists: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    unknown = [other for other in others if other not in lists]
    if unknown:
        raise ModelError(f"unknown list {unknown[0]!r}. Known lists: {', '.join(sorted(lists))}")
    dropped = {match_form(entry) for other in others for entry in lists[other]}
    return tuple(entry for entry in entries if match_form(entry) not in dropped)


def _classes(data: Mapping[str, Any], report: Report) -> dict[str, str]:
    classes: dict[str, str] = {}
    for name, kinds in data.items():
        with at(f"class {name!r}", report):
            classes[name] = _text(kinds)
    return classes


def _shapes(data: Mapping[str, Any], report: Report) -> dict[str, tuple[str, ...]]:
    """Read what each shape may look like: a text, or a list of texts."""
    shapes: dict[str, tuple[str, ...]] = {}
    for name, value in data.items():
        with at(f"shape {name!r}", report):
            shapes[name] = (value,) if isinstance(value, str) else _texts(value)
            if not shapes[name]:
                raise ModelError("an empty list is no shape; write one such as 'XX-ddd'")
    return shapes


# --- phases ---


def _phases(data: Sequence[Any], report: Report) -> list[Phase]:
    phases: list[Phase] = []
    for number, each in enumerate(data, start=1):
        place = f"phase {_name(each, number)}"
        with at(place, report):
            phases.append(_phase(f"phase {number}", _table(each), within(place, report)))
    names = [rule.name for phase in phases for rule in phase.rules]
    for name in sorted({name for name in names if names.count(name) > 1}):
        report(f"two rules are called {name!r}; a rule's name says which rule made a span")
    return phases


def _name(data: Any, number: int) -> str:
    """Name a phase or rule for a person, by its number when it has no name."""
    return repr(data["name"]) if isinstance(data, dict) and "name" in data else str(number)


def _phase(name: str, data: Mapping[str, Any], report: Report) -> Phase:
    _check_keys(data, {"name", "lookup", "as", "inside", "rules"})
    if ("lookup" in data) == ("rules" in data):
        raise ModelError("needs either lookup or rules")
    if "rules" in data and "as" in data:
        raise ModelError("as belongs to a lookup or to a rule, not to a phase with rules")
    if "lookup" in data and "inside" in data:
        raise ModelError("inside goes with rules, not with lookup")
    rules: list[Rule] = []
    for number, each in enumerate(_array(data.get("rules", [])), start=1):
        with at(f"rule {_name(each, number)}", report):
            rules.append(_rule(_table(each), inside="inside" in data))
    texts = _settings(data, {"lookup": "lookup", "as": "tag", "inside": "inside"})
    return Phase(_text(data.get("name", name)), rules=tuple(rules), **texts)


def _rule(data: Mapping[str, Any], *, inside: bool) -> Rule:
    _check_keys(data, {"name", "match", "as", "examples", *CONTEXTS})
    for part in ("name", "match"):
        if not isinstance(data.get(part), str):
            raise ModelError(f"needs {part} = a text")
    if inside and "as" in data:
        raise ModelError("as has no use in a phase with inside, which makes no words")
    texts = _settings(
        data, {"name": "name", "match": "match", "as": "tag"} | dict(zip(CONTEXTS, CONTEXTS, strict=True))
    )
    return Rule(examples=_texts(data.get("examples", [])), **texts)


# --- decoded values ---


def _settings(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """Take the texts called by the keys of `names`, under their own names in our values."""
    settings: dict[str, str] = {}
    for key, name in names.items():
        if key in data and not isinstance(data[key], str):
            raise ModelError(f"{key} is {_kind(data[key])}, expected a text")
        if key in data:
            settings[name] = data[key]
    return settings


def _check_keys(data: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise ModelError(f"unknown key {unknown[0]!r}. Known keys: {', '.join(sorted(known))}")


def _kind(value: Any) -> str:
    return KINDS_OF_VALUE.get(type(value), type(value).__name__)


def _table(value: Any) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    raise ModelError(f"found {_kind(value)}, expected a table")


def _array(value: Any) -> Sequence[Any]:
    if isinstance(value, list):
        return value
    raise ModelError(f"found {_kind(value)}, expected a list")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ModelError(f"found {_kind(value)}, expected a text")


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(each) for each in _array(value))
