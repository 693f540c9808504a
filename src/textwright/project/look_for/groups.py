"""A question that groups of like texts propose: each group is an answer, named by its typical words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textwright.project.look_for.telling import Named, named_groups
from textwright.wrangle import Cluster, clusters

# Fewer texts form no groups worth a name; of more, the first ones are looked at.
LEAST_TEXTS, MOST_TEXTS = 20, 600
# So many groups are made, and those that are too small left out: more answers than this are no help to begin with.
GROUPS, FEWEST, SMALLEST_SHARE = 6, 2, 0.04
SHOWN = 2
LONGEST_NAME = 60


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
    found = [each for each in clusters(texts, k=GROUPS, seed=seed) if len(each.places) >= SMALLEST_SHARE * len(texts)]
    names = named_groups(texts, [each.places for each in found])
    answers = tuple(_answer(cluster, named) for cluster, named in zip(found, names, strict=True) if named.name)
    if len(answers) < FEWEST:
        return None
    return ProposedTask("GROUP", "Which group does the text belong to?", answers)


def _answer(cluster: Cluster, named: Named) -> ProposedAnswer:
    meaning = f"Texts with words such as {', '.join(named.words)}."
    return ProposedAnswer(named.name[:LONGEST_NAME], meaning, len(cluster.places), cluster.examples[:SHOWN])
