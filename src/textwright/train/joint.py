"""Learn both layers of a data set, spans and categories, each by a trainer of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from textwright.dataset import Dataset
from textwright.predictor import Exportable
from textwright.predictors.joint import JointPredictor, joined
from textwright.schema import Schema
from textwright.train.prepare import schema_to_learn
from textwright.train.refit import REFIT
from textwright.train.trainers import described
from textwright.types import Annotation, Example

Layer = Literal["spans", "categories"]


class PartTrainer(Protocol):
    """A trainer of one layer, whose predictor can be written to a folder."""

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Exportable:
        """Learn from `train`; choose and stop early on `dev`."""


class RefitTrainer(PartTrainer, Protocol):
    """A trainer that can learn once more from all texts, once dev has chosen."""

    def refit(self, chosen: Any, train: Sequence[Example], dev: Sequence[Example]) -> Exportable:
        """Learn what `fit` chose from both sets; take from the chosen model what dev chose."""


@dataclass(frozen=True, slots=True)
class JointTrainer:
    """Train one model for spans and one for categories, each on the texts that have the layer."""

    spans: PartTrainer
    categories: PartTrainer
    schema: Schema | None = None
    name: str = "joint"

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> JointPredictor:
        """Learn both layers. Raise `DataError` when one cannot be learned."""
        schema = self.schema or schema_to_learn(train)
        spans = self.spans.fit(layer(train, "spans", schema), layer(dev, "spans", schema))
        categories = self.categories.fit(layer(train, "categories", schema), layer(dev, "categories", schema))
        return self._joined(spans, categories, {"train": described(train), "dev": described(dev)})

    def refit(self, chosen: JointPredictor, train: Sequence[Example], dev: Sequence[Example]) -> JointPredictor:
        """Learn both layers once more, now from both sets."""
        schema = self.schema or schema_to_learn(train)
        spans, categories = (
            trainer.refit(part, layer(train, name, schema), layer(dev, name, schema))
            for trainer, part, name in self._parts(chosen)
        )
        return self._joined(spans, categories, {"train": described(train), REFIT: described(dev)})

    def _parts(self, chosen: JointPredictor) -> Iterator[tuple[Any, Exportable, Layer]]:
        yield self.spans, chosen.spans, "spans"
        yield self.categories, chosen.categories, "categories"

    def _joined(self, spans: Exportable, categories: Exportable, data: Mapping[str, Any]) -> JointPredictor:
        return joined(spans, categories, {"name": self.name, "trained": dict(data)})


def layers_of(examples: Iterable[Example]) -> tuple[Layer, ...]:
    """Say which layers are annotated in any of the examples."""
    gold = [example.gold for example in examples]
    found: list[Layer] = []
    if any(each.spans is not None for each in gold):
        found.append("spans")
    if any(each.categories is not None for each in gold):
        found.append("categories")
    return tuple(found)


def layer(examples: Sequence[Example], wanted: Layer, schema: Schema) -> Dataset:
    """Take one layer of the examples that have it, with the schema's part for it."""
    name = examples.name if isinstance(examples, Dataset) else ""
    kept = [_with_one(each, wanted) for each in examples if getattr(each.gold, wanted) is not None]
    return Dataset(kept, schema=schema_part(schema, wanted), name=name)


def schema_part(schema: Schema, wanted: Layer) -> Schema:
    """Take the part of a schema that speaks of one layer."""
    return replace(schema, tasks=()) if wanted == "spans" else replace(schema, labels=(), rules=())


def _with_one(example: Example, wanted: Layer) -> Example:
    gold = example.gold
    one = Annotation(spans=gold.spans) if wanted == "spans" else Annotation(categories=gold.categories)
    return replace(example, gold=one)
