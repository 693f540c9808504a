"""Read a model folder: its configuration, its files by their SHA-256."""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeGuard, TypeVar, cast

from textwright.errors import DataError, ModelError, SchemaError
from textwright.trust import inside, read_json

GRAPH = "onnx/model.onnx"
Model = TypeVar("Model")


def read_config(folder: Path, kind: str, version: int) -> dict[str, Any]:
    """Read the `config.json` of a model folder. Raise `ModelError` unless it is of that kind and version."""
    path = folder / "config.json"
    if not path.exists():
        raise ModelError(f"{folder} is no model folder: it has no config.json")
    try:
        config = read_json(inside(folder, path.name, where=str(folder)))
    except DataError as error:
        raise ModelError(str(error)) from error
    if not isinstance(config, dict) or config.get("kind") != kind:
        found = config.get("kind") if isinstance(config, dict) else type(config).__name__
        raise ModelError(f"{path}: kind is {found!r}, expected {kind!r}")
    if config.get("version") != version:
        raise ModelError(f"{path}: version {config.get('version')!r}, this textwright reads version {version}")
    try:
        temperature_of(config)
        for layer in config.get("temperature", {}):
            temperature_of(config, layer)
        thresholds_of(config)
    except ModelError as error:
        raise ModelError(f"{folder}/{error}") from error
    return config


def thresholds_of(config: Mapping[str, Any]) -> Mapping[str, Mapping[str, float]]:
    """Read the least probability of each label that is answered, by task. Raise `ModelError` at what is no number."""
    given = config.get("thresholds", {})
    tasks = given.values() if isinstance(given, Mapping) else (None,)
    if not all(isinstance(task, Mapping) and all(map(_is_number, task.values())) for task in tasks):
        raise ModelError("config.json: thresholds are numbers for labels, in an object for each task")
    return cast(Mapping[str, Mapping[str, float]], given)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def whole_number(data: Mapping[str, Any], key: str, *, least: int, most: int) -> int:
    """Return a setting. Raise `ModelError` unless it is a whole number from `least` to `most`."""
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ModelError(f"config.json: {key} is {value!r:.60}, expected a whole number from {least:,} to {most:,}")
    return value


def temperature_of(config: Mapping[str, Any], layer: str = "spans") -> float:
    """Read what a layer's scores are divided by before they become probabilities.

    Raise `ModelError` unless it is a number above 0.
    """
    named = config.get("temperature", {})
    found = named.get(layer, 1.0) if isinstance(named, Mapping) else None
    if not _is_number(found) or not 0 < found <= sys.float_info.max:
        raise ModelError(f"config.json: the temperature of {layer} is {found!r:.60}, expected a number above 0")
    return float(found)


def checked_file(folder: Path, name: str, config: Mapping[str, Any]) -> bytes:
    """Read a file of a model folder. Raise `ModelError` unless its SHA-256 is the one in the configuration."""
    try:
        path = inside(folder, name, where=str(folder / "config.json"))
        content = path.read_bytes()
    except DataError as error:
        raise ModelError(str(error)) from error
    except OSError as error:
        raise ModelError(f"{folder / name}: {error.strerror or error}") from error
    found, expected = hashlib.sha256(content).hexdigest(), stated_sum(config, name)
    if found != expected:
        raise ModelError(f"{path} is damaged or was replaced: SHA-256 {found}, config.json says {expected}")
    return content


def stated_sum(config: Mapping[str, Any], name: str) -> str | None:
    """Return the SHA-256 that a configuration states of a file, alone or beside its size."""
    files = config.get("files")
    stated = files.get(name) if isinstance(files, Mapping) else None
    return stated.get("sha256") if isinstance(stated, Mapping) else stated


def facts_of(content: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Give the size and SHA-256 of each file, as `config.json` states them under "files"."""
    return {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in sorted(content.items())
    }


def opened(folder: str | Path, kind: str, version: int, make: Callable[[bytes, Mapping[str, Any]], Model]) -> Model:
    """Make a model of the graph and the configuration in a folder. Raise `ModelError` when it is damaged."""
    folder = Path(folder)
    config = read_config(folder, kind, version)
    graph = checked_file(folder, GRAPH, config)
    with damaged(folder):
        return make(graph, config)


@contextmanager
def damaged(folder: Path) -> Iterator[None]:
    """Let what is missing or of another kind in a configuration be a `ModelError` that names its file."""
    try:
        yield
    except SchemaError as error:
        raise ModelError(f"{folder / 'config.json'}: {error}") from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ModelError(f"{folder / 'config.json'}: {type(error).__name__}: {error}") from error
