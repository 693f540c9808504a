"""A fine-tuned encoder in a model folder, run by onnxruntime; docs/training.md describes folder and graph.

One that reads spans scores every span of words, one that reads whole texts every category.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.decode import UNIT, chosen_categories, nesting_of
from textwright.predictor import InOneLine, refuse_one_text
from textwright.predictors.features import LONGEST, Encoded, Features, encode
from textwright.predictors.folder import GRAPH, checked_file, damaged, read_config
from textwright.predictors.graph import expected, open_session
from textwright.predictors.opinions import topics_of
from textwright.predictors.tokens import Frame, Tokeniser, WordPieces
from textwright.predictors.windows import Scored, Window, annotations_of, part_batches, scores_of
from textwright.schema import Schema
from textwright.types import NOTHING, Annotation, Category, Scores

KIND, VERSION = "transformer", 1
TOKENISER = "tokenizer.json"
# Pieces that an encoder sees at once, so that memory stays small however many texts are asked.
PIECES_AT_ONCE = 2048

Arrays = Mapping[str, NDArray[Any]]
Floats = NDArray[np.float64]
# What computes scores: a graph in onnxruntime, or the network that is being taught.
Run = Callable[[Arrays], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, repr=False)
class TransformerPredictor(InOneLine):
    """A fine-tuned encoder for spans or for categories of whole texts.

    It holds nothing that changes; several threads may use it.
    """

    name: str
    schema: Schema
    tokeniser: Tokeniser
    run: Run
    graph: bytes
    config: Mapping[str, Any]

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return what stands in the folder beside the configuration."""
        return {GRAPH: self.graph, TOKENISER: self.tokeniser.content}

    @property
    def size_bytes(self) -> int:
        """Return the size of what a runtime loads: the graph and the tokeniser."""
        return sum(map(len, self.files.values()))

    @staticmethod
    def open(folder: str | Path, *, threads: int = 1) -> TransformerPredictor:
        """Open a model folder. Raise `ModelError` when it is damaged or not of this version."""
        folder = Path(folder)
        config = read_config(folder, KIND, VERSION)
        graph, tokeniser = checked_file(folder, GRAPH, config), checked_file(folder, TOKENISER, config)
        with damaged(folder):
            return from_files(graph, tokeniser, config, threads=threads)

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text; `[]` gives `[]`."""
        if self.schema.labels:
            return annotations_of(self._spans(texts), len(texts), nesting_of(self.schema))
        thresholds = self.config.get("thresholds", NOTHING)
        return [
            Annotation(categories=chosen_categories(probabilities(each, self.schema), self.schema, thresholds))
            for each in self.logits(texts)
        ]

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Give the spans that are not unlikely, or all categories, with their probabilities, for each text."""
        heats = self.config.get("temperature", NOTHING)
        if not self.schema.labels:
            return [Scores(categories=probabilities(each, self.schema, heats)) for each in self.logits(texts)]
        heat = float(heats.get("spans", 1.0))
        scored = ((parts, (scores / heat).astype(np.float32)) for parts, scores in self._spans(texts))
        return scores_of(scored, len(texts), nesting_of(self.schema))

    def _spans(self, texts: Sequence[str]) -> Scored:
        """Score the spans of texts, those with equally many words together."""
        refuse_one_text(texts)
        features, window = Features.from_data(self.config["features"]), Window.from_data(self.config["window"])
        for parts in part_batches((encode(text, features) for text in texts), window):
            pieces = [word_pieces(texts[part.text], part.words, self.tokeniser) for part in parts]
            rows = np.array([part.words.rows for part in parts], dtype=np.int32)
            scores = self.run({"rows": rows, **placed_pieces(pieces, self.tokeniser.frame.pad)})
            words = rows.shape[1]
            yield parts, expected(scores, (len(parts), len(self.schema.labels), words, words))

    def logits(self, texts: Sequence[str]) -> Floats:
        """Score each category of each text, [texts, topics]: the mean of a text's windows."""
        refuse_one_text(texts)
        windows = [(place, window) for place, text in enumerate(texts) for window in self.tokeniser.windows(text)]
        total, count = np.zeros((len(texts), topics_of(self.schema))), np.zeros((len(texts), 1))
        for batch in _equally_long(windows):
            ids = np.array([window for _, window in batch], dtype=np.int32)
            scores = self.run({"ids": ids, "mask": np.ones_like(ids)})
            scores = expected(scores, (len(batch), topics_of(self.schema))).astype(np.float64)
            for (place, _), each in zip(batch, scores, strict=True):
                total[place] += each
                count[place] += 1
        return np.floor(total / np.maximum(count, 1) * UNIT + 0.5) / UNIT


