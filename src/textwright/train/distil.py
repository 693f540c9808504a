"""Teach a small network for whole texts what larger models think of many texts that nobody annotated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from textwright.errors import DataError
from textwright.leakage import apart_from
from textwright.predictor import Scorer
from textwright.predictors.text import TextPredictor
from textwright.train.text_network import TextNetworkTrainer
from textwright.train.topics import CategoryLesson, soft_category_lessons
from textwright.train.trainers import refuse_dev_in_pool, with_pool
from textwright.types import Example


@dataclass(frozen=True, slots=True)
class TextDistilTrainer:
    """What `DistilTrainer` is for spans, for categories: the pool is learned as the teachers see it."""

    teachers: Sequence[Scorer]
    pool: Sequence[str]
    student: TextNetworkTrainer = field(default_factory=TextNetworkTrainer)

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> TextPredictor:
        """Learn from the teachers and from `train`. Raise `DataError` when the pool holds a text of `dev`."""
        if not self.teachers:
            raise DataError("distil needs at least one teacher")
        refuse_dev_in_pool(self.pool, dev)
        pool = apart_from(self.pool, [example.text for example in dev])
        opinions = [soft_category_lessons(pool, teacher.score(pool)) for teacher in self.teachers]
        lessons = [mean_opinion(each) for each in zip(*opinions, strict=True)]
        return with_pool(self.student.fit_lessons(lessons, train, dev), pool)


def mean_opinion(opinions: Sequence[CategoryLesson]) -> CategoryLesson:
    """Average what several teachers think of one text; a label counts with those who know it.

    >>> sure, unsure = CategoryLesson("Hm", {("mood", "joy"): 1.0}), CategoryLesson("Hm", {("mood", "joy"): 0.5})
    >>> mean_opinion([sure, unsure]).targets
    {('mood', 'joy'): 0.75}
    """
    topics = dict.fromkeys(topic for each in opinions for topic in each.targets)
    chances = {topic: [each.targets[topic] for each in opinions if topic in each.targets] for topic in topics}
    return CategoryLesson(opinions[0].text, {topic: sum(each) / len(each) for topic, each in chances.items()})
