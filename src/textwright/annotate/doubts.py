"""How much a text would teach: how unsure a predictor is of it, and how differently several annotate it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import prod

from textwright.schema import Schema
from textwright.types import Annotation, Scores


def doubt(scores: Scores, schema: Schema) -> float:
    """Say how unsure a predictor is of a text: least confidence, 1 minus the probability of its best answer.

    Candidates are taken as independent of each other; of a task with one answer the best label counts.
    Culotta, A. and McCallum, A. (2005), AAAI, 746-751.

    >>> from textwright.types import Span
    >>> doubt(Scores((Span(0, 4, "A", 0.5), Span(0, 9, "B", 0.9))), Schema())
    0.55
    """
    parts = [max(span.score or 0.0, 1 - (span.score or 0.0)) for span in scores.spans]
    by_task: dict[str, list[float]] = {}
    for category in scores.categories:
        by_task.setdefault(category.task, []).append(category.score or 0.0)
    several = {task.name for task in schema.tasks if task.multiple}
    for task, values in by_task.items():
        parts += [max(value, 1 - value) for value in values] if task in several else [max(values)]
    return round(1 - prod(parts), 9)


def difference(said: Sequence[Annotation]) -> float:
    """Say how differently a text was annotated: the mean over all pairs of the share of things that only one has.

    >>> from textwright.types import Span
    >>> difference([Annotation((Span(0, 4, "A"),)), Annotation((Span(0, 4, "A"), Span(5, 9, "B")))])
    0.5
    """
    sets = [{*(each.spans or ()), *(each.categories or ())} for each in said]
    pairs = [1 - len(a & b) / len(a | b) if a | b else 0.0 for a, b in combinations(sets, 2)]
    return sum(pairs) / len(pairs) if pairs else 0.0
