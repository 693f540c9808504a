"""Turn a whole text into words with hashed features, each also paired with the next. See docs/training.md.

Everything is an integer of 32 bits, so that TypeScript gives the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.errors import ModelError
from textwright.predictors.features import LONGEST, Features, hash_text, numbering, pieces
from textwright.wrangle.words import fold

Rows = NDArray[np.int32]
Codes = NDArray[np.uint32]
# What the code of a word is multiplied with before that of the next is added.
TURN = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True)
class TextFeatures:
    """Which features the words of a whole text have: those of `words`, and with `pairs` one of it and the next word.

    All are numbered up to `words.rows`; the pair comes last.
    """

    words: Features = field(default_factory=lambda: Features(rows=32768, width=16, word_hashes=1, affixes=0))
    pairs: bool = True

    @property
    def width(self) -> int:
        """Return how many numbers each word has."""
        return self.words.width + self.pairs

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> TextFeatures:
        """Read the settings of a `config.json`. Raise `ModelError` when a key is missing or unknown."""
        try:
            return TextFeatures(**{**data, "words": Features.from_data(data["words"])})
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the features {data!r:.300} are not those of this version: {error}") from error

    def to_data(self) -> dict[str, Any]:
        """Return the settings as plain data."""
        return {**asdict(self), "words": self.words.to_data()}


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A text as a model of whole texts reads it: each word's place in code points and its feature numbers.

    A text without a word has none here; `rows` is [words, width].
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    rows: Rows


def encode_text(text: str, features: TextFeatures) -> EncodedText:
    """Cut a text into words, leave the gaps out, and number the features of each.

    >>> encode_text("Lead  Chef", TextFeatures(Features(width=4))).rows.shape
    (2, 5)
    """
    place: dict[tuple[str, bool], int] = {}
    order, starts, ends = list[int](), list[int](), list[int]()
    for surface, start, end, glued in pieces(text, characters=features.words.characters):
        if start < end:
            order.append(place.setdefault((surface, glued), len(place)))
            starts.append(start)
            ends.append(end)
    number = numbering(features.words)
    known = np.array([number(*each) for each in place], dtype=np.int32).reshape(-1, features.words.width)
    rows = known[order]
    if features.pairs:
        codes = np.array([word_code(surface) for surface, _ in place], dtype=np.uint32)[order]
        rows = np.concatenate([rows, pair_rows(codes, features.words.rows)[:, None]], axis=1)
    return EncodedText(tuple(starts), tuple(ends), rows)


@lru_cache(maxsize=20000)
def word_code(surface: str) -> int:
    """Hash a word in lower case."""
    return hash_text("w" + fold(surface[:LONGEST]))


def pair_rows(codes: Codes, rows: int) -> Rows:
    """Give each word the number of its pair with the next; the last is followed by nothing.

    >>> pair_rows(np.array([1, 2], dtype=np.uint32), 1000).tolist()
    [94, 927]
    """
    following = np.append(codes[1:], np.uint32(0)).astype(np.uint32)
    return (1 + mixed(codes * TURN + following) % np.uint32(rows)).astype(np.int32)


def mixed(codes: Codes) -> Codes:
    """Spread the bits of many hashes, each as `features.mix` does."""
    codes = (codes ^ codes >> np.uint32(16)) * np.uint32(0x85EBCA6B)
    codes = (codes ^ codes >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    return codes ^ codes >> np.uint32(16)
