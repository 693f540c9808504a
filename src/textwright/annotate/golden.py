"""Gold questions among the others: where they stand, and how many were answered rightly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from textwright.annotate.settings import chance
from textwright.store.database import Database
from textwright.store.gold import gold_answers
from textwright.store.projects import Project
from textwright.types import Annotation

# One text in so many is a gold question.
EVERY = 20


def places(first: int, count: int, *, seed: int, annotator: str) -> list[int]:
    """Return which of an annotator's next texts are gold questions; `first` is how many he had before.

    One in each block of twenty, at a place that nobody can foresee.

    >>> len(places(0, 200, seed=0, annotator="ann"))
    10
    """
    return [each - first for each in range(first, first + count) if _is_question(each, seed, annotator)]


def _is_question(place: int, seed: int, annotator: str) -> bool:
    block = place // EVERY
    return place % EVERY == int(EVERY * chance("gold", seed, annotator, block))


def mixed(texts: Sequence[int], questions: Sequence[int], places: Collection[int]) -> list[int]:
    """Put gold questions at their places among the texts; those behind the last text wait.

    >>> mixed([1, 2, 3], [9], [1])
    [1, 9, 2, 3]
    """
    found: list[int] = []
    waiting, left = list(texts), list(questions)
    while waiting or (left and len(found) in places):
        found.append(left.pop(0) if left and len(found) in places else waiting.pop(0))
    return found


def is_right(answer: Annotation, gold: Annotation) -> bool:
    """Say whether all spans and all categories that the gold speaks of are as it says, and no other."""
    spans = gold.spans is None or set(gold.spans) == set(answer.spans or ())
    return spans and (gold.categories is None or set(gold.categories) == set(answer.categories or ()))


def tally(database: Database, project: Project, annotator: str | None) -> Mapping[str, Any] | None:
    """Count the gold questions that were answered, and those answered rightly; None where there is none."""
    found = gold_answers(database, project, annotator=annotator)
    right = [is_right(each.state.annotation(project.schema), each.text.gold or Annotation()) for each in found]
    return {"asked": len(found), "right": sum(right)} if found else None
