"""Learn once more from all texts when dev has chosen: of few texts, those of dev are missed.

`fit` learns from the train set; dev chooses thresholds, temperatures, the strength of a linear model. `refit`
then learns from both for all epochs, keeps the last weights, and takes over what dev chose. Temperatures suit
it where the first training went through all epochs, too (`Wishes.refit`): one that was stopped early is less
sure of itself. Nothing is left to judge it by but a test set. (scikit-learn's searches call this refit, too.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from textwright.bundle import reopened
from textwright.predictor import Exportable
from textwright.predictors.joint import JointPredictor, joined

# What the texts of dev are called in a model that learned from them, too.
REFIT = "refit"
TUNED = ("thresholds", "temperature", "calibration")
Trainer = TypeVar("Trainer", bound=Any)


def tuned_as(model: Exportable, chosen: Exportable) -> Exportable:
    """Give a model with the thresholds and temperatures of the one that dev chose."""
    if isinstance(model, JointPredictor) and isinstance(chosen, JointPredictor):
        spans, categories = tuned_as(model.spans, chosen.spans), tuned_as(model.categories, chosen.categories)
        return joined(spans, categories, model.config)
    return reopened(model, config={**model.config, **chosen_by_dev(chosen.config)})


def chosen_by_dev(config: Mapping[str, Any]) -> dict[str, Any]:
    """Take from a model's `config.json` what dev chose."""
    return {key: config[key] for key in TUNED if key in config}


def again(trainer: Trainer) -> Trainer:
    """Give a trainer that keeps its state of learning beside that of its first training."""
    return replace(trainer, checkpoint=trainer.checkpoint and trainer.checkpoint.beside(REFIT))
