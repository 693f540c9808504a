"""A question that groups of like texts propose: each group is an answer, named by its typical words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textwright.project.look_for.changes import LONGEST_NAME
from textwright.wrangle import STOP_WORDS, Cluster, clusters

# Fewer texts form no groups worth a name; of more, the first ones are looked at.
LEAST_TEXTS, MOST_TEXTS = 20, 600
FEWEST, MOST, SMALLEST_SHARE = 2, 8, 0.04
WORDS_NAMED, WORDS_MEANT, SHOWN = 2, 5, 2


@dataclass(frozen=True, slots=True)
class ProposedAnswer:
    """An answer with its meaning, how many texts would have it, and a few of them."""

    name: str
    meaning: str
    texts: int
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedTask:
    """A question about the whole text."""

    name: str
    meaning: str
    answers: tuple[ProposedAnswer, ...]


def group_proposal(texts: Sequence[str], *, seed: int = 0) -> ProposedTask | None:
    """Return the question that groups of texts propose; None where they form none. Raise `MissingExtraError`."""
    texts = list(dict.fromkeys(texts))[:MOST_TEXTS]
    if len(texts) < LEAST_TEXTS:
        return None
    found = clusters(texts, seed=seed)
    if len(found) > MOST:
        found = clusters(texts, k=MOST, seed=seed)
    large = [each for each in found if _telling(each) and len(each.places) >= SMALLEST_SHARE * len(texts)]
    if len(large) < FEWEST:
        return None
    answers = {answer.name: answer for answer in map(_answer, large)}
    return ProposedTask("GROUP", "Which group does the text belong to?", tuple(answers.values()))


def _answer(cluster: Cluster) -> ProposedAnswer:
    words = _telling(cluster)
    name = " ".join(words[:WORDS_NAMED])[:LONGEST_NAME]
    meaning = f"Texts with words such as {', '.join(words[:WORDS_MEANT])}."
    return ProposedAnswer(name, meaning, len(cluster.places), cluster.examples[:SHOWN])


def _telling(cluster: Cluster) -> list[str]:
    return [word for word in cluster.words if word not in STOP_WORDS]
