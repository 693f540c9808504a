"""The recipe to try first: hashed features and logistic regression, for categories or for spans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textwright.errors import MissingExtraError
from textwright.predictors.features import Features
from textwright.predictors.linear import KIND, VERSION, LinearPredictor, counted, from_graph
from textwright.predictors.onnx import OnnxPredictor
from textwright.predictors.text_features import EncodedText, TextFeatures, encode_text
from textwright.schema import Schema, Task
from textwright.train.fitting import Progress, Settings, keep_quiet
from textwright.train.graph import IR, OPSET, GraphWriter
from textwright.train.linear_spans import LinearSpanTrainer
from textwright.train.prepare import refuse_same_data, schema_to_learn
from textwright.train.quantise import rows_in_int8
from textwright.train.refit import REFIT, chosen_by_dev
from textwright.train.topics import (
    CategoryLesson,
    categories_to_learn,
    category_lessons,
    category_score,
    target_table,
    topics_of,
    tuned_thresholds,
)
from textwright.train.trainers import described
from textwright.types import Example

Floats = NDArray[np.float32]
# What speaks for a label that no text of the train set has.
NEVER_SEEN = -12.0


@dataclass(frozen=True, slots=True)
class LinearTrainer:
    """Train a linear model: of categories where the train set annotates them, else of spans.

    `strengths` are tried on dev: how much the weights may grow to fit the train set (C).
    """

    schema: Schema | None = None
    name: str = "linear"
    seed: int = 0
    features: TextFeatures = field(
        default_factory=lambda: TextFeatures(Features(rows=65536, width=24, word_hashes=1, affixes=0, ngrams=(3, 4, 5)))
    )
    strengths: Sequence[float] = (1.0, 4.0, 16.0)
    span_settings: Settings = field(default_factory=lambda: Settings(epochs=15, patience=5, rate=1e-2, forget=0.1))
    report: Callable[[Progress], None] = field(default=keep_quiet, compare=False)

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> LinearPredictor | OnnxPredictor:
        """Learn from `train`, choose on `dev`. Raise `DataError` when they cannot be learned from."""
        schema = self.schema or schema_to_learn(train)
        if schema.tasks and any(example.gold.categories is not None for example in train):
            return self._categories(schema, train, dev)
        return self._of_spans(schema).fit(train, dev)

    def refit(
        self, chosen: LinearPredictor | OnnxPredictor, train: Sequence[Example], dev: Sequence[Example]
    ) -> LinearPredictor | OnnxPredictor:
        """Learn once more what `fit` chose, now from both; of whole texts, with the strength that dev chose."""
        if isinstance(chosen, OnnxPredictor):
            return self._of_spans(chosen.schema).refit(chosen, train, dev)
        schema, strength = chosen.schema, chosen.config["trained"]["settings"]["strength"]
        taught = category_lessons([*train, *dev], schema, what="train")
        graph = self._graph(schema, taught, self._weighed(taught), strength)
        config = self._config(schema, {"train": described(train), REFIT: described(dev)}, strength)
        return from_graph(graph, config | chosen_by_dev(chosen.config))

    def _of_spans(self, schema: Schema) -> LinearSpanTrainer:
        settings = replace(self.span_settings, seed=self.seed)
        return LinearSpanTrainer(schema=schema, name=self.name, settings=settings, report=self.report)

    def _categories(self, schema: Schema, train: Sequence[Example], dev: Sequence[Example]) -> LinearPredictor:
        refuse_same_data(train, dev)
        schema = categories_to_learn(train, schema)
        taught, judged = category_lessons(train, schema, what="train"), category_lessons(dev, schema, what="dev")
        data, texts = self._weighed(taught), [lesson.text for lesson in judged]
        learned_from = {"train": described(train), "dev": described(dev)}

        def learned(strength: float) -> tuple[float, LinearPredictor]:
            config = self._config(schema, learned_from, strength)
            model = from_graph(self._graph(schema, taught, data, strength), config)
            return category_score(model.score(texts), judged, schema), model

        _, model = max((learned(strength) for strength in self.strengths), key=lambda found: found[0])
        thresholds = tuned_thresholds(model.score(texts), judged, schema)
        return from_graph(model.graph, {**model.config, "thresholds": thresholds}) if thresholds else model

    def _weighed(self, lessons: Sequence[CategoryLesson]) -> Weighed:
        return Weighed.of([encode_text(lesson.text, self.features) for lesson in lessons], self.features)

    def _graph(self, schema: Schema, lessons: Sequence[CategoryLesson], data: Weighed, strength: float) -> bytes:
        return linear_graph(data.idf, *weights_of(schema, lessons, data, strength, self.seed))

    def _config(self, schema: Schema, data: Mapping[str, Any], strength: float) -> dict[str, Any]:
        settings = {"seed": self.seed, "strengths": list(self.strengths), "strength": strength}
        return {
            "kind": KIND,
            "version": VERSION,
            "name": self.name,
            "schema": schema.to_data(),
            "features": self.features.to_data(),
            "trained": {**data, "settings": settings},
        }


@dataclass(frozen=True, slots=True)
class Weighed:
    """Texts as a sparse matrix, [texts, rows], weighed by frequency and rarity and scaled to one length."""

    idf: Floats
    matrix: Any

    @staticmethod
    def of(texts: Sequence[EncodedText], features: TextFeatures) -> Weighed:
        """Weigh as `linear_graph` does."""
        from scipy.sparse import csr_matrix

        counts = [counted(text.rows) for text in texts]
        columns = np.concatenate([each[0] for each in counts])
        edges = np.cumsum([0, *(len(each[0]) for each in counts)])
        size = features.words.rows + 1
        seen = np.bincount(columns, minlength=size)
        idf = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
        idf[0] = 0
        values = (1 + np.log(np.concatenate([each[2] for each in counts]))) * idf[columns]
        matrix = csr_matrix((values, columns, edges), shape=(len(texts), size))
        length = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
        return Weighed(idf, matrix.multiply(1 / np.maximum(length, 1e-9)[:, None]).tocsr())


def weights_of(
    schema: Schema, lessons: Sequence[CategoryLesson], data: Weighed, strength: float, seed: int
) -> tuple[Floats, Floats]:
    """Learn weights, [rows, topics], and bias, [topics], each task by itself."""
    targets = target_table(lessons, topics_of(schema))
    parts, done = [], 0
    for task in schema.tasks:
        parts.append(_task_weights(task, targets[:, done : done + len(task.labels)], data.matrix, strength, seed))
        done += len(task.labels)
    weights, biases = (np.concatenate(each, axis=-1).astype(np.float32) for each in zip(*parts, strict=True))
    return weights, biases


def _task_weights(
    task: Task, targets: NDArray[np.float64], matrix: Any, strength: float, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    known = ~np.isnan(targets).any(axis=1)
    matrix, targets = matrix[known], targets[known]
    weights, biases = np.zeros((matrix.shape[1], len(task.labels))), np.full(len(task.labels), NEVER_SEEN)
    if not task.multiple:
        model = _regression(strength, seed).fit(matrix, targets.argmax(axis=1))
        found, bias = model.coef_, model.intercept_
        if len(found) == 1:
            found, bias = np.concatenate([-found / 2, found / 2]), np.concatenate([-bias / 2, bias / 2])
        weights[:, model.classes_], biases[model.classes_] = found.T, bias
        return weights, biases
    for place, right in enumerate((targets >= 0.5).T):
        if right.any() and not right.all():
            model = _regression(strength, seed).fit(matrix, right)
            weights[:, place], biases[place] = model.coef_[0], model.intercept_[0]
        elif right.any():
            biases[place] = -NEVER_SEEN
    return weights, biases


def _regression(strength: float, seed: int) -> Any:
    """Make a regression that goes on until rare labels are learned: their gradients are small from the start."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise MissingExtraError("scikit-learn", "train") from error
    return LogisticRegression(C=strength, max_iter=200, tol=1e-5, random_state=seed)


