"""Read a model folder: its configuration, its files by their SHA-256, its graph in onnxruntime."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import onnxruntime  # type: ignore[import-untyped]  # it ships no types

from textwright.errors import ModelError, SchemaError
from textwright.trust import parsed_json

GRAPH = "onnx/model.onnx"
Model = TypeVar("Model")


def open_session(graph: bytes, *, threads: int = 1) -> Any:
    """Open a graph in onnxruntime. Raise `ModelError` when it cannot be read."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # What a long text needs is given back after it, instead of being kept for the next.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"onnxruntime cannot read the graph: {error}") from error


def read_config(folder: Path, kind: str, version: int) -> dict[str, Any]:
    """Read the `config.json` of a model folder. Raise `ModelError` unless it is of that kind and version."""
    path = folder / "config.json"
    try:
        config = parsed_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{folder} is no model folder: it has no config.json") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: {error}") from error
    if not isinstance(config, dict) or config.get("kind") != kind:
        found = config.get("kind") if isinstance(config, dict) else type(config).__name__
        raise ModelError(f"{path}: kind is {found!r}, expected {kind!r}")
    if config.get("version") != version:
        raise ModelError(f"{path}: version {config.get('version')!r}, this textwright reads version {version}")
    temperature_of(config)
    for layer in config.get("temperature", {}):
        temperature_of(config, layer)
    return config


def temperature_of(config: Mapping[str, Any], layer: str = "spans") -> float:
    """Read what a layer's scores are divided by before they become probabilities.

    Raise `ModelError` unless it is a number above 0.
    """
    named = config.get("temperature", {})
    found = named.get(layer, 1.0) if isinstance(named, Mapping) else None
    if not isinstance(found, int | float) or not 0 < found < math.inf:
        raise ModelError(f"config.json: the temperature of {layer} is {found!r}, expected a number above 0")
    return float(found)


def checked_file(folder: Path, name: str, config: Mapping[str, Any]) -> bytes:
    """Read a file of a model folder. Raise `ModelError` unless its SHA-256 is the one in the configuration."""
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror or error}") from error
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
    try:
        return make(graph, config)
    except (KeyError, TypeError, SchemaError) as error:
        raise ModelError(f"{folder / 'config.json'}: {type(error).__name__}: {error}") from error
