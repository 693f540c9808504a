"""What every way of learning categories of whole texts shares: targets, class weights, scores, thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from textwright.errors import DataError
from textwright.schema import Schema, Task
from textwright.types import Category, Example, Scores

Floats = NDArray[np.float64]
# A task and one of its labels.
Topic = tuple[str, str]
# Thresholds that are tried, and the positive texts' worth of all labels together that each label borrows.
TRIED = np.arange(0.02, 0.981, 0.01)
BORROWED = 10.0
# What the log-loss counts beside the share of right answers: it moves where the share stands still.
LITTLE, WORST = 0.05, 5.0


@dataclass(frozen=True, slots=True)
class CategoryLesson:
    """A text with the probability of each (task, label) to be taught; of what is missing nothing is known."""

    text: str
    targets: Mapping[Topic, float]


def topics_of(schema: Schema) -> list[Topic]:
    """List every task with each of its labels, in the order of the schema."""
    return [(task.name, label.name) for task in schema.tasks for label in task.labels]


def categories_to_learn(examples: Iterable[Example], schema: Schema) -> Schema:
    """Keep of a schema the tasks that examples speak of, without labels of spans."""
    seen = {category.task for example in examples for category in example.gold.categories or ()}
    tasks = tuple(task for task in schema.tasks if task.name in seen)
    return replace(schema, labels=(), rules=(), tasks=tasks)


def category_lessons(examples: Iterable[Example], schema: Schema, *, what: str) -> list[CategoryLesson]:
    """Take the annotated categories of examples, a category's score being its probability.

    Raise `DataError` when there is none, when a task or label is unknown, and when the train set
    (`what` is "train") has one label alone of a task.
    """
    annotated = [example for example in examples if example.gold.categories is not None]
    if not annotated:
        raise DataError(f"the {what} set has no example with categories; a model of whole texts learns from them")
    _refuse_unknown(annotated, schema, what)
    lessons = [CategoryLesson(example.text, _targets(example.gold.categories or (), schema)) for example in annotated]
    if what == "train":
        for task in schema.tasks:
            _refuse_one_label(task, lessons)
    return lessons


def _refuse_unknown(examples: Iterable[Example], schema: Schema, what: str) -> None:
    topics = set(topics_of(schema))
    for example in examples:
        for category in example.gold.categories or ():
            if (category.task, category.label) not in topics:
                known = ", ".join(label for task, label in topics_of(schema) if task == category.task) or "none"
                raise DataError(
                    f"the {what} set has the label {category.label!r} of task {category.task!r} that is not to be "
                    f"learned (example {example.id}). Known labels of this task: {known}"
                )


def _targets(categories: Sequence[Category], schema: Schema) -> dict[Topic, float]:
    """Give each label of an answered task its probability; a task with one answer may be left open."""
    given = {(each.task, each.label): 1.0 if each.score is None else each.score for each in categories}
    answered = {task for task, _ in given}
    return {
        (task.name, label.name): given.get((task.name, label.name), 0.0)
        for task in schema.tasks
        if task.multiple or task.name in answered
        for label in task.labels
    }


def _refuse_one_label(task: Task, lessons: Iterable[CategoryLesson]) -> None:
    found = {topic[1] for each in lessons for topic, chance in each.targets.items() if topic[0] == task.name and chance}
    if len(found) < 1 + (not task.multiple):
        had = f"the label {min(found)!r} alone" if found else "no label"
        raise DataError(f"the train set has {had} of task {task.name!r}; to tell labels apart takes two or more")


def soft_category_lessons(texts: Iterable[str], scores: Iterable[Scores]) -> list[CategoryLesson]:
    """Teach what a teacher thinks of texts: each category with its probability."""
    return [
        CategoryLesson(text, {(c.task, c.label): c.score or 0.0 for c in each.categories})
        for text, each in zip(texts, scores, strict=True)
    ]


def target_table(lessons: Sequence[CategoryLesson], topics: Sequence[Topic]) -> Floats:
    """Stack targets, [texts, topics]; what is not known is NaN."""
    return np.array([[each.targets.get(topic, np.nan) for topic in topics] for each in lessons]).reshape(
        -1, len(topics)
    )


def score_table(scores: Sequence[Scores], topics: Sequence[Topic]) -> Floats:
    """Stack a model's probabilities, [texts, topics]; a category that it does not name has 0."""
    given = [{(each.task, each.label): each.score or 0.0 for each in text.categories} for text in scores]
    return np.array([[text.get(topic, 0.0) for topic in topics] for text in given]).reshape(-1, len(topics))


