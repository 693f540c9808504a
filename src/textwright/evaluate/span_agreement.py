"""How well annotators agree on spans: the same set, span F1, and gamma, which knows overlap and nesting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from textwright.evaluate.agreement import SpanFigures
from textwright.evaluate.annotators import Shared
from textwright.evaluate.figure import Figure, share_figure
from textwright.evaluate.gamma import Units, disorder, units_of
from textwright.evaluate.resampling import Draws, Floats, Places, figure, ratio

MOST_PAIRS = 20_000
MOST_UNITS = 100_000


class Marked(NamedTuple):
    """The spans that one annotator marked in a text; the text by its place."""

    text: int
    annotator: str
    units: Units


class Both(NamedTuple):
    """What two annotators marked in one text. `weight` is what the pair counts for in gamma."""

    text: int
    a: Units
    b: Units
    weight: float


@dataclass(frozen=True, slots=True)
class Chance:
    """Annotations of different texts, put side by side: what annotators who do not look at the text would agree on."""

    first: Places
    second: Places


@dataclass(frozen=True, slots=True)
class SpanLayer:
    """All that was marked, with the pairs of annotators of one text, and of annotations of different texts."""

    marked: tuple[Marked, ...]
    chance: Chance
    draws: Draws

    def figures(self, label: str | None = None) -> SpanFigures:
        """Give the figures of one label, or of all together."""
        pairs = [pair for of_pair in self.pairs(label).values() for pair in of_pair]
        return self.figures_of(pairs, self.expected(label))

    def figures_of(self, pairs: Sequence[Both], expected: Floats) -> SpanFigures:
        """Give the figures of some pairs, with the disorder that chance would give."""
        support = len({pair.text for pair in pairs if pair.a or pair.b})
        return SpanFigures(_exact(pairs), self._f1(pairs), self._gamma(pairs, expected), support)

    def pairs(self, label: str | None = None) -> dict[tuple[str, str], list[Both]]:
        """Put the annotations of each text side by side, by the names of their annotators."""
        found: dict[tuple[str, str], list[Both]] = {}
        for text, marked in _by_text(self.marked):
            for a, b in combinations(marked, 2):
                both = Both(text, only(a.units, label), only(b.units, label), 1 / (len(marked) - 1))
                found.setdefault((a.annotator, b.annotator), []).append(both)
        return found

    def expected(self, label: str | None = None) -> Floats:
        """Give the disorder of a unit by chance, in every round."""
        units = [only(each.units, label) for each in self.marked]
        texts = np.array([each.text for each in self.marked], dtype=np.intp)
        first, second = self.chance.first, self.chance.second
        pairs = [(units[a], units[b]) for a, b in zip(first.tolist(), second.tolist(), strict=True)]
        apart = np.array([disorder(a, b) for a, b in pairs], dtype=float)
        sizes = np.array([_size(a, b) for a, b in pairs], dtype=float)
        return ratio(
            self.draws.pair_sums(texts[first], texts[second], apart),
            self.draws.pair_sums(texts[first], texts[second], sizes),
        )

    def _f1(self, pairs: Sequence[Both]) -> Figure:
        texts = [pair.text for pair in pairs]
        shared = self.draws.sums(texts, [len(set(pair.a) & set(pair.b)) for pair in pairs])
        return figure(ratio(shared, self.draws.sums(texts, [_size(pair.a, pair.b) for pair in pairs])))

    def _gamma(self, pairs: Sequence[Both], expected: Floats) -> Figure:
        texts = [pair.text for pair in pairs]
        apart = self.draws.sums(texts, [pair.weight * disorder(pair.a, pair.b) for pair in pairs])
        sizes = self.draws.sums(texts, [pair.weight * _size(pair.a, pair.b) for pair in pairs])
        return figure(1 - ratio(ratio(apart, sizes), expected))


def span_layer(texts: Sequence[Shared], draws: Draws, *, seed: int) -> SpanLayer:
    """Collect what was marked in the texts whose spans two annotators marked."""
    marked = [
        Marked(place, annotator, units_of((span.start, span.end, span.label) for span in gold.spans))
        for place, text in enumerate(texts)
        for annotator, gold in text.said.items()
        if gold.spans is not None
    ]
    shared = [each for _, of_text in _by_text(marked) if len(of_text) > 1 for each in of_text]
    return SpanLayer(tuple(shared), _chance(shared, seed), draws)


def _chance(marked: Sequence[Marked], seed: int) -> Chance:
    """Pair annotations of different texts; the more there is in each, the fewer pairs are enough."""
    units = sum(len(each.units) for each in marked) / max(1, len(marked))
    most = round(min(MOST_PAIRS, MOST_UNITS / max(1, units)))
    return chance_pairs([each.text for each in marked], seed=seed, most=most)


def only(units: Units, label: str | None) -> Units:
    """Keep the units of one label; all of them for None."""
    return units if label is None else tuple(unit for unit in units if unit.label == label)


def chance_pairs(texts: Sequence[int], *, seed: int, most: int = MOST_PAIRS) -> Chance:
    """Pair annotations of different texts: all such pairs, or a seeded sample in which each comes equally often.

    `texts` says which text each annotation is of.
    """
    number, of = len(texts), np.asarray(texts, dtype=np.intp)
    if number * (number - 1) // 2 <= most:
        first, second = np.triu_indices(number, k=1)
    else:
        generator = np.random.default_rng(seed)
        times = max(1, most // number)
        first = np.tile(np.arange(number), times)
        second = np.concatenate([generator.permutation(number) for _ in range(times)])
    different = of[first] != of[second]
    return Chance(first[different], second[different])


def _exact(pairs: Sequence[Both]) -> Figure:
    return share_figure([pair.text for pair in pairs], [pair.a == pair.b for pair in pairs])


def _size(a: Units, b: Units) -> float:
    """Give the mean number of units of two annotations: what the paper divides disorder by."""
    return (len(a) + len(b)) / 2


def _by_text(marked: Iterable[Marked]) -> Iterator[tuple[int, list[Marked]]]:
    texts: dict[int, list[Marked]] = {}
    for each in marked:
        texts.setdefault(each.text, []).append(each)
    yield from texts.items()
