"""A network in a model folder, run by onnxruntime. docs/training.md describes folder and graph."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no types

from textwright.decode import Nesting, nesting_of
from textwright.errors import ModelError, SchemaError
from textwright.predictors.features import Features, encode
from textwright.predictors.windows import Scored, Window, annotations_of, part_batches, scores_of
from textwright.schema import Schema
from textwright.types import Annotation, Scores

KIND, VERSION, GRAPH = "network", 1, "onnx/model.onnx"


@dataclass(frozen=True, slots=True)
class OnnxPredictor:
    """A network that scores every span of words; `predict` chooses the best set of them.

    It holds nothing that changes; several threads may use it.
    """

    name: str
    schema: Schema
    features: Features
    window: Window
    nesting: Nesting
    session: Any
    graph: bytes
    config: Mapping[str, Any]

    @property
    def size_bytes(self) -> int:
        """Return the size of the graph, nearly all of the model."""
        return len(self.graph)

    @staticmethod
    def open(folder: str | Path, *, threads: int = 1) -> OnnxPredictor:
        """Open a model folder. Raise `ModelError` when it is damaged or not of this version."""
        folder = Path(folder)
        config = read_config(folder)
        graph = checked_file(folder, GRAPH, config)
        try:
            return from_graph(graph, config, threads=threads)
        except (KeyError, TypeError, SchemaError) as error:
            raise ModelError(f"{folder / 'config.json'}: {type(error).__name__}: {error}") from error

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text; `[]` gives `[]`."""
        return annotations_of(self._scored(texts), len(texts), self.nesting)

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give the spans that are not unlikely with their probabilities, for each text."""
        return scores_of(self._scored(texts), len(texts), self.nesting)

    def _scored(self, texts: Sequence[str]) -> Scored:
        for parts in part_batches((encode(text, self.features) for text in texts), self.window):
            rows = np.array([part.words.rows for part in parts], dtype=np.int32)
            yield parts, self.session.run(None, {"rows": rows})[0]


def from_graph(graph: bytes, config: Mapping[str, Any], *, threads: int = 1) -> OnnxPredictor:
    """Make a predictor of a graph and its configuration, without any file."""
    schema = Schema.from_data(config["schema"])
    return OnnxPredictor(
        name=str(config.get("name", "")),
        schema=schema,
        features=Features.from_data(config["features"]),
        window=Window(**config["window"]),
        nesting=nesting_of(schema),
        session=_session(graph, threads),
        graph=graph,
        config=config,
    )


def _session(graph: bytes, threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"onnxruntime cannot read the graph: {error}") from error


def read_config(folder: Path) -> dict[str, Any]:
    """Read the `config.json` of a network's folder. Raise `ModelError` that says what is wrong with it."""
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{folder} is no model folder: it has no config.json") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: {error}") from error
    if not isinstance(config, dict) or config.get("kind") != KIND:
        kind = config.get("kind") if isinstance(config, dict) else type(config).__name__
        raise ModelError(f"{path}: kind is {kind!r}, expected {KIND!r}")
    if config.get("version") != VERSION:
        raise ModelError(f"{path}: version {config.get('version')!r}, this textwright reads version {VERSION}")
    return config


def checked_file(folder: Path, name: str, config: Mapping[str, Any]) -> bytes:
    """Read a file of a model folder. Raise `ModelError` unless its SHA-256 is the one in the configuration."""
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror or error}") from error
    found, expected = hashlib.sha256(content).hexdigest(), config.get("files", {}).get(name)
    if found != expected:
        raise ModelError(f"{path} is damaged or was replaced: SHA-256 {found}, config.json says {expected}")
    return content
