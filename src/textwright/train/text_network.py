"""The recipe for categories of whole texts: a network from scratch, for short texts and long ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from textwright.predictors.text import KIND, MOST_WORDS, VERSION, TextPredictor, from_graph
from textwright.predictors.text_features import EncodedText, Rows, TextFeatures, encode_text
from textwright.schema import Schema
from textwright.train.augment import spoiled
from textwright.train.checkpoint import Checkpoint, settings_of
from textwright.train.fitting import Course, Progress, Settings, keep_quiet, learn
from textwright.train.graph import Precision
from textwright.train.prepare import refuse_same_data, schema_to_learn
from textwright.train.refit import REFIT, again, chosen_by_dev
from textwright.train.text_graph import text_graph_of
from textwright.train.text_module import TextNetwork, TextShape
from textwright.train.topics import (
    CategoryLesson,
    categories_to_learn,
    category_lessons,
    category_score,
    class_weights,
    target_table,
    topics_of,
    tuned_thresholds,
)
from textwright.train.trainers import described
from textwright.types import Example, Scores

Floats = NDArray[np.float32]
# Texts of so many batches are sorted by length together, so that little is filled up.
SORTED_TOGETHER = 16


@dataclass(frozen=True, slots=True)
class TextCase:
    """A text as the network reads it, and its targets; what is not known is NaN."""

    rows: Rows
    targets: Floats


@dataclass(frozen=True, slots=True)
class TextNetworkTrainer:
    """Train a network for whole texts from scratch; `fit` can be called again and gives the same network.

    Without a `schema` the one of the train set is learned. While learning, a text is shown in part,
    another part each time: at least `shortest_crop` words and at most `crop`, so that its length says
    nothing. `noise` is the share of texts that `spoil` changes first. The model reads a text of more
    than `window` words in pieces. `balance` weighs rare labels up: 0 not at all, 1 until all labels count the same.
    `certainty` is the probability that is taught for what an annotation says.
    """

    schema: Schema | None = None
    name: str = "text_network"
    features: TextFeatures = field(default_factory=TextFeatures)
    embedding: int = 64
    hidden: int = 64
    layers: int = 2
    heads: int = 4
    dropout: float = 0.3
    crop: int = 256
    shortest_crop: int = 256
    window: int = MOST_WORDS
    noise: float = 0.0
    spoil: Callable[[str, random.Random], str] = spoiled
    balance: float = 0.0
    certainty: float = 0.95
    settings: Settings = field(default_factory=lambda: Settings(epochs=30, rate=3e-3))
    precision: Precision = "int8"
    report: Callable[[Progress], None] = field(default=keep_quiet, compare=False)
    checkpoint: Checkpoint | None = field(default=None, compare=False)

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> TextPredictor:
        """Learn from `train`, choose and stop early on `dev`. Raise `DataError` when they cannot be learned from."""
        return self.fit_lessons([], train, dev)

    def fit_lessons(
        self, lessons: Sequence[CategoryLesson], train: Sequence[Example], dev: Sequence[Example]
    ) -> TextPredictor:
        """Learn from more lessons, as a teacher gives them, beside the train set."""
        refuse_same_data(train, dev)
        schema = categories_to_learn(train, self.schema or schema_to_learn(train))
        taught = [*category_lessons(train, schema, what="train"), *lessons]
        judged = _Judged.of(category_lessons(dev, schema, what="dev"), self.features)
        network = self._learned(schema, taught, judged)
        model = self._exported(network, schema, {"train": described(train), "dev": described(dev)})
        thresholds = tuned_thresholds(judged.scores(model), judged.lessons, schema)
        return from_graph(model.graph, {**model.config, **({"thresholds": thresholds} if thresholds else {})})

    def refit(self, chosen: TextPredictor, train: Sequence[Example], dev: Sequence[Example]) -> TextPredictor:
        """Learn once more what `fit` chose, now from both, for all epochs; thresholds stay as dev chose them."""
        schema = chosen.schema
        taught = category_lessons([*train, *dev], schema, what="train")
        network = again(self)._learned(schema, taught, _Judged((), ()))
        model = self._exported(network, schema, {"train": described(train), REFIT: described(dev)})
        return from_graph(model.graph, {**model.config, **chosen_by_dev(chosen.config)})

    def _learned(self, schema: Schema, taught: Sequence[CategoryLesson], judged: _Judged) -> TextNetwork:
        torch.manual_seed(self.settings.seed)
        topics = topics_of(schema)
        shape = TextShape(
            self.features.words.rows, len(topics), self.embedding, self.hidden, self.layers, heads=self.heads
        )
        network = TextNetwork(shape, dropout=self.dropout)
        weights = class_weights(taught, schema, strength=self.balance)
        loss = TopicLoss.of(schema, [weights[topic] for topic in topics], self.settings.forget, self.certainty)
        draw = Drawing(taught, target_table(taught, topics).astype(np.float32), self)

        def judge(trained: nn.Module) -> float:
            assert isinstance(trained, TextNetwork)
            return category_score(judged.scores(self._exported(trained, schema, {})), judged.lessons, schema)

        checkpoint = self.checkpoint and self.checkpoint.tied(settings_of(self), schema, taught, judged.lessons)
        chooses = judge if judged.lessons else None
        learn(Course(network, draw, alike, loss, chooses, self.settings, self.report, checkpoint=checkpoint))
        return network

    def _exported(self, network: TextNetwork, schema: Schema, data: Mapping[str, Any]) -> TextPredictor:
        config = {
            "kind": KIND,
            "version": VERSION,
            "name": self.name,
            "schema": schema.to_data(),
            "features": self.features.to_data(),
            "window": self.window,
            "trained": {**data, "settings": asdict(self.settings)},
        }
        return from_graph(text_graph_of(network, precision=self.precision), config)


@dataclass(frozen=True, slots=True)
class _Judged:
    """The texts to judge on, read once for all epochs."""

    lessons: Sequence[CategoryLesson]
    encoded: Sequence[EncodedText]

    @staticmethod
    def of(lessons: Sequence[CategoryLesson], features: TextFeatures) -> _Judged:
        return _Judged(lessons, [encode_text(lesson.text, features) for lesson in lessons])

    def scores(self, model: TextPredictor) -> list[Scores]:
        return [model.reader.scores(model.opinion(words)) for words in self.encoded]


class Drawing:
    """Draw the cases of an epoch: cropped, some of them spoiled. A text is cut into words once."""

    def __init__(self, lessons: Sequence[CategoryLesson], targets: Floats, trainer: TextNetworkTrainer) -> None:
        self.lessons, self.targets, self.trainer = lessons, targets, trainer
        self.read: dict[str, Rows] = {}

    def __call__(self, epoch: int) -> list[TextCase]:
        """Give the texts that have a word."""
        random_ = random.Random(self.trainer.settings.seed * 1000 + epoch)
        cases = (
            TextCase(self._crop(self._rows(lesson.text, random_), random_), each)
            for lesson, each in zip(self.lessons, self.targets, strict=True)
        )
        return [case for case in cases if len(case.rows)]

    def _rows(self, text: str, random_: random.Random) -> Rows:
        """Cut a text into words, or a spoiled one: that differs each time and is not kept."""
        if random_.random() < self.trainer.noise:
            return encode_text(self.trainer.spoil(text, random_), self.trainer.features).rows
        if text not in self.read:
            self.read[text] = encode_text(text, self.trainer.features).rows
        return self.read[text]

    def _crop(self, rows: Rows, random_: random.Random) -> Rows:
        """Take a part that begins anywhere, more often at the very beginning or end, which say most."""
        longest = min(self.trainer.crop, len(rows))
        crop = random_.randint(min(self.trainer.shortest_crop, longest), longest)
        spare = len(rows) - crop
        begin = min(max(random_.randint(-crop, spare + crop), 0), spare)
        return rows[begin : begin + crop]


def alike(cases: Sequence[TextCase], size: int, random_: random.Random) -> Iterator[list[TextCase]]:
    """Part cases into batches of about the same length, in any order."""
    order = list(cases)
    random_.shuffle(order)
    found = []
    for begin in range(0, len(order), size * SORTED_TOGETHER):
        near = sorted(order[begin : begin + size * SORTED_TOGETHER], key=lambda case: len(case.rows))
        found += [near[i : i + size] for i in range(0, len(near), size)]
    random_.shuffle(found)
    yield from found


@dataclass(frozen=True, slots=True)
class TopicLoss:
    """The cross-entropy of a batch, each task by itself; `forget` is the share of features that are hidden."""

    parts: Sequence[tuple[bool, int, int]]
    weights: Tensor
    forget: float
    certainty: float

    @staticmethod
    def of(schema: Schema, weights: Sequence[float], forget: float, certainty: float) -> TopicLoss:
        """Say which topics belong to one task, and whether it has one answer."""
        parts, done = [], 0
        for task in schema.tasks:
            parts.append((task.multiple, done, done + len(task.labels)))
            done += len(task.labels)
        return TopicLoss(parts, torch.tensor(weights, dtype=torch.float32), forget, certainty)

    def __call__(self, network: nn.Module, cases: Sequence[TextCase]) -> Tensor:
        """Give the mean loss of the texts."""
        logits = network(filled(cases, self.forget))
        targets = torch.from_numpy(np.stack([case.targets for case in cases]))
        losses = [
            self._task(logits[:, a:b], targets[:, a:b], self.weights[a:b], several) for several, a, b in self.parts
        ]
        return torch.stack(losses).sum()

    def _task(self, logits: Tensor, targets: Tensor, weights: Tensor, several: bool) -> Tensor:
        known = ~targets.isnan().any(-1)
        if not known.any():
            return logits.sum() * 0.0
        logits, targets = logits[known], targets[known]
        if several:
            spread = targets * (2 * self.certainty - 1) + (1 - self.certainty)
            return (
                nn.functional.binary_cross_entropy_with_logits(logits, spread, pos_weight=weights, reduction="none")
                .sum(-1)
                .mean()
            )
        spread = targets * self.certainty + targets.sum(-1, keepdim=True) * (1 - self.certainty) / targets.shape[-1]
        return -(spread * weights * logits.log_softmax(-1)).sum(-1).mean()


def filled(cases: Sequence[TextCase], forget: float) -> Tensor:
    """Stack feature numbers, [texts, words, width], filled up with 0 and a share of the features hidden."""
    longest, width = max(len(case.rows) for case in cases), cases[0].rows.shape[1]
    rows = np.zeros((len(cases), longest, width), dtype=np.int64)
    for place, case in enumerate(cases):
        rows[place, : len(case.rows)] = case.rows
    stacked = torch.from_numpy(rows)
    return stacked * (torch.rand(stacked.shape) >= forget) if forget else stacked
