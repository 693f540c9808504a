"""Whether a model that was trained on a few texts may suggest yet, judged on the texts that were set aside.

A wrong suggestion costs as much as a missing one: it is taken away, and the right one made. So a model suggests
once it is right more often than not, and no worse than what suggests already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textwright.annotate.bias import f1, pair
from textwright.annotate.suggesting import safe_answers
from textwright.predictor import Predictor
from textwright.store.database import Database
from textwright.store.held_out import is_set_aside
from textwright.store.projects import Project
from textwright.store.suggestions import suggestions_of
from textwright.store.tasks import numbers_by_id
from textwright.types import Annotation, Example

# The F1, over spans and categories together, from which on suggestions save more than they cost.
ENOUGH = 0.5


def may_suggest(predictor: Predictor, other: str | None, data: Iterable[Example], at: tuple[Database, Project]) -> bool:
    """Say whether a predictor may suggest instead of the `other` source, by what was handed in of what was set aside.

    `data` is what was annotated, `at` where suggestions are kept. Without such texts nothing speaks against it.
    """
    judged = [each for each in data if is_set_aside(each.meta)]
    said = [answer.annotation or Annotation() for answer in safe_answers(predictor, [each.text for each in judged])]
    own = _f1(judged, said)
    return own is None or own >= max(ENOUGH, _f1_of(other, judged, at) or 0.0)


def _f1(judged: Sequence[Example], said: Sequence[Annotation]) -> float | None:
    return f1([pair(each.gold, answer) for each, answer in zip(judged, said, strict=True)])


def _f1_of(source: str | None, judged: Sequence[Example], at: tuple[Database, Project]) -> float | None:
    """Give the F1 of what a source proposed before; texts that it said nothing of are left out."""
    if source is None:
        return None
    numbers = numbers_by_id(*at, [each.id for each in judged])
    kept = suggestions_of(at[0], numbers.values())
    found = {each.id: [one for one in kept.get(numbers[each.id], ()) if one.source == source] for each in judged}
    known = [each for each in judged if found[each.id]]
    return _f1(known, [found[each.id][0].annotation for each in known])
