"""Which of many texts are most like a given one: words and runs of three letters, the rare ones counting more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

LONG = 40
Integers = NDArray[np.int64]
Numbers = NDArray[np.float64]


class Similarity:
    """The texts by their features, so that a question meets only the texts that share one with it.

    >>> Similarity(["senior nurse", "head chef", "sous chef"]).ranked("Chef de partie")
    [1, 2, 0]
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Weigh each feature by how few texts have it."""
        counts = [Counter(features(text)) for text in texts]
        frequency = Counter(feature for each in counts for feature in each)
        self._size = len(texts)
        self._weights = {name: log((1 + len(texts)) / (1 + among)) + 1 for name, among in frequency.items()}
        self._texts, self._values = self._postings(counts)

    def _postings(self, counts: Iterable[Counter[str]]) -> tuple[dict[str, Integers], dict[str, Numbers]]:
        texts: dict[str, list[int]] = {}
        values: dict[str, list[float]] = {}
        for place, each in enumerate(counts):
            for feature, value in self._vector(each).items():
                texts.setdefault(feature, []).append(place)
                values.setdefault(feature, []).append(value)
        return (
            {feature: np.array(places, np.int64) for feature, places in texts.items()},
            {feature: np.array(found, np.float64) for feature, found in values.items()},
        )

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        """Return the weights of the known features, of length 1 together."""
        raw = {name: (1 + log(count)) * self._weights[name] for name, count in counts.items() if name in self._weights}
        length = sqrt(sum(value * value for value in raw.values()))
        return {name: value / length for name, value in raw.items()}

    def ranked(self, text: str) -> list[int]:
        """Return the places of all texts, the most similar first; of equally similar ones the earlier."""
        return [int(place) for place in np.argsort(-self._scores(text), kind="stable")]

    def _scores(self, text: str) -> Numbers:
        vector = self._vector(Counter(features(text)))
        if not vector:
            return np.zeros(self._size)
        places = np.concatenate([self._texts[name] for name in vector])
        values = np.concatenate([self._values[name] * value for name, value in vector.items()])
        # Rounded, so that texts as similar as each other stay in their order whatever the sum's order was.
        return np.round(np.bincount(places, values, self._size), 9)


def features(text: str) -> Iterator[str]:
    """Yield the words of a text and their runs of three letters, the edges of the words counting as letters.

    A long text is told apart by its words alone.

    >>> list(features("UX!"))
    ['ux!', ' ux', 'ux!', 'x! ']
    """
    words = text.casefold().split()
    for word in words:
        yield word
        padded = f" {word} " if len(words) <= LONG else ""
        for start in range(len(padded) - 2):
            yield padded[start : start + 3]
