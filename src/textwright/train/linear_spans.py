"""Spans by a linear model: what a word and its neighbours are made of adds to where spans begin and end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from textwright.decode import nesting_of
from textwright.predictors.features import Features
from textwright.predictors.onnx import KIND, VERSION, OnnxPredictor, from_graph
from textwright.predictors.windows import Window
from textwright.schema import Schema
from textwright.train.fitting import Course, Progress, Settings, forgetful, keep_quiet, learn, span_loss
from textwright.train.graph import GraphWriter, Precision, edge_scores, finished, length_biases, looked_up, neighbours
from textwright.train.prepare import (
    Case,
    Lesson,
    batches,
    cases_of,
    lessons_of,
    refuse_same_data,
    schema_to_learn,
    span_f1,
)
from textwright.train.refit import REFIT, chosen_by_dev
from textwright.train.trainers import described
from textwright.types import Example

LENGTHS = 16


class LinearSpans(nn.Module):
    """Score every span by the features of its edges, of what lies between, of their neighbours, and its length.

    Nothing bends what is added up: `edges` takes the summed features of five words to scores.
    """

    def __init__(self, rows: int, labels: int, *, embedding: int = 48, reach: int = 2) -> None:
        super().__init__()
        self.labels, self.lengths, self.reach = labels, LENGTHS, reach
        self.features = nn.EmbeddingBag(rows + 1, embedding, mode="sum", padding_idx=0)
        nn.init.normal_(self.features.weight, std=0.1)
        with torch.no_grad():
            self.features.weight[0] = 0
        self.edges = nn.Linear((2 * reach + 1) * embedding, 3 * labels)
        self.length_bias = nn.Parameter(torch.zeros(LENGTHS, labels))
        with torch.no_grad():
            self.edges.bias.fill_(-1.0)

    def forward(self, rows: Tensor) -> Tensor:
        """Map [texts, words, width] to [texts, labels, words, words]."""
        texts, words, width = rows.shape
        summed = self.features(rows.reshape(texts * words, width)).view(texts, words, -1)
        around = nn.functional.pad(summed, (0, 0, self.reach, self.reach))
        seen = torch.cat([around[:, shift : shift + words] for shift in range(2 * self.reach + 1)], dim=-1)
        start, end, inside = self.edges(seen).transpose(1, 2).chunk(3, dim=1)
        until = inside.cumsum(-1)
        scores: Tensor = (start - (until - inside)).unsqueeze(-1) + (end + until).unsqueeze(-2)
        return scores + self._length_biases(words)

    def _length_biases(self, words: int) -> Tensor:
        place = torch.arange(words)
        lengths = (place.unsqueeze(0) - place.unsqueeze(1)).clamp(0, self.lengths - 1)
        return self.length_bias[lengths].permute(2, 0, 1)


def linear_spans_graph(network: LinearSpans, *, precision: Precision = "int8") -> bytes:
    """Write the model as a graph that is read as a span network's is."""
    writer = GraphWriter(precision)
    seen = neighbours(writer, looked_up(writer, network.features), 2 * network.reach + 1)
    edges = edge_scores(writer, writer.linear(seen, network.edges))
    writer.named("scores", writer.op("Add", edges, length_biases(writer, seen, network)))
    return finished(writer, {"scores": ["texts", network.labels, "words", "words"]})


@dataclass(frozen=True, slots=True)
class LinearSpanTrainer:
    """Train a linear model of spans; `fit` can be called again and gives the same model."""

    schema: Schema | None = None
    name: str = "linear"
    features: Features = field(default_factory=Features)
    settings: Settings = field(default_factory=Settings)
    report: Callable[[Progress], None] = field(default=keep_quiet, compare=False)

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> OnnxPredictor:
        """Learn from `train`, choose and stop early on `dev`. Raise `DataError` when they cannot be learned from."""
        refuse_same_data(train, dev)
        schema = self.schema or schema_to_learn(train)
        taught, judged = lessons_of(train, schema, what="train"), lessons_of(dev, schema, what="dev")
        network = self._learned(schema, taught, judged)
        return self._exported(network, schema, {"train": described(train), "dev": described(dev)})

    def refit(self, chosen: OnnxPredictor, train: Sequence[Example], dev: Sequence[Example]) -> OnnxPredictor:
        """Learn once more what `fit` chose, now from both, for all epochs."""
        schema = chosen.schema
        network = self._learned(schema, lessons_of([*train, *dev], schema, what="train"), ())
        model = self._exported(network, schema, {"train": described(train), REFIT: described(dev)})
        return from_graph(model.graph, {**model.config, **chosen_by_dev(chosen.config)})

    def _learned(self, schema: Schema, taught: Sequence[Lesson], judged: Sequence[Lesson]) -> LinearSpans:
        torch.manual_seed(self.settings.seed)
        network = LinearSpans(self.features.rows, len(schema.spans))
        cases = cases_of(taught, self.features, schema.spans)

        def inputs(batch: Sequence[Case]) -> tuple[Tensor]:
            return (forgetful(batch, self.settings.forget),)

        def judge(trained: nn.Module) -> float:
            assert isinstance(trained, LinearSpans)
            return span_f1(self._exported(trained, schema, {}), judged)

        loss = span_loss(nesting_of(schema), inputs)
        chooses = judge if judged else None
        learn(Course(network, lambda _: cases, batches, loss, chooses, self.settings, self.report))
        return network

    def _exported(self, network: LinearSpans, schema: Schema, data: Mapping[str, Any]) -> OnnxPredictor:
        config = {
            "kind": KIND,
            "version": VERSION,
            "name": self.name,
            "schema": schema.to_data(),
            "features": self.features.to_data(),
            "window": asdict(Window(reach=2)),
            "trained": {**data, "settings": asdict(self.settings)},
        }
        return from_graph(linear_spans_graph(network), config)