def from_files(graph: bytes, tokeniser: bytes, config: Mapping[str, Any], *, threads: int = 1) -> TransformerPredictor:
    """Make a predictor of a graph, a tokeniser and a configuration, without any file."""
    session, schema = open_session(graph, threads=threads), Schema.from_data(config["schema"])
    if schema.labels:
        Features.from_data(config["features"]), Window.from_data(config["window"])
    return TransformerPredictor(
        name=str(config.get("name", "")),
        schema=schema,
        tokeniser=Tokeniser.from_json(tokeniser, Frame.from_data(config["tokens"])),
        run=lambda inputs: session.run(None, dict(inputs))[0],
        graph=graph,
        config=config,
    )


# --- categories of whole texts --------------------------------------------------------------


Placed = tuple[int, tuple[int, ...]]


def _equally_long(windows: Iterable[Placed]) -> Iterator[list[Placed]]:
    """Yield windows with equally many pieces together, so that none is filled up."""
    by_length: Mapping[int, list[Placed]] = defaultdict(list)
    for placed in windows:
        by_length[len(placed[1])].append(placed)
    for length, placed_windows in by_length.items():
        size = max(1, PIECES_AT_ONCE // length)
        for begin in range(0, len(placed_windows), size):
            yield placed_windows[begin : begin + size]


def probabilities(scores: Floats, schema: Schema, heats: Mapping[str, float] = NOTHING) -> tuple[Category, ...]:
    """Turn the scores of a text into the probability of each category.

    Labels of a task with several are asked one by one, of any other they share one. A heat, by task,
    divides the scores.
    """
    found, begin = list[Category](), 0
    for task in schema.tasks:
        own = scores[begin : begin + len(task.labels)] / float(heats.get(task.name, 1.0))
        chances = _one_by_one(own) if task.multiple else _shared(own)
        found += [Category(task.name, label.name, float(p)) for label, p in zip(task.labels, chances, strict=True)]
        begin += len(task.labels)
    return tuple(found)


def _one_by_one(scores: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-np.clip(scores, -60, 60)))
    return chances


def _shared(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max())
    shares: Floats = raised / raised.sum()
    return shares


# --- spans ----------------------------------------------------------------------------------


def word_pieces(text: str, words: Encoded, tokeniser: Tokeniser) -> WordPieces:
    """Cut a text's words into pieces, by what stands in the text; the beginning of a long word says enough."""
    surfaces = [text[start : min(end, start + LONGEST)] for start, end in zip(words.starts, words.ends, strict=True)]
    return tokeniser.words(surfaces)


def placed_pieces(texts: Sequence[WordPieces], pad: int) -> dict[str, NDArray[np.int32]]:
    """Stack the windows of all texts, filled up to the longest, and number their pieces from 0.

    `firsts` and `lasts`, [texts, words], are the numbers of the pieces with which each word begins and ends.
    """
    windows = [window for text in texts for window in text.windows]
    longest = max(map(len, windows))
    ids = np.full((len(windows), longest), pad, dtype=np.int32)
    mask = np.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window)], mask[row, : len(window)] = window, 1
    offsets = accumulate((len(text.windows) * longest for text in texts), initial=0)
    firsts, lasts = list[list[int]](), list[list[int]]()
    for text, offset in zip(texts, offsets, strict=False):
        firsts.append([offset + window * longest + place for window, place in text.firsts])
        lasts.append([offset + window * longest + place for window, place in text.lasts])
    return {"ids": ids, "mask": mask, "firsts": np.array(firsts, np.int32), "lasts": np.array(lasts, np.int32)}
