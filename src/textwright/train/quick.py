"""The network recipe for few texts and little time: what trains behind people who annotate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textwright.train.fitting import Settings
from textwright.train.joint import JointTrainer, PartTrainer
from textwright.train.recipes import Calibrating, Wishes, trainer_for
from textwright.types import Example

# So many steps are enough to be of use; few texts are gone through more often.
STEPS, BATCH = 500, 16
FEWEST_EPOCHS, MOST_EPOCHS = 6, 60


def quick_trainer(train: Sequence[Example], wishes: Wishes) -> PartTrainer:
    """Choose the trainer of a network for what a train set annotates, set to end soon.

    Weights are averaged over fewer steps and patience lasts to the end: with few texts the usual settings
    would stop before anything is learned.
    """
    hurried: PartTrainer = _hurried(trainer_for("network", train, wishes), len(train), wishes)
    return hurried


def _hurried(trainer: Any, texts: int, wishes: Wishes) -> Any:
    if isinstance(trainer, JointTrainer):
        spans, categories = (_hurried(part, texts, wishes) for part in (trainer.spans, trainer.categories))
        return replace(trainer, spans=spans, categories=categories)
    if isinstance(trainer, Calibrating):
        return replace(trainer, trainer=_hurried(trainer.trainer, texts, wishes))
    return replace(trainer, settings=quick_settings(trainer.settings, texts, epochs=wishes.epochs))


def quick_settings(settings: Settings, texts: int, *, epochs: int | None = None) -> Settings:
    """Change settings so that so many texts are learned in about 500 steps.

    >>> [quick_settings(Settings(), texts).epochs for texts in (50, 400, 10_000)]
    [60, 20, 6]
    """
    often = epochs or max(FEWEST_EPOCHS, min(MOST_EPOCHS, STEPS * BATCH // max(texts, 1)))
    return replace(settings, epochs=often, patience=often if settings.patience else 0, batch=BATCH, average=0.95)
