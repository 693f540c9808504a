"""A network in a model folder, run by onnxruntime. docs/training.md describes folder and graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.decode import Nesting, nesting_of
from textwright.predictor import InOneLine, refuse_one_text
from textwright.predictors.features import Features, encode
from textwright.predictors.folder import GRAPH, opened, temperature_of
from textwright.predictors.graph import expected, open_session
from textwright.predictors.windows import Part, Scored, Window, ahead, annotations_of, part_batches, scores_of
from textwright.schema import Schema
from textwright.types import Annotation, Scores

KIND, VERSION = "network", 1


@dataclass(frozen=True, slots=True, repr=False)
class OnnxPredictor(InOneLine):
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
    temperature: float = 1.0
    threads: int = 1

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return what stands in the folder beside the configuration."""
        return {GRAPH: self.graph}

    @property
    def size_bytes(self) -> int:
        """Return the size of the graph, nearly all of the model."""
        return len(self.graph)

    @staticmethod
    def open(folder: str | Path, *, threads: int = 1) -> OnnxPredictor:
        """Open a model folder. Raise `ModelError` when it is damaged or not of this version.

        With several `threads` the next texts are computed while the answers to others are put together.
        """
        return opened(folder, KIND, VERSION, partial(from_graph, threads=threads))

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text; `[]` gives `[]`."""
        return annotations_of(self._scored(texts), len(texts), self.nesting)

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give the spans that are not unlikely with their probabilities, for each text."""
        return scores_of(self._scored(texts), len(texts), self.nesting, temperature=self.temperature)

    def _scored(self, texts: Sequence[str]) -> Scored:
        refuse_one_text(texts)
        batches = part_batches((encode(text, self.features) for text in texts), self.window)
        return ahead(self._run, batches, self.threads)

    def _run(self, parts: Sequence[Part]) -> NDArray[np.float32]:
        rows = np.array([part.words.rows for part in parts], dtype=np.int32)
        scores: NDArray[np.float32] = self.session.run(None, {"rows": rows})[0]
        words = rows.shape[1]
        expected(scores, (len(rows), len(self.schema.labels), words, words))
        return scores


def from_graph(graph: bytes, config: Mapping[str, Any], *, threads: int = 1) -> OnnxPredictor:
    """Make a predictor of a graph and its configuration, without any file."""
    schema = Schema.from_data(config["schema"])
    return OnnxPredictor(
        name=str(config.get("name", "")),
        schema=schema,
        features=Features.from_data(config["features"]),
        window=Window.from_data(config["window"]),
        nesting=nesting_of(schema),
        session=open_session(graph),
        graph=graph,
        config=config,
        temperature=temperature_of(config),
        threads=threads,
    )
