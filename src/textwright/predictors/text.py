"""A network for whole texts in a model folder, run by onnxruntime. docs/whole-texts.md describes folder and graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from textwright.predictor import refuse_one_text
from textwright.predictors.folder import opened, whole_number
from textwright.predictors.graph import expected, open_session
from textwright.predictors.opinions import Floats, Opinion, OpinionPredictor, Reader, opinion_of, topics_of
from textwright.predictors.text_features import EncodedText, Rows, TextFeatures, encode_text

KIND, VERSION = "text_network", 1
# Words that are read at once: some 50,000 characters. A longer text is read in pieces of equal length.
MOST_WORDS, MOST_WINDOW = 8192, 1 << 20
# Texts that are cut into words together, and words that the network sees together: memory stays small.
TEXTS_AT_ONCE, WORDS_AT_ONCE = 512, 2048


@dataclass(frozen=True, slots=True, repr=False)
class TextPredictor(OpinionPredictor):
    """A network that gives each word's say for each category."""

    window: int

    @staticmethod
    def open(folder: str | Path, *, threads: int = 1) -> TextPredictor:
        """Open a model folder. Raise `ModelError` when it is damaged or not of this version."""
        return opened(folder, KIND, VERSION, partial(from_graph, threads=threads))

    def opinion(self, words: EncodedText) -> Opinion:
        """Ask the network of one text."""
        return opinion_of(words, self._ask, most=self.window)

    def opinions(self, texts: Sequence[str]) -> Iterator[Opinion]:
        """Say of each text what its words add."""
        refuse_one_text(texts)
        for begin in range(0, len(texts), TEXTS_AT_ONCE):
            yield from self._together(
                [encode_text(text, self.features) for text in texts[begin : begin + TEXTS_AT_ONCE]]
            )

    def _together(self, texts: Sequence[EncodedText]) -> list[Opinion]:
        """Ask of equally long texts at once: nothing is filled up, so that no text changes another's answer."""
        by_length: dict[int, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            by_length[len(text.rows)].append(place)
        found: dict[int, Opinion] = {}
        for length, places in by_length.items():
            size = max(1, WORDS_AT_ONCE // max(1, length))
            for begin in range(0, len(places), size):
                found.update(self._batch(texts, places[begin : begin + size]))
        return [found[place] for place in range(len(texts))]

    def _batch(self, texts: Sequence[EncodedText], places: Sequence[int]) -> dict[int, Opinion]:
        length = len(texts[places[0]].rows)
        if len(places) == 1 or not 0 < length <= self.window:
            return {place: self.opinion(texts[place]) for place in places}
        rows = np.stack([texts[place].rows for place in places])
        bias, added = self.session.run(["bias", "added"], {"rows": rows})
        expected(bias, (topics_of(self.schema),)), expected(added, (*rows.shape[:2], topics_of(self.schema)))
        return {place: Opinion(texts[place], bias, each) for place, each in zip(places, added, strict=True)}

    def _ask(self, rows: Rows) -> tuple[Floats, Floats]:
        """Run the graph. A text without a word is read as one word without a feature, which adds nothing."""
        given = rows if len(rows) else np.zeros((1, self.features.width), dtype=np.int32)
        bias, added = self.session.run(["bias", "added"], {"rows": given[None]})
        expected(bias, (topics_of(self.schema),)), expected(added, (1, len(given), topics_of(self.schema)))
        return bias, added[0, : len(rows)]


def from_graph(graph: bytes, config: Mapping[str, Any], *, threads: int = 1) -> TextPredictor:
    """Make a predictor of a graph and its configuration, without any file."""
    return TextPredictor(
        name=str(config.get("name", "")),
        reader=Reader.of(config),
        features=TextFeatures.from_data(config["features"]),
        window=whole_number({"window": MOST_WORDS, **config}, "window", least=1, most=MOST_WINDOW),
        session=open_session(graph, threads=threads),
        graph=graph,
        config=config,
    )
