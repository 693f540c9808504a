"""Diverse texts: each next one is the farthest from all that were chosen before (greedy k-centre).

Texts are compared by their character n-grams. Gonzalez, T. F. (1985), Theor. Comput. Sci. 38, 293-306; for
choosing what to annotate: Sener, O. and Savarese, S. (2018), ICLR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SIZE = 256
NGRAM = 3
LONGEST = 2_000


def diverse_first(texts: Sequence[str], *, known: Sequence[str] = (), most: int | None = None) -> Iterator[int]:
    """Yield places of texts so that each is the least like those before it and `known`, at most `most`.

    >>> list(diverse_first(["nurse", "nurse", "chef de partie"], known=["nurses"], most=1))
    [2]
    """
    if not texts:
        return
    features = features_of(texts)
    nearest = _nearest(features, features_of(known) if known else features.mean(axis=0, keepdims=True))
    free = np.ones(len(texts), dtype=bool)
    for _ in range(min(len(texts), len(texts) if most is None else most)):
        place = int(np.argmin(np.where(free, nearest, np.inf)))
        free[place] = False
        yield place
        nearest = np.maximum(nearest, features @ features[place])


def _nearest(features: Floats, known: Floats) -> Floats:
    """Give for each text the likeness to the known one that is most like it."""
    nearest: Floats = (features @ known.T).max(axis=1)
    return nearest


def features_of(texts: Sequence[str]) -> Floats:
    """Count hashed character n-grams, scaled to length one; the dot product of two texts is their likeness."""
    counts = np.zeros((len(texts), SIZE), dtype=np.float32)
    for row, text in zip(counts, texts, strict=True):
        np.add.at(row, _places(text), 1)
    lengths = np.linalg.norm(counts, axis=1, keepdims=True)
    scaled: Floats = counts / np.maximum(lengths, 1e-9)
    return scaled


def _places(text: str) -> list[int]:
    folded = f" {' '.join(text.casefold().split())[:LONGEST]} "
    grams = (folded[start : start + NGRAM] for start in range(max(1, len(folded) - NGRAM + 1)))
    return [crc32(gram.encode("utf-8", "surrogatepass")) % SIZE for gram in grams]
