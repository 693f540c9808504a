"""Texts that may be near each other, by MinHash, in memory that their number bounds.

Broder (1997), On the resemblance and containment of documents; bands as in Leskovec, Rajaraman and
Ullman, Mining of massive datasets, 3.4. The signatures are rensa's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.errors import MissingExtraError
from textwright.wrangle.numbers.likeness import FEATURES, Features
from textwright.wrangle.tokens.halves import whole

HASHES, SEED = 128, 1
# A pair that is exactly as near as asked is missed at most this often.
MISSED = 0.01
CHUNK = 4096
ALONE = -1
Hashes = NDArray[np.uint64]
Buckets = NDArray[np.int32]


def buckets_of(words: Sequence[str], near: float) -> Buckets:
    """Return the buckets that each text stands in, (n, b): near texts share one at least, almost always.

    `ALONE` stands for a bucket that no other text is in.
    """
    rows, taken, columns = rows_for(near), 0, list[Buckets]()
    for features_of in FEATURES:
        for keys in _bands(words, rows, features_of).T:
            column, found = _numbered(keys, taken)
            taken += found
            columns.append(column)
    return np.stack([column for column in columns if (column != ALONE).any()] or [_nothing(words)], axis=1)


def rows_for(near: float) -> int:
    """Return how many hashes a band should have: the more, the fewer pairs are compared for nothing.

    >>> rows_for(0.8), rows_for(0.5)
    (6, 3)
    """
    fitting = [rows for rows in range(1, HASHES + 1) if (1 - near**rows) ** (HASHES // rows) <= MISSED]
    return max(fitting, default=1)


def _bands(words: Sequence[str], rows: int, features_of: Callable[[str], Features]) -> Hashes:
    """Return a number for each band of each text, (n, b); 0 for a text without such features."""
    bands = np.zeros((len(words), HASHES // rows), np.uint64)
    for start in range(0, len(words), CHUNK):
        features = [features_of(whole(text)) for text in words[start : start + CHUNK]]
        places = [i for i, each in enumerate(features) if each]
        if places:
            signatures = _signatures([features[i] for i in places])
            bands[np.array(places) + start] = _folded(signatures, rows)
    return bands


def _signatures(sets: Sequence[Features]) -> Hashes:
    matrix = _rensa().RMinHash.digest_matrix_from_token_sets(sets, HASHES, SEED)
    return np.array(matrix.to_rows(), np.uint64)


def _folded(signatures: Hashes, rows: int) -> Hashes:
    """Make one number, never 0, of each band's hashes. Two bands that differ get the same one about never."""
    count = HASHES // rows
    factors = np.random.default_rng(SEED).integers(1, 2**63, rows, dtype=np.uint64) | np.uint64(1)
    bands = signatures[:, : count * rows].reshape(len(signatures), count, rows)
    mixed: Hashes = (bands * factors).sum(axis=2, dtype=np.uint64)
    return (mixed ^ (mixed >> np.uint64(29))) | np.uint64(1)


def _numbered(keys: Hashes, first: int) -> tuple[Buckets, int]:
    """Give the keys that occur more than once numbers from `first` on; return how many there are too."""
    known, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    shared = (counts > 1) & (known != 0)
    numbers = np.where(shared, np.cumsum(shared) - 1 + first, ALONE).astype(np.int32)
    return numbers[inverse], int(shared.sum())


def _nothing(words: Sequence[str]) -> Buckets:
    return np.full(len(words), ALONE, np.int32)


def _rensa() -> Any:
    try:
        import rensa
    except ImportError as error:
        raise MissingExtraError("rensa", "wrangle") from error
    return rensa
