"""The nearest texts: by what they mean, or by the words that they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from textwright.errors import DataError, MissingExtraError

By = Literal["meaning", "words"]
TOP = 10
# Dimensions that stand for the words of a text where a dense table is wanted, by latent semantic analysis.
DIMENSIONS = 100
Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A text that is near, the place where it first stands, how near, to 1, and how often it stands in all."""

    place: int
    text: str
    similarity: float
    copies: int = 1


def similar(text: str, texts: Iterable[str], *, top: int = TOP, by: By = "meaning") -> list[Neighbour]:
    """Return the `top` texts nearest to a text, the nearest first, equal ones once.

    The similarity is the cosine of the two vectors: of MiniLM by meaning, of TF-IDF by words, where a
    text without a common word is never near. Raise `DataError` for an empty text, and when `top` is not above 0.

    >>> [each.text for each in similar("ward nurse", ["Java Developer", "Staff Nurse"], top=1)]
    ['Staff Nurse']
    """
    _refuse_bad_top(top)
    if not text.strip():
        raise DataError("the text is empty: nothing is like it. Expected words, such as 'ward nurse'")
    places, copies = _distinct(texts)
    listed = list(places)
    near = _near(text, listed, by)
    best = np.argsort(-near, kind="stable")[:top]
    found = (Neighbour(places[listed[i]], listed[i], round(float(near[i]), 4), copies[listed[i]]) for i in best)
    return [each for each in found if each.similarity > 0 or by == "meaning"]


def _refuse_bad_top(top: int) -> None:
    if top < 1:
        raise DataError(f"top is {top}, must be at least 1")


def _distinct(texts: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the first place of each text, in order, and how often it stands."""
    places, copies = dict[str, int](), dict[str, int]()
    for place, text in enumerate(texts):
        places.setdefault(text, place)
        copies[text] = copies.get(text, 0) + 1
    return places, copies


def _near(text: str, texts: Sequence[str], by: By) -> Points:
    """Return how near each text is, (n,)."""
    if not texts:
        return np.empty(0, np.float32)
    if refuse_other(by) == "meaning":
        from textwright.wrangle.numbers.meaning import vectors

        found: Points = vectors(texts) @ vectors([text])[0]
        return found
    return _near_by_words(text, texts)


def _near_by_words(text: str, texts: Sequence[str]) -> Points:
    from textwright.wrangle.numbers.counting import tf_idf, words_in

    if not any(map(words_in, [text, *texts])):
        return np.zeros(len(texts), np.float32)
    table = tf_idf([text, *texts]).matrix
    near: Points = (table[1:] @ table[0].T).toarray()[:, 0]
    return near


def refuse_other(by: str) -> By:
    """Raise `DataError` when a text cannot be compared so."""
    for known in get_args(By):
        if by == known:
            return known  # type: ignore[no-any-return]  # it is one of them
    raise DataError(f"by is {by!r}, must be one of: {', '.join(get_args(By))}")


def points(texts: Sequence[str], *, by: By = "meaning", seed: int = 0) -> Points:
    """Return a dense row for each text, (n, d), of length 1: MiniLM's vector, or its words in 100 dimensions.

    Words go through TF-IDF and latent semantic analysis: Deerwester et al. (1990), Indexing by latent
    semantic analysis. A text without words is a row of zeros.
    """
    if refuse_other(by) == "meaning":
        from textwright.wrangle.numbers.meaning import vectors

        return vectors(texts)
    return _by_words(texts, seed)


def _by_words(texts: Sequence[str], seed: int) -> Points:
    try:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.preprocessing import normalize
    except ImportError as error:
        raise MissingExtraError("scikit-learn", "wrangle") from error

    from textwright.wrangle.numbers.counting import tf_idf, words_in

    if not any(map(words_in, texts)):
        return np.zeros((len(texts), 1), np.float32)
    matrix = tf_idf(texts).matrix
    if min(matrix.shape) <= DIMENSIONS:
        return matrix.toarray().astype(np.float32)  # type: ignore[no-any-return]  # scikit-learn has no types
    dense = TruncatedSVD(DIMENSIONS, random_state=seed).fit_transform(matrix)
    return normalize(dense).astype(np.float32)  # type: ignore[no-any-return]  # scikit-learn has no types
