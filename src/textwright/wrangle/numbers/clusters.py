"""Texts that belong together, with the words that are typical of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.errors import DataError, MissingExtraError
from textwright.wrangle.numbers.similar import By, Points, points

# Tried where nobody says how many clusters there should be, on a sample.
TRIED = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)
SAMPLE = 1000
STARTS = 4
# From so many texts on, the centres are found on small batches.
LARGE = 20_000
WORDS, EXAMPLES = 6, 5
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that belong together, by place, the one nearest to the centre first.

    `words` are typical of them, the most typical first; `examples` are the different texts nearest to the centre.
    """

    number: int
    places: tuple[int, ...]
    words: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name the cluster by its number and its first words."""
        return f"{self.number}. {', '.join(self.words[:3])}" if self.words else str(self.number)


def clusters(
    texts: Sequence[str], *, k: int | None = None, seed: int = 0, by: By = "meaning", at: Points | None = None
) -> list[Cluster]:
    """Part texts into `k` clusters, the largest first: each text is in one.

    K-means on `points(texts, by=by)`, or on the rows of `at` where they are known already. Without `k`
    it is chosen, up to 30, by the silhouette on a sample (Rousseeuw 1987). The same seed gives the
    same clusters on the same machine. Raise `DataError` when there are fewer different texts than `k`.
    """
    texts = list(texts)
    if not texts:
        return []
    rows = points(texts, by=by, seed=seed) if at is None else np.asarray(at, np.float32)
    _refuse_other_length(texts, rows)
    distinct = len(np.unique(rows, axis=0))
    labels, centres = _parted(rows, _count(rows, distinct, k, seed), seed)
    places = [_nearest(rows, np.flatnonzero(labels == i), centres[i]) for i in range(len(centres))]
    places = sorted((each for each in places if each), key=lambda each: (-len(each), min(each)))
    words = typical_words(texts, places)
    return [
        Cluster(i, tuple(each), typical, _examples(texts, each))
        for i, (each, typical) in enumerate(zip(places, words, strict=True), start=1)
    ]


def typical_words(texts: Sequence[str], groups: Sequence[Sequence[int]], *, top: int = WORDS) -> list[tuple[str, ...]]:
    """Return the words that stand more often in each group of places than in the others, the most typical first.

    Class-based TF-IDF: Grootendorst (2022), BERTopic. Numbers and single letters are left out.
    """
    from textwright.wrangle.numbers.counting import counts, words_in

    if not any(map(words_in, texts)):
        return [()] * len(groups)
    table = counts(texts)
    found = np.array([np.asarray(table.matrix[list(each)].sum(axis=0)).ravel() for each in groups], np.float64)
    found[:, [len(word) < 2 or not word[0].isalpha() for word in table.words]] = 0
    share = found / np.maximum(found.sum(axis=1, keepdims=True), 1)
    weight = share * np.log1p(found.sum() / len(groups) / np.maximum(found.sum(axis=0), 1))
    return [_best(table.words, row, top) for row in weight]


def _best(words: Sequence[str], weights: NDArray[np.float64], top: int) -> tuple[str, ...]:
    best = np.argsort(-weights, kind="stable")[:top]
    return tuple(words[i] for i in best if weights[i] > 0)


def _refuse_other_length(texts: Sequence[str], rows: Points) -> None:
    if len(rows) != len(texts):
        raise DataError(f"at has {len(rows)} rows for {len(texts)} texts; it must have one for each")


def _count(rows: Points, distinct: int, k: int | None, seed: int) -> int:
    """Return how many clusters to make."""
    if k is None:
        return _best_count(rows, distinct, seed)
    if not 1 <= k <= distinct:
        raise DataError(f"k is {k}, must be from 1 to {distinct}, the number of different texts")
    return k


def _best_count(rows: Points, distinct: int, seed: int) -> int:
    """Choose the number whose clusters stand apart best on a sample."""
    sample = rows[np.random.default_rng(seed).permutation(len(rows))[:SAMPLE]]
    most = min(distinct, len(np.unique(sample, axis=0))) - 1
    tried = [k for k in TRIED if k <= most]
    return max(tried, key=lambda k: _silhouette(sample, k, seed), default=1)


def _silhouette(rows: Points, k: int, seed: int) -> float:
    score: float = _sklearn().metrics.silhouette_score(rows, _parted(rows, k, seed, starts=1)[0])
    return score


def _parted(rows: Points, k: int, seed: int, *, starts: int = STARTS) -> tuple[Labels, Points]:
    cluster = _sklearn().cluster
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # scikit-learn's own

    kind = cluster.KMeans if len(rows) < LARGE else cluster.MiniBatchKMeans
    with threadpool_limits(1 if len(rows) < LARGE else None):
        made = kind(k, n_init=starts, random_state=seed).fit(rows)
    return made.labels_, made.cluster_centers_


def _nearest(rows: Points, places: NDArray[np.intp], centre: Points) -> list[int]:
    """Order places by how near they are to the centre."""
    distances = ((rows[places] - centre) ** 2).sum(axis=1)
    ordered: list[int] = places[np.argsort(distances, kind="stable")].tolist()
    return ordered


def _examples(texts: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(list(dict.fromkeys(texts[place] for place in places))[:EXAMPLES])


def _sklearn() -> Any:
    try:
        import sklearn.cluster
        import sklearn.metrics
    except ImportError as error:
        raise MissingExtraError("scikit-learn", "wrangle") from error
    return sklearn
