"""Texts that stand there more than once: eight bytes a text, whatever their length."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from textwright.errors import MissingExtraError
from textwright.wrangle.profile.counting import Frequent
from textwright.wrangle.profile.values import Copies

SHOWN = 10
REMEMBERED = 100_000
LONGEST = 300
NEAR = 0.8
NEAR_GROUPS, NEAR_TEXTS = 5, 4
# Half a character cannot be hashed as UTF-8.
HALF = re.compile("[\ud800-\udfff]")
EIGHT_BYTES = (1 << 64) - 1


class CopyCount:
    """Takes one text after another. Two different texts count as the same once in some ten thousand million million."""

    def __init__(self) -> None:
        """Begin with none."""
        self._hashes, self._folded = array("Q"), array("Q")
        self._often = Frequent[str](REMEMBERED)

    def add(self, text: str) -> None:
        """Take a text that is not empty."""
        self._hashes.append(hash(text) & EIGHT_BYTES)
        self._folded.append(hash(" ".join(text.casefold().split())) & EIGHT_BYTES)
        self._often.add((text,))

    def done(self, sample: Sequence[str]) -> Copies:
        """Return what was found, and what is near-same in a sample."""
        different = _distinct(self._hashes)
        often = tuple((text[:LONGEST], count) for text, count in self._often.top(SHOWN) if count > 1)
        total = len(self._hashes)
        near_sample, near, groups = near_same(sample)
        folded = total - _distinct(self._folded)
        return Copies(different, total - different, folded, often, near_sample, near, groups)


def _distinct(hashes: array[int]) -> int:
    import numpy as np

    return len(np.unique(np.frombuffer(hashes, dtype=np.uint64))) if hashes else 0


def near_same(sample: Sequence[str]) -> tuple[int, int, tuple[tuple[str, ...], ...]]:
    """Look for near-same texts in a sample: its size, how many have one, some groups. Nothing without the library.

    Exact copies do not count: each text is looked at once.
    """
    from textwright.wrangle.numbers.duplicates import duplicates

    texts = [text for text in dict.fromkeys(sample) if not HALF.search(text)]
    try:
        groups = [group.places for group in duplicates(texts, near=NEAR)]
    except MissingExtraError:
        return 0, 0, ()
    shown = sorted(groups, key=len, reverse=True)[:NEAR_GROUPS]
    drawn = tuple(tuple(texts[place][:LONGEST] for place in places[:NEAR_TEXTS]) for places in shown)
    return len(texts), sum(map(len, groups)), drawn