def class_weights(lessons: Sequence[CategoryLesson], schema: Schema, *, strength: float = 1.0) -> dict[Topic, float]:
    """Weigh labels so that rare ones count as much as usual ones; 0 leaves all as they are, 1 makes them even.

    Of a task with one answer the mean weight of a text is about 1; of one with several it is the
    weight of a text that has the label beside one that has not.
    """
    weights: dict[Topic, float] = {}
    for task in schema.tasks:
        topics = topics_of(replace(schema, tasks=(task,)))
        targets = target_table(lessons, topics)
        counts, known = np.nansum(targets, axis=0), (~np.isnan(targets)).sum(axis=0)
        even = (
            (known - counts) / np.maximum(counts, 1) if task.multiple else known / np.maximum(counts, 1) / len(topics)
        )
        for topic, count, weight in zip(topics, counts, even, strict=True):
            weights[topic] = float(max(weight, 1e-3) ** strength) if count else 1.0
    return weights


def category_score(scores: Sequence[Scores], gold: Sequence[CategoryLesson], schema: Schema) -> float:
    """Judge a model to choose the best epoch by, the mean over tasks; higher is better.

    A task with several answers: the mean F1 of its labels at the thresholds that suit it best. Any
    other: the share of right answers, less a little of the log-loss.
    """
    return float(np.mean([_task_score(task, scores, gold, schema) for task in schema.tasks]))


def _task_score(task: Task, scores: Sequence[Scores], gold: Sequence[CategoryLesson], schema: Schema) -> float:
    chances, targets = _known_tables(task, scores, gold, schema)
    if not len(targets):
        return 0.0
    if not task.multiple:
        losses = -np.log(np.maximum((chances * targets).sum(axis=1), 1e-9))
        right = chances.argmax(axis=1) == targets.argmax(axis=1)
        return float(right.mean() - LITTLE * min(losses.mean(), WORST))
    best = _thresholds(chances, targets >= 0.5)
    chosen = chances >= best
    both, total = (chosen & (targets >= 0.5)).sum(axis=0), chosen.sum(axis=0) + (targets >= 0.5).sum(axis=0)
    occur = (targets >= 0.5).any(axis=0)
    return float((2 * both / np.maximum(total, 1))[occur].mean()) if occur.any() else 0.0


def _known_tables(
    task: Task, scores: Sequence[Scores], gold: Sequence[CategoryLesson], schema: Schema
) -> tuple[Floats, Floats]:
    """Give what a model says and what is right, of the texts where it is known."""
    topics = topics_of(replace(schema, tasks=(task,)))
    chances, targets = score_table(scores, topics), target_table(gold, topics)
    known = ~np.isnan(targets).any(axis=1)
    return chances[known], targets[known]


def tuned_thresholds(
    scores: Sequence[Scores], gold: Sequence[CategoryLesson], schema: Schema, *, borrowed: float = BORROWED
) -> dict[str, dict[str, float]]:
    """Find for each label of a task with several answers the least probability that makes its F1 best.

    Each label borrows from all labels together what is worth so many positive texts, so that one with
    a handful of texts gets about the threshold that suits all. With thousands of texts borrow less.
    """
    found: dict[str, dict[str, float]] = {}
    for task in schema.tasks:
        chances, targets = _known_tables(task, scores, gold, schema)
        if task.multiple and len(targets):
            best = _thresholds(chances, targets >= 0.5, borrowed)
            found[task.name] = {
                label.name: round(float(least), 2) for label, least in zip(task.labels, best, strict=True)
            }
    return found


def _thresholds(chances: Floats, right: NDArray[np.bool_], borrowed: float = BORROWED) -> Floats:
    """Give the best threshold of each column."""
    chosen = chances[None] >= TRIED[:, None, None]
    both, count = (chosen & right).sum(axis=1).astype(float), chosen.sum(axis=1).astype(float)
    positive = right.sum(axis=0).astype(float)
    share = borrowed / max(positive.sum(), 1.0)
    f1 = 2 * _borrowed(both, share) / np.maximum(_borrowed(count, share) + _borrowed(positive, share), 1e-9)
    best: Floats = TRIED[f1.argmax(axis=0)]
    return best


def _borrowed(counts: Floats, share: float) -> Floats:
    """Add to each label's count a share of the count of all labels."""
    total: Floats = counts + share * counts.sum(axis=-1, keepdims=True)
    return total
