"""A linear model of whole texts in a model folder: each feature adds something to each category.

The features are those of `text_features`, weighed by how often they stand in the text and how rare
they are elsewhere, scaled to one length. docs/whole-texts.md describes folder and graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from textwright.predictor import refuse_one_text
from textwright.predictors.folder import opened
from textwright.predictors.graph import expected, open_session
from textwright.predictors.opinions import Floats, Opinion, OpinionPredictor, Reader, topics_of
from textwright.predictors.text_features import EncodedText, Rows, TextFeatures, encode_text

KIND, VERSION = "linear", 1


@dataclass(frozen=True, slots=True, repr=False)
class LinearPredictor(OpinionPredictor):
    """A model that adds up what the words say, in no order."""

    @staticmethod
    def open(folder: str | Path, *, threads: int = 1) -> LinearPredictor:
        """Open a model folder. Raise `ModelError` when it is damaged or not of this version."""
        return opened(folder, KIND, VERSION, partial(from_graph, threads=threads))

    def opinion(self, words: EncodedText) -> Opinion:
        """Ask the model of one text, and share out what a feature adds among the words that have it."""
        found, which, counts = counted(words.rows)
        bias, added = self.session.run(["bias", "added"], {"rows": found, "counts": counts})
        expected(bias, (topics_of(self.schema),)), expected(added, (len(found), topics_of(self.schema)))
        each: Floats = np.zeros((*words.rows.shape, len(bias)), dtype=np.float32)
        each[words.rows > 0] = (added / counts[:, None])[which]
        return Opinion(words, bias, each.sum(axis=1))

    def opinions(self, texts: Sequence[str]) -> Iterator[Opinion]:
        """Say of each text what its words add."""
        refuse_one_text(texts)
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
