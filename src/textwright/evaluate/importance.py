"""Which words of a text matter for a label, by leaving each out; the same numbers as in TypeScript."""

from __future__ import annotations

from typing import Protocol

from textwright.errors import SchemaError
from textwright.predictor import Predictor, Scorer
from textwright.predictors.features import pieces
from textwright.schema import Task
from textwright.types import Scores, Span


class ScoringPredictor(Predictor, Scorer, Protocol):
    """A predictor of whole texts that knows probabilities."""


def importance(
    model: ScoringPredictor, text: str, *, task: str | None = None, label: str | None = None, most: int = 100
) -> list[Span]:
    """Give for each word by how much a label's probability falls when the word is left out; below 0 it rises.

    Of a text with more than `most` words, stretches of several words are left out together. The task is
    the model's first unless named, the label the likeliest. Raise `SchemaError` for one that is unknown.
    This is occlusion (Zeiler and Fergus, ECCV 2014, section 4.2).
    """
    asked = _task(model, task)
    places = _stretches(text, most)
    whole, *found = model.score([text, *(text[:start] + text[end:] for start, end in places)])
    chosen = _likeliest(whole, asked) if label is None else _known(label, asked)
    before = _chance(whole, asked, chosen)
    return [
        Span(start, end, chosen, before - _chance(without, asked, chosen))
        for (start, end), without in zip(places, found, strict=True)
    ]


def _stretches(text: str, most: int) -> list[tuple[int, int]]:
    """Give the places of the words, or of `most` stretches of equally many words, the last perhaps fewer."""
    if most < 1:
        raise ValueError(f"most is {most}, must be at least 1")
    words = [(start, end) for _, start, end, _ in pieces(text, characters=True) if start < end]
    each = max(1, -(-len(words) // most))
    stretches = (words[begin : begin + each] for begin in range(0, len(words), each))
    return [(stretch[0][0], stretch[-1][1]) for stretch in stretches]


def _task(model: ScoringPredictor, name: str | None) -> Task:
    tasks = model.schema.tasks
    found = next((task for task in tasks if name in (None, task.name)), None)
    if found is None:
        names = ", ".join(task.name for task in tasks) or "none"
        raise SchemaError(f"the model has no task {name or 'at all'}. Tasks: {names}")
    return found


def _known(label: str, task: Task) -> str:
    names = [each.name for each in task.labels]
    if label not in names:
        raise SchemaError(f"the task {task.name} has no label {label}. Labels: {', '.join(names)}")
    return label


def _likeliest(scores: Scores, task: Task) -> str:
    own = [each for each in scores.categories if each.task == task.name]
    return max(own, key=lambda each: each.score or 0.0).label


def _chance(scores: Scores, task: Task, label: str) -> float:
    own = (each.score for each in scores.categories if (each.task, each.label) == (task.name, label))
    return next(own, None) or 0.0
