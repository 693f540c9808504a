"""The quick recipe: a network that ends soon, however it is wrapped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.train.tiny import TRAIN
from textwright.dataset import Dataset
from textwright.train.quick import quick_settings, quick_trainer
from textwright.train.recipes import Wishes, trainer_for
from textwright.types import Annotation, Category

WITH_TASK = Dataset([replace(each, gold=Annotation(each.gold.spans, (Category("mood", "calm"),))) for each in TRAIN])


def settings_of(trainer: Any) -> list[Any]:
    """Take the settings out of what wraps them: probabilities made true, two layers together."""
    parts = [getattr(trainer, name) for name in ("trainer", "spans", "categories") if hasattr(trainer, name)]
    return [each for part in parts for each in settings_of(part)] if parts else [trainer.settings]


@pytest.mark.parametrize("calibrate", [True, False])
@pytest.mark.parametrize("train", [TRAIN, WITH_TASK], ids=["spans", "both"])
def test_every_part_is_quick(train: Dataset, calibrate: bool) -> None:
    wishes = Wishes(calibrate=calibrate)
    usual = settings_of(trainer_for("network", train, wishes))
    quick = settings_of(quick_trainer(train, wishes))
    assert quick == [quick_settings(each, len(train)) for each in usual]
    assert quick != usual
