"""Fine-tune a pretrained encoder, for spans or for categories of whole texts: exact, and large.

Any folder that transformers reads as an encoder with a fast tokeniser will do; without one it is
MiniLM-L6, which comes inside a package, so that nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from textwright.decode import nesting_of
from textwright.predictors.features import Features
from textwright.predictors.transformer import KIND, VERSION, Arrays, Run, TransformerPredictor, from_files
from textwright.predictors.windows import Window
from textwright.schema import Schema
from textwright.train.checkpoint import Checkpoint, settings_of
from textwright.train.encoder import Encoder, open_encoder
from textwright.train.encoder_graph import graph_of
from textwright.train.fitting import Course, Progress, Settings, keep_quiet, learn, span_loss
from textwright.train.prepare import Lesson, label_weights, lessons_of, refuse_same_data, schema_to_learn, span_f1
from textwright.train.prepare import batches as equally_long
from textwright.train.quantise import Precision
from textwright.train.refit import REFIT, again, chosen_by_dev
from textwright.train.span_encoder import PieceCase, SpanEncoder, span_cases, span_inputs
from textwright.train.text_encoder import TextEncoder, alike, category_loss, text_cases
from textwright.train.topics import (
    CategoryLesson,
    categories_to_learn,
    category_lessons,
    category_score,
    class_weights,
    topics_of,
    tuned_thresholds,
)
from textwright.train.trainers import described
from textwright.types import Example

# How far around a word the encoder is trusted to see, where a long text is read in windows.
REACH = 32
SPANS = Settings(epochs=10, patience=4, batch=32, rate=1e-3, average=0.99)
WHOLE_TEXTS = Settings(epochs=8, patience=3, batch=32, rate=1e-3, average=0.99)

Layer = Literal["spans", "categories"]


@dataclass(frozen=True, slots=True)
class TransformerTrainer:
    """Fine-tune an encoder for what the train set has annotated: spans, else categories of whole texts.

    `gently` is the share of the rate at which what the encoder knows already changes, `pieces` how
    many it reads at once (longer texts are read in windows). `balance` says how much more rare
    labels count, from 0 to 1. With a `checkpoint` a training that was killed goes on
    when it is started again.
    """

    encoder: str | Path | None = None
    schema: Schema | None = None
    name: str = "transformer"
    layer: Layer | None = None
    features: Features = field(default_factory=Features)
    settings: Settings | None = None
    gently: float = 0.12
    pieces: int = 256
    dropout: float = 0.1
    balance: float = 0.0
    precision: Precision = "int8"
    report: Callable[[Progress], None] = field(default=keep_quiet, compare=False)
    checkpoint: Checkpoint | None = field(default=None, compare=False)

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> TransformerPredictor:
        """Learn from `train`, choose and stop early on `dev`. Raise `DataError` when they cannot be learned from."""
        refuse_same_data(train, dev)
        if self._layer(train) == "spans":
            return self._fit_spans(train, dev)
        return self._fit_categories(train, dev)

    def refit(
        self, chosen: TransformerPredictor, train: Sequence[Example], dev: Sequence[Example]
    ) -> TransformerPredictor:
        """Learn once more what `fit` chose, now from both, for all epochs; thresholds stay as dev chose them."""
        schema, examples = chosen.schema, [*train, *dev]
        data = {"train": described(train), REFIT: described(dev)}
        if schema.labels:
            model = again(self)._learn_spans(schema, lessons_of(examples, schema, what="train"), (), data)
        else:
            model = again(self)._learn_categories(schema, category_lessons(examples, schema, what="train"), (), data)
        return replace(model, config={**model.config, **chosen_by_dev(chosen.config)})

    def _layer(self, train: Sequence[Example]) -> Layer:
        spans = any(example.gold.spans is not None for example in train)
        categories = any(example.gold.categories is not None for example in train)
        return self.layer or ("categories" if categories and not spans else "spans")

    # --- categories ---

    def _fit_categories(self, train: Sequence[Example], dev: Sequence[Example]) -> TransformerPredictor:
        schema = categories_to_learn(train, self.schema or schema_to_learn(train))
        taught = category_lessons(train, schema, what="train")
        judged = category_lessons(dev, schema, what="dev")
        model = self._learn_categories(schema, taught, judged, {"train": described(train), "dev": described(dev)})
        scores = model.score([lesson.text for lesson in judged])
        return with_thresholds(model, tuned_thresholds(scores, judged, schema))

    def _learn_categories(
        self,
        schema: Schema,
        taught: Sequence[CategoryLesson],
        judged: Sequence[CategoryLesson],
        data: Mapping[str, Any],
    ) -> TransformerPredictor:
        settings, encoder = self._begin(WHOLE_TEXTS)
        network = TextEncoder(encoder.network, encoder.width, len(topics_of(schema)), dropout=self.dropout)
        cases = text_cases(taught, schema, encoder.tokeniser)
        begun = TransformerPredictor(self.name, schema, encoder.tokeniser, _run(network), b"", {})
        texts = [lesson.text for lesson in judged]

        def judge(trained: nn.Module) -> float:
            return category_score(replace(begun, run=_run(trained)).score(texts), judged, schema)

        weights = class_weights(taught, schema, strength=self.balance) if self.balance else {}
        loss = category_loss(schema, encoder.tokeniser.frame.pad, weights)
        chooses = judge if judged else None
        course = Course(network, lambda _: cases, alike, loss, chooses, settings, self.report)
        learn(self._pretrained(course, schema, taught, judged))
        return self._exported(network, encoder, self._config(schema, encoder, settings, data))

    # --- spans ---

    def _fit_spans(self, train: Sequence[Example], dev: Sequence[Example]) -> TransformerPredictor:
        schema = replace(self.schema or schema_to_learn(train), tasks=())
        taught, judged = lessons_of(train, schema, what="train"), lessons_of(dev, schema, what="dev")
        return self._learn_spans(schema, taught, judged, {"train": described(train), "dev": described(dev)})

    def _learn_spans(
        self, schema: Schema, taught: Sequence[Lesson], judged: Sequence[Lesson], data: Mapping[str, Any]
    ) -> TransformerPredictor:
        settings, encoder = self._begin(SPANS)
        network = SpanEncoder(
            encoder.network, encoder.width, self.features.rows, len(schema.spans), dropout=self.dropout
        )
        cases = span_cases(taught, self.features, schema.spans, encoder.tokeniser)
        config = self._config(schema, encoder, settings, data)
        begun = TransformerPredictor(self.name, schema, encoder.tokeniser, _run(network), b"", config)

        def judge(trained: nn.Module) -> float:
            return span_f1(replace(begun, run=_run(trained)), judged)

        pad, nesting = encoder.tokeniser.frame.pad, nesting_of(schema)

        def inputs(batch: Sequence[PieceCase]) -> tuple[Tensor, ...]:
            return span_inputs(batch, pad, settings.forget)

        loss = span_loss(nesting, inputs, label_weights(taught, nesting, strength=self.balance))
        chooses = judge if judged else None
        course = Course(network, lambda _: cases, equally_long, loss, chooses, settings, self.report)
        learn(self._pretrained(course, schema, taught, judged))
        return self._exported(network, encoder, config)

    # --- both ---

    def _begin(self, usual: Settings) -> tuple[Settings, Encoder]:
        settings = self.settings or usual
        torch.manual_seed(settings.seed)
        return settings, open_encoder(self.encoder, most=self.pieces)

    def _pretrained(self, course: Course[Any], *data: object) -> Course[Any]:
        checkpoint = self.checkpoint and self.checkpoint.tied(settings_of(self), *data)
        return replace(course, pretrained="encoder.", gently=self.gently, checkpoint=checkpoint)

    def _exported(
        self, network: TextEncoder | SpanEncoder, encoder: Encoder, config: dict[str, Any]
    ) -> TransformerPredictor:
        return from_files(graph_of(network, precision=self.precision), encoder.tokeniser.content, config)

    def _config(self, schema: Schema, encoder: Encoder, settings: Settings, data: Mapping[str, Any]) -> dict[str, Any]:
        reads = {"features": self.features.to_data(), "window": asdict(Window(reach=REACH))} if schema.labels else {}
        return {
            "kind": KIND,
            "version": VERSION,
            "name": self.name,
            "schema": schema.to_data(),
            **reads,
            "tokens": encoder.tokeniser.frame.to_data(),
            "trained": {
                **data,
                "settings": {**asdict(settings), "gently": self.gently, "dropout": self.dropout},
            },
        }


def with_thresholds(model: TransformerPredictor, thresholds: dict[str, dict[str, float]]) -> TransformerPredictor:
    """Let a model choose a category from other probabilities on."""
    return replace(model, config={**model.config, "thresholds": thresholds})


def _run(network: nn.Module) -> Run:
    """Compute scores with the network itself, as a graph of it would."""

    def run(inputs: Arrays) -> NDArray[np.float32]:
        with torch.no_grad():
            scores: NDArray[np.float32] = network(*(torch.from_numpy(each).long() for each in inputs.values())).numpy()
        return scores.astype(np.float32)

    return run
