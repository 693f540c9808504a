"""A linear model of whole texts in a model folder: each feature adds something to each category.

The features are those of `text_features`, weighed by how often they stand in the text and how rare
they are elsewhere, scaled to one length. docs/training.md describes folder and graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from textwright.errors import ModelError, SchemaError
from textwright.predictors.folder import GRAPH, checked_file, open_session, read_config
from textwright.predictors.opinions import Floats, Opinion, Reader
from textwright.predictors.text_features import EncodedText, Rows, TextFeatures, encode_text
from textwright.schema import Schema
from textwright.types import Annotation, Answer, Scores, Span

KIND, VERSION = "linear", 1


@dataclass(frozen=True, slots=True)
class LinearPredictor:
    """A model that adds up what the words say, in no order; `evidence` shows the sentences that decided.

    It holds nothing that changes; several threads may use it.
    """

    name: str
    reader: Reader
    features: TextFeatures
    session: Any
    graph: bytes
    config: Mapping[str, Any]

    @property
    def schema(self) -> Schema:
        """Return the tasks with their labels."""
        return self.reader.schema

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return what stands in the folder beside the configuration."""
        return {GRAPH: self.graph}

    @property
    def size_bytes(self) -> int:
        """Return the size of the graph, nearly all of the model."""
        return len(self.graph)

    @staticmethod
    def open(folder: str | Path, *, threads: int = 1) -> LinearPredictor:
        """Open a model folder. Raise `ModelError` when it is damaged or not of this version."""
        folder = Path(folder)
        config = read_config(folder, KIND, VERSION)
        graph = checked_file(folder, GRAPH, config)
        try:
            return from_graph(graph, config, threads=threads)
        except (KeyError, TypeError, SchemaError) as error:
            raise ModelError(f"{folder / 'config.json'}: {type(error).__name__}: {error}") from error

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text; `[]` gives `[]`."""
        return [self.reader.annotation(opinion) for opinion in self._opinions(texts)]

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        """Annotate each text and note the sentences that decided."""
        opinions = self._opinions(texts)
        return [self.reader.answer(text, opinion) for text, opinion in zip(texts, opinions, strict=True)]

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give every category with its probability, for each text."""
        return [self.reader.scores(opinion) for opinion in self._opinions(texts)]

    def evidence(self, texts: Sequence[str]) -> list[list[Span]]:
        """Give the sentences that decided, for each text: spans with the category's label, scored by what they add."""
        opinions = self._opinions(texts)
        return [self.reader.evidence(text, opinion) for text, opinion in zip(texts, opinions, strict=True)]

    def opinion(self, words: EncodedText) -> Opinion:
        """Ask the model of one text, and share out what a feature adds among the words that have it."""
        found, which, counts = counted(words.rows)
        bias, added = self.session.run(["bias", "added"], {"rows": found, "counts": counts})
        each: Floats = np.zeros((*words.rows.shape, len(bias)), dtype=np.float32)
        each[words.rows > 0] = (added / counts[:, None])[which]
        return Opinion(words, bias, each.sum(axis=1))

    def _opinions(self, texts: Sequence[str]) -> Iterator[Opinion]:
        return (self.opinion(encode_text(text, self.features)) for text in texts)


def counted(rows: Rows) -> tuple[Rows, Rows, Floats]:
    """Give the features of a text, where each one that stands there is among them, and how often it does."""
    found, which, counts = np.unique(rows[rows > 0], return_inverse=True, return_counts=True)
    return found.astype(np.int32), which.astype(np.int32), counts.astype(np.float32)


def from_graph(graph: bytes, config: Mapping[str, Any], *, threads: int = 1) -> LinearPredictor:
    """Make a predictor of a graph and its configuration, without any file."""
    return LinearPredictor(
        name=str(config.get("name", "")),
        reader=Reader.of(config),
        features=TextFeatures.from_data(config["features"]),
        session=open_session(graph, threads=threads),
        graph=graph,
        config=config,
    )