def linear_graph(idf: Floats, weights: Floats, bias: Floats) -> bytes:
    """Write a linear model as a graph, its weights in int8 with a scale for each feature.

    It maps `rows`, int32 [features], and `counts`, float32 [features], how often each stands in the
    text, to `added`, float32 [features, topics], and `bias`, [topics].
    """
    writer = GraphWriter("int8")
    helper, kinds = writer.onnx.helper, writer.onnx.TensorProto
    one = writer.constant(np.array(1, dtype=np.float32))
    often = writer.op("Add", writer.op("Log", "counts"), one)
    value = writer.op("Mul", often, writer.op("Gather", writer.constant(idf), "rows", axis=0))
    square = writer.op("ReduceSum", writer.op("Mul", value, value), writer.ints(0), keepdims=1)
    length = writer.op("Max", writer.op("Sqrt", square), writer.constant(np.array([1e-9], dtype=np.float32)))
    small, scale = rows_in_int8(weights)
    steps = writer.op("Cast", writer.op("Gather", writer.constant(small), "rows", axis=0), to=kinds.FLOAT)
    scaled = writer.op("Mul", value, writer.op("Gather", writer.constant(scale[:, 0]), "rows", axis=0))
    factor = writer.op("Unsqueeze", writer.op("Div", scaled, length), writer.ints(1))
    writer.named("added", writer.op("Mul", steps, factor))
    writer.named("bias", writer.constant(bias))
    given = [
        helper.make_tensor_value_info("rows", kinds.INT32, ["features"]),
        helper.make_tensor_value_info("counts", kinds.FLOAT, ["features"]),
    ]
    results = [
        helper.make_tensor_value_info("added", kinds.FLOAT, ["features", weights.shape[1]]),
        helper.make_tensor_value_info("bias", kinds.FLOAT, [weights.shape[1]]),
    ]
    graph = helper.make_graph(writer.nodes, "textwright", given, results, writer.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    writer.onnx.checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString()
    return content
