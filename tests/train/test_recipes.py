from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.predictors.test_joint import BOTH, ranked
from tests.train.tiny import DEV, SCHEMA, TRAIN
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.train.fitting import Settings
from textwright.train.joint import JointTrainer
from textwright.train.linear_spans import LinearSpanTrainer
from textwright.train.recipes import RECIPES, Calibrating, Wishes, trainer_for
from textwright.train.text_network import TextNetworkTrainer
from textwright.train.trainers import NetworkTrainer
from textwright.types import Annotation

CATEGORIES = [replace(each, gold=Annotation(categories=each.gold.categories)) for each in ranked(TRAIN)]


def test_what_is_annotated_chooses_the_trainer() -> None:
    spans, categories = (trainer_for("network", data, Wishes(seed=3, epochs=2)) for data in (TRAIN, CATEGORIES))
    assert isinstance(spans, Calibrating)
    assert isinstance(categories, Calibrating)
    assert isinstance(spans.trainer, NetworkTrainer)
    assert isinstance(categories.trainer, TextNetworkTrainer)
    assert (spans.trainer.settings.seed, spans.trainer.settings.epochs) == (3, 2)
    assert isinstance(trainer_for("network", ranked(TRAIN), Wishes()), JointTrainer)


def test_a_part_learns_its_part_of_the_schema() -> None:
    both = trainer_for("network", Dataset(ranked(TRAIN), schema=BOTH), Wishes())
    assert isinstance(both, JointTrainer)
    assert isinstance(both.spans, Calibrating)
    assert both.spans.trainer.schema == SCHEMA
    assert isinstance(both.categories, Calibrating)
    assert (both.categories.trainer.schema.labels, both.categories.trainer.schema.tasks) == ((), BOTH.tasks)


def test_an_unknown_recipe_is_named() -> None:
    with pytest.raises(DataError, match=f"no recipe is called 'forest'. Known: {', '.join(RECIPES)}"):
        trainer_for("forest", TRAIN, Wishes())


@pytest.mark.parametrize(
    ("trainer", "data"),
    [
        (LinearSpanTrainer(schema=SCHEMA, settings=Settings(epochs=3, rate=1e30)), TRAIN),
        (NetworkTrainer(schema=SCHEMA, settings=Settings(epochs=3, rate=1e30)), TRAIN),
        (TextNetworkTrainer(settings=Settings(epochs=3, rate=1e30)), CATEGORIES),
    ],
)
def test_a_loss_that_is_no_number_ends_the_training_and_says_why(trainer: Any, data: Any) -> None:
    dev = DEV if data is TRAIN else ranked(DEV)
    with pytest.raises(DataError, match=r"the loss became (nan|inf); try a lower rate than 1e\+30"):
        trainer.fit(data, dev)
