"""Words of like meaning propose a label: black, white and grey are colours, boots and sandals are shoes.

Frequent words are compared by the vectors of `wrangle.vectors`; groups grow around the most frequent ones, and a
group gets the nearest of a few everyday names, where one is near enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from textwright.project.look_for.shapes import SHOWN, Proposal
from textwright.project.look_for.shown import Place, find_place
from textwright.wrangle.features.words import STOP_WORDS
from textwright.wrangle.numbers.meaning import vectors
from textwright.wrangle.words import cut, fold

# A word is looked at when it stands in so many texts; so many of the most frequent ones are compared.
LEAST_TEXTS, MOST_WORDS, MOST_TEXTS = 2, 200, 5_000
SHORTEST = 3
# Two words are alike from here on, and an everyday name fits a group: tried on product headlines and job titles.
LIKE, FITS = 0.5, 0.7
SMALLEST, LARGEST, MOST_GROUPS, LISTED = 3, 12, 4, 3
NAMES = (
    "colour", "size", "material", "clothing", "shoes", "furniture", "food", "drink", "animal", "vehicle", "tool",
    "device", "software", "sport", "place", "country", "person", "job", "department", "time", "day", "month", "weather",
    "illness", "medicine", "body part", "emotion", "payment", "delivery", "problem", "document", "language", "music",
    "room", "building", "plant", "flavour", "shape", "pattern", "container",
)  # fmt: skip
Rows = NDArray[np.float32]


def alike_proposals(texts: Sequence[str]) -> list[Proposal]:
    """Return the labels that groups of like words propose, that in most texts first. Raise `MissingExtraError`."""
    lines = [frozenset(_folded(text)) for text in texts[:MOST_TEXTS]]
    found = [_proposal(words, name, texts, lines) for words, name in like_words(lines)]
    return sorted(found, key=lambda each: -each.texts)[:MOST_GROUPS]


def _proposal(words: Sequence[str], name: str, texts: Sequence[str], lines: Sequence[frozenset[str]]) -> Proposal:
    holding = sum(not line.isdisjoint(words) for line in lines)
    places = [place for word in words if (place := find_place(texts, word)) is not None]
    meaning = f"Words such as {', '.join(place.text[place.start : place.end] for place in places[:LISTED])}."
    return Proposal(name, meaning, "Words of like meaning", holding, _few(places))


def _few(places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple({place.text: place for place in places}.values())[:SHOWN]


def _folded(text: str) -> list[str]:
    return [fold(word) for word in cut(text).surfaces]


def like_words(lines: Sequence[frozenset[str]]) -> list[tuple[list[str], str]]:
    """Group the frequent words of folded lines by meaning, the most frequent first, with a name or none."""
    frequent = Counter(word for line in lines for word in sorted(line) if _is_looked_at(word))
    words = [word for word, count in frequent.most_common(MOST_WORDS) if count >= LEAST_TEXTS]
    if len(words) < SMALLEST:
        return []
    rows, names = vectors(words), vectors(NAMES)
    return [
        ([words[i] for i in sorted(group)], _name(names @ _middle(rows[group]))) for group in _groups(rows @ rows.T)
    ]


def _name(fit: Rows) -> str:
    return NAMES[fit.argmax()].upper().replace(" ", "_") if fit.max() >= FITS else ""


def _is_looked_at(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word not in STOP_WORDS


def _middle(rows: Rows) -> Rows:
    middle = rows.mean(axis=0)
    return np.asarray(middle / np.linalg.norm(middle), np.float32)


def _groups(likeness: Rows) -> list[list[int]]:
    """Let each word that is free yet gather the free ones that are most like it."""
    free, found = set(range(len(likeness))), []
    for i in range(len(likeness)):
        near = [j for j in free if likeness[i, j] >= LIKE] if i in free else []
        group = sorted(near, key=lambda j: -likeness[i, j])[:LARGEST]
        if len(group) >= SMALLEST:
            found.append(group)
            free -= set(group)
    return found
