"""Names for groups of texts: the words by which somebody would know a group, as they follow each other in its texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from textwright.wrangle import STOP_WORDS
from textwright.wrangle.words import cut, fold

# Words of requests and rates and the like, which every kind of text may have.
ASKING = frozenset(
    [
        "please",
        "can",
        "can't",
        "could",
        "would",
        "will",
        "won't",
        "need",
        "want",
        "get",
        "don't",
        "per",
        "go",
        "come",
        "new",
    ]
)
# Two words that follow each other are better than the better one of them, while they tell so much of what it tells.
AS_TELLING = 0.6
# A second word, or a third, must tell so much of what the first tells.
STILL_TELLING = 0.4
# Of two words of a kind (boot, boots; mens, womens) one begins with so much of the other, or holds it.
SAME_BEGINNING, SHORTEST_WITHIN = 0.7, 4


@dataclass(frozen=True, slots=True)
class Named:
    """A group's name, and its telling words, the most telling first."""

    name: str
    words: tuple[str, ...]


def named_groups(texts: Sequence[str], groups: Sequence[Sequence[int]], *, words: int = 5) -> list[Named]:
    """Name groups of texts, given by their places, by one or two words each; no two names are the same.

    How telling a word is: the share of the group's texts that have it, times the share of the texts with it that are
    in the group. A group of which no word tells anything has no name.
    """
    lines = [_told(text) for text in texts]
    everywhere = Counter(word for line in lines for word in line.all)
    taken = set[str]()
    return [_named([lines[place] for place in group], everywhere, words, taken) for group in groups]


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of a text that may tell something, in their order, and the pairs that follow each other."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]

    @property
    def all(self) -> frozenset[str]:
        return frozenset((*self.words, *self.pairs))


def _told(text: str) -> _Told:
    forms = ["", *(fold(surface) for surface in cut(text).surfaces)]
    # What stands behind a number is mostly its unit.
    forms = ["" if before[:1].isnumeric() else form for before, form in pairwise(forms)]
    pairs = [f"{one} {other}" for one, other in pairwise(forms) if _tells(one) and _tells(other) and one != other]
    return _Told(tuple(filter(_tells, forms)), tuple(pairs))


def _tells(word: str) -> bool:
    return len(word) > 1 and word[0].isalpha() and word not in STOP_WORDS and word not in ASKING


def _named(group: Sequence[_Told], everywhere: Counter[str], most: int, taken: set[str]) -> Named:
    counts = Counter(word for line in group for word in line.all)
    scores = {word: count * count / (len(group) * everywhere[word]) for word, count in counts.items() if count > 1}
    places = _places(group)
    ranked = sorted(scores, key=lambda word: (-scores[word], places[word], word))
    words = _unlike(word for word in ranked if " " not in word)[:most]
    name = next((each for each in _names(ranked, words, scores, places) if each not in taken), "")
    taken.add(name)
    return Named(name, tuple(words))


def _places(group: Sequence[_Told]) -> dict[str, float]:
    """Return how far into its texts each word stands, on average."""
    found: dict[str, list[int]] = {}
    for line in group:
        for some in (line.words, line.pairs):
            for place, word in enumerate(some):
                found.setdefault(word, []).append(place)
    return {word: sum(places) / len(places) for word, places in found.items()}


def _names(
    ranked: Sequence[str], words: Sequence[str], scores: dict[str, float], places: dict[str, float]
) -> Iterable[str]:
    """Yield names for a group, the best first."""
    if not words:
        return
    first = words[0]
    yield from (pair for pair in ranked if " " in pair and scores[pair] >= AS_TELLING * scores[first])
    others = [word for word in words[1:] if scores[word] >= STILL_TELLING * scores[first]]
    yield from (" and ".join(sorted((first, other), key=places.__getitem__)) for other in others)
    yield from words


def _unlike(words: Iterable[str]) -> list[str]:
    """Leave out each word that is nearly one before it.

    >>> _unlike(["boots", "walking", "boot", "womens", "mens", "walk"])
    ['boots', 'walking', 'womens']
    """
    kept = list[str]()
    for word in words:
        if not any(_alike(word, other) for other in kept):
            kept.append(word)
    return kept


def _alike(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if len(short) >= SHORTEST_WITHIN and short in long:
        return True
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return same >= max(SHORTEST_WITHIN, SAME_BEGINNING * len(long))
