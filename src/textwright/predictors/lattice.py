"""From a network's scores for every span of words to candidates and probabilities, in numpy.

Scores have the shape [labels, words, words]: one for the span from word i up to and with word j,
what speaks for the span against none. `train.structure` says what they mean together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textwright.decode import UNIT, Candidate, Nesting, roots_of
from textwright.predictors.features import Encoded

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
NEVER = -(10**7)


def weights_of(scores: NDArray[np.float32]) -> Integers:
    """Round scores to integer weights, halves upwards, as `decode.weight_of` does."""
    return np.floor(scores.astype(np.float64) * UNIT + 0.5).astype(np.int64)


def without_impossible(weights: Integers, texts: Sequence[Encoded]) -> Integers:
    """Rule out spans that end before they begin, and those that begin or end with a gap.

    `weights` is [texts, labels, words, words].
    """
    words = np.array([text.starts for text in texts]) < np.array([text.ends for text in texts])
    possible = words[:, :, None] & words[:, None, :] & np.tri(weights.shape[-1], dtype=bool).T
    return np.where(possible[:, None], weights, NEVER)


@dataclass(frozen=True, slots=True)
class Lattice:
    """The weights of all spans of some words, those of the best spans that each must hold included.

    `totals` has an array [texts, words, words] for each label, in which this text is at `place`; `roots`
    are the spans that weigh more than nothing, of the labels that no other must hold.
    """

    words: Encoded
    place: int
    totals: Mapping[str, Integers]
    nesting: Nesting
    roots: Sequence[Candidate]

    def with_held(self, span: Candidate) -> Iterator[tuple[int, int, str]]:
        """Give the place of a span and of those that it holds: the best, of equals the leftmost, the shortest."""
        first, last = self.words.starts.index(span.start), self.words.ends.index(span.end)
        for label, i, j in self._held(span.label, first, last):
            yield self.words.starts[i], self.words.ends[j], label

    def _held(self, label: str, first: int, last: int) -> Iterator[tuple[str, int, int]]:
        yield label, first, last
        for inner in self.nesting[label]:
            size = last + 1 - first
            best = int(self.totals[inner][self.place, first : last + 1, first : last + 1].argmax())
            yield from self._held(inner, first + best // size, first + best % size)


def lattices(weights: Integers, texts: Sequence[Encoded], nesting: Nesting) -> list[Lattice]:
    """Add up the weights of each text; [texts, labels, words, words]."""
    by_label = dict(zip(nesting, without_impossible(weights, texts).swapaxes(0, 1), strict=True))
    totals = {label: _total(label, by_label, nesting) for label in nesting}
    names = roots_of(nesting)
    stacked = np.stack([totals[name] for name in names])
    found = np.nonzero(stacked > 0)
    roots: list[list[Candidate]] = [[] for _ in texts]
    for label, place, first, last, weight in zip(*(each.tolist() for each in (*found, stacked[found])), strict=True):
        words = texts[place]
        roots[place].append(Candidate(words.starts[first], words.ends[last], names[label], weight))
    return [Lattice(text, place, totals, nesting, roots[place]) for place, text in enumerate(texts)]


def _total(label: str, by_label: Mapping[str, Integers], nesting: Nesting) -> Integers:
    """Add to a label's weights those of the best spans that each may hold."""
    total = by_label[label]
    for inner in nesting[label]:
        held = np.maximum.accumulate(_total(inner, by_label, nesting), axis=-1)
        total = total + np.flip(np.maximum.accumulate(np.flip(held, -2), axis=-2), -2)
    return total


def marginals(scores: Floats, nesting: Nesting) -> Floats:
    """Give the probability of each span of one text; [labels, words, words] in and out.

    The sum runs over all sets of spans that the rules allow, by the forward and backward sums of a
    semi-Markov chain (Sarawagi and Cohen 2004).
    """
    by_label = dict(zip(nesting, scores, strict=True))
    found: dict[str, Floats] = {}
    for root in roots_of(nesting):
        whole = _log_total(root, by_label, nesting)
        _share_out(root, _chain_marginals(whole), by_label, nesting, found)
    return np.exp(np.minimum(0.0, np.stack([found[label] for label in nesting])))


def _log_total(label: str, by_label: Mapping[str, Floats], nesting: Nesting) -> Floats:
    total = by_label[label]
    for inner in nesting[label]:
        total = total + _log_inside(_log_total(inner, by_label, nesting))
    return total


def _log_inside(score: Floats) -> Floats:
    """Give, for the range from i to j, the log-sum over all spans in it."""
    held = np.logaddexp.accumulate(score, axis=-1)
    return np.flip(np.logaddexp.accumulate(np.flip(held, -2), axis=-2), -2)


def _log_around(score: Floats) -> Floats:
    """Give, for the range from i to j, the log-sum over all spans that hold it."""
    from_left = np.logaddexp.accumulate(score, axis=-2)
    return np.flip(np.logaddexp.accumulate(np.flip(from_left, -1), axis=-1), -1)


def _chain_marginals(whole: Floats) -> Floats:
    """Give the log-probability of each span among all sequences of spans that do not overlap."""
    words = len(whole)
    before, after = np.zeros(words + 1), np.zeros(words + 1)
    for end in range(words):
        ending = np.logaddexp.reduce(before[: end + 1] + whole[: end + 1, end])
        before[end + 1] = np.logaddexp(before[end], ending)
    for start in range(words - 1, -1, -1):
        beginning = np.logaddexp.reduce(whole[start, start:] + after[start + 1 :])
        after[start] = np.logaddexp(after[start + 1], beginning)
    shares: Floats = before[:-1, None] + whole + after[None, 1:] - before[-1]
    return shares


def _share_out(
    label: str, log_shares: Floats, by_label: Mapping[str, Floats], nesting: Nesting, found: dict[str, Floats]
) -> None:
    """Keep a label's log-probabilities and hand them down to the spans that it holds."""
    found[label] = log_shares
    for inner in nesting[label]:
        total = _log_total(inner, by_label, nesting)
        handed = total + _log_around(log_shares - _log_inside(total))
        _share_out(inner, handed, by_label, nesting, found)
