"""Judge categories on the texts that also tune their thresholds, without flattery, and say how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textwright.schema import Schema, Task
from textwright.train.topics import (
    BORROWED,
    CategoryLesson,
    Topic,
    score_table,
    target_table,
    topics_of,
    tuned_thresholds,
)
from textwright.types import Scores

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was chosen and what is right, [texts, topics] each."""

    topics: tuple[Topic, ...]
    chosen: Bools
    right: Bools

    def of_task(self, task: str) -> Judged:
        """Keep one task."""
        columns = [place for place, topic in enumerate(self.topics) if topic[0] == task]
        return Judged(tuple(self.topics[place] for place in columns), self.chosen[:, columns], self.right[:, columns])

    def of_label(self, topic: Topic) -> Judged:
        """Keep one label of a task."""
        column = [self.topics.index(topic)]
        return Judged((topic,), self.chosen[:, column], self.right[:, column])


def cross_fitted(
    scores: Sequence[Scores], lessons: Sequence[CategoryLesson], schema: Schema, *, borrowed: float = BORROWED
) -> Judged:
    """Choose by thresholds that each half of the texts has from the other half."""
    topics = topics_of(schema)
    chances, right = score_table(scores, topics), target_table(lessons, topics) >= 0.5
    chosen = np.zeros_like(right)
    for half in (0, 1):
        own, other = slice(half, None, 2), slice(1 - half, None, 2)
        thresholds = tuned_thresholds(scores[other], lessons[other], schema, borrowed=borrowed)
        chosen[own] = np.hstack([_chosen(task, chances[own], topics, thresholds) for task in schema.tasks])
    return Judged(tuple(topics), chosen, right)


def _chosen(
    task: Task, chances: NDArray[np.float64], topics: Sequence[Topic], thresholds: dict[str, dict[str, float]]
) -> Bools:
    own = chances[:, [place for place, topic in enumerate(topics) if topic[0] == task.name]]
    if task.multiple:
        least = [thresholds[task.name][label.name] for label in task.labels]
        reached: Bools = own >= np.array(least)
        return reached
    best: Bools = own.argmax(axis=1)[:, None] == np.arange(own.shape[1])
    return best


def macro_f1(judged: Judged) -> float:
    """Give the mean F1 of the labels that occur."""
    return float(_macro_f1(judged, np.ones((1, len(judged.right))))[0])


def interval(judged: Judged, *, draws: int = 1000, seed: int = 0) -> tuple[float, float]:
    """Give the range that holds the mean F1 in 95 of 100 data sets drawn from these texts (bootstrap)."""
    texts = len(judged.right)
    drawn = np.random.default_rng(seed).multinomial(texts, np.full(texts, 1 / texts), size=draws)
    low, high = np.quantile(_macro_f1(judged, drawn.astype(np.float64)), (0.025, 0.975))
    return float(low), float(high)


def _macro_f1(judged: Judged, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weigh texts in several ways, [ways, texts]; give the mean F1 for each way."""
    occurs = judged.right.any(axis=0)
    chosen, right = judged.chosen[:, occurs].astype(float), judged.right[:, occurs].astype(float)
    both, total = weights @ (chosen * right), weights @ (chosen + right)
    mean: NDArray[np.float64] = (2 * both / np.maximum(total, 1e-9)).mean(axis=1)
    return mean


def figures(judged: Judged, schema: Schema) -> str:
    """Write a table: macro-F1 of each task with its interval, then each label's F1."""
    lines = ["| task | label | texts | F1 | 95 % |", "| --- | --- | ---: | ---: | --- |"]
    for task in schema.tasks:
        own = judged.of_task(task.name)
        lines.append(_line(own, task.name, f"all {len(task.labels)} (macro)", len(own.right)))
        for label in task.labels:
            one = own.of_label((task.name, label.name))
            lines.append(_line(one, task.name, label.name, int(one.right.sum())))
    return "\n".join(lines)


def _line(judged: Judged, task: str, label: str, texts: int) -> str:
    low, high = interval(judged)
    return f"| {task} | {label} | {texts} | {macro_f1(judged):.3f} | {low:.3f}-{high:.3f} |"
