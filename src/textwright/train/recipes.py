"""The recipes by name. What is learned, spans, categories or both, is seen from what the train set annotates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from textwright.errors import DataError
from textwright.predictor import Exportable, Scorer
from textwright.schema import Schema
from textwright.train.calibrate import calibrated
from textwright.train.checkpoint import Checkpoint
from textwright.train.distil import TextDistilTrainer
from textwright.train.fitting import Progress, Settings
from textwright.train.joint import JointTrainer, Layer, PartTrainer, layers_of, schema_part
from textwright.train.linear import LinearTrainer
from textwright.train.prepare import schema_to_learn
from textwright.train.quantise import Precision
from textwright.train.text_network import TextNetworkTrainer
from textwright.train.trainers import DistilTrainer, NetworkTrainer
from textwright.train.transformer import SPANS, WHOLE_TEXTS, TransformerTrainer
from textwright.types import Example


def keep_quiet(part: Layer, progress: Progress) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What may be asked of a recipe; None leaves it to the recipe.

    `refit`: the model will be learned once more from all texts (see `refit.py`), so that dev chooses no epoch.
    `checkpoint` is a folder for the state of learning. `teachers` and `pool` are for `distil`;
    `encoder`, the folder of a pretrained encoder, is for `transformer`.
    """

    name: str = "model"
    schema: Schema | None = None
    seed: int = 0
    epochs: int | None = None
    precision: Precision | None = None
    encoder: Path | None = None
    teachers: Sequence[Scorer] = ()
    pool: Sequence[str] = ()
    checkpoint: Path | None = None
    refit: bool = False
    report: Callable[[Layer, Progress], None] = keep_quiet
    tell: Callable[[str], None] = print
    calibrate: bool = True


def trainer_for(recipe: str, train: Sequence[Example], wishes: Wishes) -> PartTrainer:
    """Choose the trainer of a recipe for what a train set annotates.

    Raise `DataError` when it annotates nothing, or when the recipe is unknown.
    """
    if recipe not in MAKERS:
        raise DataError(f"no recipe is called {recipe!r}. Known: {', '.join(RECIPES)}")
    layers = layers_of(train)
    if not layers:
        found = f"none of the {len(train)} texts of the train set is annotated" if train else "the train set is empty"
        raise DataError(f"{found}; to learn takes texts with spans or categories")
    schema = wishes.schema or schema_to_learn(train)
    made = {layer: MAKERS[recipe](layer, schema_part(schema, layer), wishes) for layer in layers}
    parts: Mapping[Layer, PartTrainer] = (
        {layer: Calibrating(trainer) for layer, trainer in made.items()} if wishes.calibrate else made
    )
    if len(parts) == 1:
        return parts[layers[0]]
    return JointTrainer(parts["spans"], parts["categories"], schema=schema, name=wishes.name)


@dataclass(frozen=True, slots=True)
class Calibrating:
    """Train, then make the probabilities mean what they say."""

    trainer: Any

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Exportable:
        """Learn from `train`; choose, stop early and calibrate on `dev`."""
        model: Exportable = calibrated(self.trainer.fit(train, dev), dev)
        return model

    def refit(self, chosen: Exportable, train: Sequence[Example], dev: Sequence[Example]) -> Exportable:
        """Learn from both with the temperatures of the chosen model."""
        model: Exportable = self.trainer.refit(chosen, train, dev)
        return model


def network(layer: Layer, schema: Schema, wishes: Wishes) -> NetworkTrainer | TextNetworkTrainer:
    """Learn from scratch."""
    trainer = NetworkTrainer() if layer == "spans" else TextNetworkTrainer()
    settings = settled(trainer.settings, wishes)
    return replace(trainer, settings=settings, **common(layer, schema, wishes))


def linear(layer: Layer, schema: Schema, wishes: Wishes) -> LinearTrainer:
    """Learn by linear models."""
    trainer = LinearTrainer(schema=schema, name=wishes.name, seed=wishes.seed)
    settings = settled(trainer.span_settings, wishes)
    return replace(trainer, span_settings=settings, report=lambda progress: wishes.report(layer, progress))


def transformer(layer: Layer, schema: Schema, wishes: Wishes) -> TransformerTrainer:
    """Fine-tune a pretrained encoder."""
    settings = settled(SPANS if layer == "spans" else WHOLE_TEXTS, wishes)
    return TransformerTrainer(encoder=wishes.encoder, settings=settings, layer=layer, **common(layer, schema, wishes))


def distil(layer: Layer, schema: Schema, wishes: Wishes) -> DistilTrainer | TextDistilTrainer:
    """Learn from teachers as well."""
    teachers = [each for each in wishes.teachers if _answers(each, layer)]
    if not teachers:
        raise DataError(f"no teacher gives {layer}, which the train set annotates; name one with --teacher")
    student = network(layer, schema, wishes)
    if isinstance(student, NetworkTrainer):
        return DistilTrainer(teachers, wishes.pool, student)
    return TextDistilTrainer(teachers, wishes.pool, student)


def _answers(teacher: Any, layer: Layer) -> bool:
    return bool(teacher.schema.labels if layer == "spans" else teacher.schema.tasks)


def settled(settings: Settings, wishes: Wishes) -> Settings:
    """Change the settings of a recipe to what was asked."""
    patience = 0 if wishes.refit else settings.patience
    return replace(settings, seed=wishes.seed, epochs=wishes.epochs or settings.epochs, patience=patience)


def common(layer: Layer, schema: Schema, wishes: Wishes) -> dict[str, Any]:
    """Give the fields that all trainers of networks share."""
    fields: dict[str, Any] = {
        "schema": schema,
        "name": wishes.name,
        "report": lambda progress: wishes.report(layer, progress),
    }
    if wishes.precision:
        fields["precision"] = wishes.precision
    if wishes.checkpoint:
        fields["checkpoint"] = Checkpoint(wishes.checkpoint / f"{layer}.pt", tell=wishes.tell)
    return fields


MAKERS: Mapping[str, Callable[[Layer, Schema, Wishes], Any]] = {
    "linear": linear,
    "network": network,
    "transformer": transformer,
    "distil": distil,
}
RECIPES = tuple(MAKERS)
