"""Texts that stand in two data sets: what is trained on must not be what is judged on.

Same: equal in letters and digits, case aside; `C++`, `C#` and `.NET` keep their signs.
Near: most of their short stretches are shared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import ceil
from typing import Literal

from textwright.errors import DataError
from textwright.types import Example, only_examples
from textwright.wrangle.numbers.likeness import (
    FEATURES,
    NEAR,
    Features,
    jaccard,
    letters,
    refuse_bad_nearness,
    same_key,
    shingles,
    words_of,
)

__all__ = ["NEAR", "Leak", "apart_from", "leaks", "letters", "refuse_leaks", "shingles", "words_of"]

SHOWN = 3
Kind = Literal["same", "near"]


@dataclass(frozen=True, slots=True)
class Leak:
    """A text of a and a text of b that are the same or near so; the similarity is 1 for the same."""

    id_a: str
    id_b: str
    kind: Kind
    similarity: float


def leaks(a: Iterable[Example], b: Iterable[Example], *, near: float = NEAR) -> list[Leak]:
    """Find the texts of b that are in a too, the same ones first.

    `near` is the least Jaccard similarity of near-same texts; 1 looks for the same ones only. Of
    several equal texts each is named once, beside one of its counterparts, so that the ids of the
    answer are all that one must take out of either side. Raise `DataError` at what is no example.

    >>> a, b = Example("a1", "UX Designer (London)"), Example("b1", "ux designer, london!")
    >>> leaks([a], [b])
    [Leak(id_a='a1', id_b='b1', kind='same', similarity=1.0)]
    """
    refuse_bad_nearness(near)
    groups_a, groups_b = _groups(a), _groups(b)
    found = [leak for key in groups_b if key in groups_a for leak in _paired(groups_a[key], groups_b[key], "same", 1.0)]
    if near < 1:
        for one, other, how in _similar(groups_a, groups_b, near):
            found += _paired(groups_a[one], groups_b[other], "near", how)
    return found


def refuse_leaks(train: Iterable[Example], test: Iterable[Example], *, allowed: float = 0.0) -> None:
    """Raise `DataError` when texts to judge on are among those to train on, letters and digits compared.

    `allowed` is the share of the test texts that may be: short titles recur by themselves. Near-same
    texts are no fault; `leaks` lists them.
    """
    examples = list(test)
    ids = list(dict.fromkeys(leak.id_b for leak in leaks(train, examples, near=1)))
    if len(ids) <= allowed * len(examples):
        return
    texts = {example.id: example.text for example in examples}
    shown = ", ".join(f"{each} {texts[each][:60]!r}" for each in ids[:SHOWN]) + (", ..." if len(ids) > SHOWN else "")
    raise DataError(
        f"{len(ids)} of {len(examples)} texts to judge on are in the training data: {shown}. "
        "Take them out of one of the two; textwright leaks lists them"
    )


def apart_from(texts: Sequence[str], held_out: Iterable[str]) -> list[str]:
    """Leave out the texts that are the same as one held out, letters and digits compared.

    >>> apart_from(["Power BI Developer", "Nurse"], ["PowerBI developer"])
    ['Nurse']
    """
    keys = {same_key(words_of(text)) for text in held_out}
    return [text for text in texts if same_key(words_of(text)) not in keys]


@dataclass(frozen=True, slots=True)
class Group:
    """The ids of texts with the same letters and digits, and the words of the first of them."""

    words: str
    ids: list[str]


def _groups(examples: Iterable[Example]) -> dict[str, Group]:
    """Group examples by their letters and digits."""
    groups: dict[str, Group] = {}
    for example in only_examples(examples):
        words = words_of(example.text)
        groups.setdefault(same_key(words), Group(words, [])).ids.append(example.id)
    return groups


def _paired(a: Group, b: Group, kind: Kind, similarity: float) -> Iterator[Leak]:
    """Name each id of both sides; the last of the shorter side is repeated."""
    for one, other in zip_longest(a.ids, b.ids):
        yield Leak(a.ids[-1] if one is None else one, b.ids[-1] if other is None else other, kind, similarity)


# --- near-same texts ------------------------------------------------------------------------


def _similar(a: Mapping[str, Group], b: Mapping[str, Group], near: float) -> Iterator[tuple[str, str, float]]:
    """Yield the keys of groups that share at least `near` of their features, and how many they share.

    Features are those of `likeness`.
    """
    best: dict[tuple[str, str], float] = {}
    for features_of in FEATURES:
        for one, other, how in _joined(a, b, near, features_of):
            best[one, other] = max(how, best.get((one, other), 0.0))
    yield from ((one, other, how) for (one, other), how in best.items())


def _joined(
    a: Mapping[str, Group], b: Mapping[str, Group], near: float, features_of: Callable[[str], Features]
) -> Iterator[tuple[str, str, float]]:
    """Join similar texts by their rarest features.

    Two sets of similarity t share one of the first n - ceil(t n) + 1 features of each, in any fixed
    order; the rarest first leave few candidates. Bayardo et al. (2007), Scaling up all pairs search.
    """
    sets = [(key, features_of(group.words)) for key, group in b.items()]
    frequency = Counter(feature for _, features in sets for feature in features)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, (_, features) in enumerate(sets):
        for feature in _rarest(features, frequency, near):
            holders[feature].append(place)
    for key, group in a.items():
        features = features_of(group.words)
        candidates = {place for each in _rarest(features, frequency, near) for place in holders.get(each, ())}
        for place in sorted(candidates):
            other, theirs = sets[place]
            how = jaccard(features, theirs, near)
            if how >= near and key != other:
                yield key, other, how


def _rarest(features: Features, frequency: Mapping[str, int], near: float) -> list[str]:
    """Return as many of the rarest features as two similar sets must share one of."""
    ordered = sorted(features, key=lambda each: (frequency.get(each, 0), each))
    return ordered[: len(ordered) - ceil(near * len(ordered)) + 1]
