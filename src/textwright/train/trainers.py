"""Recipes for spans: `network` learns from annotated texts, `distil` from teachers as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from textwright.dataset import Dataset
from textwright.decode import nesting_of
from textwright.errors import DataError
from textwright.leakage import apart_from
from textwright.predictor import Scorer
from textwright.predictors.features import Features
from textwright.predictors.onnx import KIND, VERSION, OnnxPredictor, from_graph
from textwright.predictors.text import TextPredictor
from textwright.predictors.windows import Window
from textwright.schema import Schema
from textwright.train.checkpoint import Checkpoint, settings_of
from textwright.train.fitting import Course, Progress, Settings, forgetful, keep_quiet, learn, span_loss
from textwright.train.graph import Precision, graph_of
from textwright.train.network import Shape, SpanNetwork
from textwright.train.prepare import (
    Case,
    Lesson,
    batches,
    cases_of,
    label_weights,
    lessons_of,
    refuse_same_data,
    schema_to_learn,
    soft_lessons,
    span_f1,
)
from textwright.train.refit import REFIT, again, chosen_by_dev
from textwright.types import Example, Span

Student = TypeVar("Student", OnnxPredictor, TextPredictor)


@dataclass(frozen=True, slots=True)
class NetworkTrainer:
    """Train a span network from scratch; `fit` can be called again and gives the same network.

    Without a `schema` the one of the train set is learned. `noise` is the share of texts that are
    spoiled (case, dashes, punctuation, pay) before they are shown; `balance`, from 0 to 1, lets rare
    labels count more. With a `checkpoint` a training that was killed goes on when it is started again.
    """

    schema: Schema | None = None
    name: str = "network"
    features: Features = field(default_factory=Features)
    embedding: int = 96
    hidden: int = 128
    layers: int = 5
    dropout: float = 0.3
    noise: float = 0.1
    balance: float = 0.0
    settings: Settings = field(default_factory=Settings)
    precision: Precision = "int8"
    report: Callable[[Progress], None] = field(default=keep_quiet, compare=False)
    checkpoint: Checkpoint | None = field(default=None, compare=False)

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> OnnxPredictor:
        """Learn from `train`, choose and stop early on `dev`. Raise `DataError` when they cannot be learned from."""
        return self.fit_lessons([], train, dev)

    def fit_lessons(self, lessons: Sequence[Lesson], train: Sequence[Example], dev: Sequence[Example]) -> OnnxPredictor:
        """Learn from more lessons beside the train set."""
        refuse_same_data(train, dev)
        schema = self.schema or schema_to_learn(train)
        taught = [*lessons_of(train, schema, what="train"), *lessons]
        judged = lessons_of(dev, schema, what="dev")
        network = self._learned(schema, taught, judged)
        return self._exported(network, schema, {"train": described(train), "dev": described(dev)})

    def refit(self, chosen: OnnxPredictor, train: Sequence[Example], dev: Sequence[Example]) -> OnnxPredictor:
        """Learn once more what `fit` chose, now from both, for all epochs."""
        schema = chosen.schema
        taught = lessons_of([*train, *dev], schema, what="train")
        network = again(self)._learned(schema, taught, ())
        model = self._exported(network, schema, {"train": described(train), REFIT: described(dev)})
        return from_graph(model.graph, {**model.config, **chosen_by_dev(chosen.config)})

    def _learned(self, schema: Schema, taught: Sequence[Lesson], judged: Sequence[Lesson]) -> SpanNetwork:
        torch.manual_seed(self.settings.seed)
        shape = Shape(self.features.rows, len(schema.spans), self.embedding, self.hidden, self.layers)
        network = SpanNetwork(shape, dropout=self.dropout)

        def draw(epoch: int) -> list[Case]:
            seed = self.settings.seed * 1000 + epoch
            return cases_of(taught, self.features, schema.spans, noise=self.noise, seed=seed)

        def inputs(cases: Sequence[Case]) -> tuple[Tensor]:
            return (forgetful(cases, self.settings.forget),)

        def judge(trained: nn.Module) -> float:
            assert isinstance(trained, SpanNetwork)
            return span_f1(self._exported(trained, schema, {}), judged)

        weights = label_weights(taught, nesting_of(schema), strength=self.balance)
        loss = span_loss(nesting_of(schema), inputs, weights)
        checkpoint = self.checkpoint and self.checkpoint.tied(settings_of(self), schema, taught, judged)
        chooses = judge if judged else None
        learn(Course(network, draw, batches, loss, chooses, self.settings, self.report, checkpoint=checkpoint))
        return network

    def _exported(self, network: SpanNetwork, schema: Schema, data: Mapping[str, Any]) -> OnnxPredictor:
        config = {
            "kind": KIND,
            "version": VERSION,
            "name": self.name,
            "schema": schema.to_data(),
            "features": self.features.to_data(),
            "window": asdict(Window(reach=self.layers)),
            "trained": {**data, "settings": asdict(self.settings)},
        }
        return from_graph(graph_of(network, precision=self.precision), config)


@dataclass(frozen=True, slots=True)
class DistilTrainer:
    """Teach a small network what larger ones think of many texts that nobody annotated.

    The student learns the train set as it is annotated and the pool as the teachers see it, their
    probabilities averaged. Texts of the pool that differ from one of `dev` in case, white space and
    punctuation alone are left out; the model's card counts those that were used.
    """

    teachers: Sequence[Scorer]
    pool: Sequence[str]
    student: NetworkTrainer = field(default_factory=NetworkTrainer)

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> OnnxPredictor:
        """Learn from the teachers and from `train`. Raise `DataError` when the pool holds a text of `dev`."""
        if not self.teachers:
            raise DataError("distil needs at least one teacher")
        refuse_dev_in_pool(self.pool, dev)
        pool = apart_from(self.pool, [example.text for example in dev])
        opinions = [soft_lessons(pool, teacher.score(pool)) for teacher in self.teachers]
        lessons = [mean_lesson(each) for each in zip(*opinions, strict=True)]
        return with_pool(self.student.fit_lessons(lessons, train, dev), pool)


def with_pool(model: Student, pool: Sequence[str]) -> Student:
    """Name the pool among the data that a model was trained on."""
    texts = described([Example(str(place), text) for place, text in enumerate(pool)])
    return replace(model, config={**model.config, "trained": {**model.config["trained"], "pool": texts}})


def mean_lesson(opinions: Sequence[Lesson]) -> Lesson:
    """Average what several teachers think of one text."""
    total: dict[tuple[int, int, str], float] = {}
    for span in chain.from_iterable(opinion.spans for opinion in opinions):
        key = (span.start, span.end, span.label)
        total[key] = total.get(key, 0.0) + (1.0 if span.score is None else span.score)
    spans = (Span(*key, score=each / len(opinions)) for key, each in sorted(total.items()))
    return Lesson(opinions[0].text, tuple(spans))


def refuse_dev_in_pool(pool: Sequence[str], dev: Sequence[Example]) -> None:
    """Raise `DataError` when a text to learn from is one of those to be judged on."""
    held_out = {example.text for example in dev}
    for place, text in enumerate(pool, start=1):
        if text in held_out:
            raise DataError(
                f"unlabelled text {place}, {text[:60]!r}, is in the dev set too; take it out of one of them"
            )


def described(examples: Sequence[Example]) -> dict[str, Any]:
    """Name a data set so that it can be recognised: its size and fingerprint."""
    data = examples if isinstance(examples, Dataset) else Dataset(examples)
    return {"name": data.name, "examples": len(data), "fingerprint": data.fingerprint}
