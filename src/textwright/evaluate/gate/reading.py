"""Read a gate's file. The shape is `gate.schema.json`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.evaluate.gate.rules import (
    ENDS,
    LIMITS,
    RUNTIMES,
    SLICED,
    Budget,
    Measure,
    NotWorse,
    Rule,
    Rules,
    Threshold,
)
from textwright.trust import parsed_json, parsed_toml

HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(threshold|not_worse|budget)[ \t]*\]\]", re.MULTILINE)
LARGEST = 1e300  # TOML knows whole numbers that no float holds
FIGURES = "whole_text, exact:LABEL, category:TASK, spans.micro.f1, spans.LABEL.recall, categories.TASK.macro_f1"
KEYS = {
    "threshold": ("model", "measure", "at_least", "by"),
    "not_worse": ("model", "than", "baseline", "measure", "margin"),
    "budget": ("model", "runtime", *LIMITS),
}


def read_gate(path: Path) -> Rules:
    """Read a gate of TOML or JSON. Raise `DataError` that names the file, the rule and what would have worked."""
    try:
        raw = path.read_bytes().decode("utf-8-sig")
        data = parsed_json(raw) if path.suffix == ".json" else parsed_toml(raw)
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: is no {'JSON' if path.suffix == '.json' else 'TOML'}: {error}") from error
    return gate_of(data, path, lines=_lines(raw) if path.suffix != ".json" else {})


def gate_of(data: Any, path: Path, *, lines: Mapping[tuple[str, int], int] | None = None) -> Rules:
    """Check decoded TOML or JSON. `path` is the file: baselines are looked for beside it; `lines` where rules stand."""
    tables = _known(str(path), data, [*KEYS, "$schema"])
    rules = list(_rules(tables, path, lines or {}))
    if not rules:
        raise DataError(f"{path}: found no rule, expected [[threshold]], [[not_worse]] or [[budget]]")
    return Rules(path, tuple(sorted(rules, key=lambda rule: rule.line or 0)))


def _lines(raw: str) -> dict[tuple[str, int], int]:
    """Find the line of each rule: the n-th `[[threshold]]` is the n-th threshold."""
    found: dict[str, int] = {}
    lines: dict[tuple[str, int], int] = {}
    for match in HEADER.finditer(raw):
        found[match[1]] = number = found.get(match[1], 0) + 1
        lines[match[1], number] = raw.count("\n", 0, match.start()) + 1
    return lines


def _rules(tables: Mapping[str, Any], path: Path, lines: Mapping[tuple[str, int], int]) -> Iterator[Rule]:
    make: dict[str, Callable[[str, Mapping[str, Any], int | None], Rule]] = {
        "threshold": _threshold,
        "not_worse": partial(_not_worse, path),
        "budget": _budget,
    }
    for kind in KEYS:
        bodies = tables.get(kind, [])
        if not isinstance(bodies, list):
            raise DataError(f"{path}: {kind} is {_kind(bodies)}, expected a list of tables: [[{kind}]]")
        for number, body in enumerate(bodies, start=1):
            line = lines.get((kind, number))
            where = f"{path}:{line}: {kind}" if line else f"{path}: {kind} {number}"
            yield make[kind](where, _known(where, body, KEYS[kind]), line)


def _threshold(where: str, body: Mapping[str, Any], line: int | None) -> Threshold:
    by = body.get("by", "value")
    if by not in ENDS:
        raise DataError(f"{where}: by is {by!r}, expected one of: {', '.join(ENDS)}")
    at_least = _number(where, body, "at_least")
    if not 0 < at_least <= 1:
        raise DataError(f"{where}: at_least is {at_least:g}, expected a share between 0 and 1, such as 0.9")
    return Threshold(_measure(where, body), at_least, by, _text(where, body, "model"), line)


def _not_worse(path: Path, where: str, body: Mapping[str, Any], line: int | None) -> NotWorse:
    measure, margin = _measure(where, body), _number(where, body, "margin")
    model, than, baseline = (_text(where, body, key) for key in ("model", "than", "baseline"))
    if not 0 < margin < 1:
        raise DataError(f"{where}: margin is {margin:g}, expected a share between 0 and 1, such as 0.02 for two points")
    if not measure.counts_texts:
        raise DataError(
            f"{where}: {measure.figure} cannot be compared text by text; a margin wants exact:LABEL, whole_text or "
            "category:TASK"
        )
    if than is None and baseline is None:
        raise DataError(
            f'{where}: names nothing to compare with, expected than = "a model" or baseline = "report.json"'
        )
    if baseline is None and than == model:
        raise DataError(f"{where}: compares {model} with itself")
    return NotWorse(measure, margin, than, path.parent / baseline if baseline else None, model, line)


def _budget(where: str, body: Mapping[str, Any], line: int | None) -> Budget:
    limits = {key: _number(where, body, key) for key in LIMITS if key in body}
    if not limits:
        raise DataError(f"{where}: limits nothing, expected one of: {', '.join(LIMITS)}")
    below = next((key for key, limit in limits.items() if limit < 0), None)
    if below:
        raise DataError(f"{where}: {below} is {limits[below]:g}, expected 0 or more")
    runtime = body.get("runtime", "python")
    if runtime not in RUNTIMES:
        raise DataError(f"{where}: runtime is {runtime!r}, expected one of: {', '.join(RUNTIMES)}")
    return Budget(limits, runtime, _text(where, body, "model"), line)


def _measure(where: str, body: Mapping[str, Any]) -> Measure:
    said = _text(where, body, "measure")
    if said is None:
        raise DataError(f"{where}: measure is missing, expected one of: {FIGURES}")
    found = SLICED.fullmatch(said)
    if not found:
        near = _guess(said, FIGURES.split(", "))
        raise DataError(
            f"{where}: the measure {said!r} is unknown.{near} Known: {FIGURES}; with @key=value for a slice"
        )
    return Measure(found["figure"], found["key"], found["value"])


def _known(where: str, body: Any, keys: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(body, Mapping):
        raise DataError(f"{where}: found {_kind(body)}, expected a table")
    known = list(keys)
    for key in body:
        if key not in known:
            raise DataError(f"{where}: the key {key!r} is unknown.{_guess(key, known)} Known keys: {', '.join(known)}")
    return body


def _number(where: str, body: Mapping[str, Any], key: str) -> float:
    if key not in body:
        raise DataError(f"{where}: {key} is missing, expected a number")
    value = body[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST:
        raise DataError(f"{where}: {key} is {value!r}, expected a number")
    return float(value)


def _text(where: str, body: Mapping[str, Any], key: str) -> str | None:
    value = body.get(key)
    if key in body and (not isinstance(value, str) or not value):
        raise DataError(f"{where}: {key} is {value!r}, expected a name in quotes")
    return value


def _kind(value: Any) -> str:
    names = {dict: "a table", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _guess(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean {near[0]}?" if near else ""
