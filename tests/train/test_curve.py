from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from tests.train.tiny import DEV, SCHEMA, TRAIN, trainer
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.predictor import Predictor, Trainer
from textwright.schema import Schema
from textwright.train.curve import F1, WHOLE, Curve, Plan, Run, run_all
from textwright.train.fitting import Settings
from textwright.train.power_law import Law
from textwright.types import Annotation, Category, Example

TRAINING, JUDGING = Dataset(TRAIN, schema=SCHEMA), Dataset(DEV, schema=SCHEMA)


@dataclass(frozen=True)
class Knower:
    """A trainer whose predictor knows the answers to as many texts as a law says."""

    texts: int
    law: Law

    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
        known = round((1 - self.law.error(self.texts)) * len(dev))
        return Known({each.text: each.gold for each in list(dev)[:known]}, SCHEMA)


@dataclass(frozen=True)
class Known:
    answers: dict[str, Annotation]
    schema: Schema

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [self.answers.get(text, Annotation(())) for text in texts]


def runs(law: Law, sizes: Sequence[int] = (75, 150, 300, 600, 1200), jitter: float = 0.004) -> list[Run]:
    shifts = (-jitter, 0.0, jitter)
    return [Run(n, seed, {WHOLE: 1 - law.error(n) + shifts[seed]}, 1.0) for n in sizes for seed in range(3)]


def test_smaller_shares_lie_in_larger_ones_and_differ_by_seed() -> None:
    plan = Plan(TRAINING, JUDGING, shares=(0.2, 0.5, 1.0))
    small, large = plan.part(20, 1), plan.part(50, 1)
    assert {each.id for each in small} < {each.id for each in large}
    assert small.fingerprint != plan.part(20, 2).fingerprint
    assert small.fingerprint == plan.part(20, 1).fingerprint
    assert plan.part(len(TRAIN), 0).fingerprint == TRAINING.fingerprint


def test_every_share_is_trained_with_every_seed() -> None:
    plan = Plan(TRAINING, JUDGING, shares=(1.0, 0.5), seeds=2)
    made: list[tuple[int, int]] = []

    def make(part: Dataset, seed: int) -> Trainer:
        made.append((len(part), seed))
        return Knower(len(part), Law(0.2, 0.5, 0.0, 102))

    found = list(run_all(plan, make))
    assert [(run.texts, run.seed) for run in found] == made == [(51, 0), (51, 1), (102, 0), (102, 1)]
    assert found[0].scores[WHOLE] < found[-1].scores[WHOLE]
    assert set(found[0].scores) == {WHOLE, F1}


def test_a_training_that_is_done_is_not_made_again() -> None:
    plan = Plan(TRAINING, JUDGING, shares=(1.0, 0.5), seeds=2)
    done = [Run(51, 0, {WHOLE: 0.5}, 1.0), Run(102, 1, {WHOLE: 0.5}, 1.0)]
    found = list(run_all(plan, lambda part, seed: Knower(len(part), Law(0.2, 0.5, 0.0, 102)), done))
    assert [(run.texts, run.seed) for run in found] == [(51, 1), (102, 0)]


def test_a_network_gets_better_with_more_texts() -> None:
    plan = Plan(TRAINING, JUDGING, shares=(0.1, 1.0), seeds=1)
    quick = Settings(epochs=6, batch=8, rate=1e-2, average=0.8)
    few, all_ = run_all(plan, lambda part, seed: trainer(settings=replace(quick, seed=seed)))
    assert all_.scores[F1] > few.scores[F1]


class Refusing:
    def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
        raise DataError("nothing to learn")


def test_a_share_too_small_to_learn_from_is_told_and_left_out() -> None:
    plan = Plan(TRAINING, JUDGING, shares=(0.1, 0.5, 1.0), seeds=1)
    law = Law(0.2, 0.5, 0.0, 102)
    found = list(run_all(plan, lambda part, seed: Refusing() if len(part) < 20 else Knower(len(part), law)))
    assert [run.failed for run in found] == ["nothing to learn", None, None]
    assert (
        "Of 1 training nothing came, the first one with 10 texts: nothing to learn" in Curve.of("x", found).in_words()
    )


def test_what_cannot_be_learned_with_all_texts_is_an_error() -> None:
    with pytest.raises(DataError, match="nothing to learn"):
        list(run_all(Plan(TRAINING, JUDGING, shares=(0.5, 1.0)), lambda part, seed: Refusing()))


@pytest.mark.parametrize(
    ("shares", "seeds", "message"),
    [
        ((0.5, 1.5), 3, "the share 1.5"),
        ((0.0, 1.0), 3, "the share 0.0"),
        ((), 3, "the share list is empty"),
        ((0.001, 1.0), 3, "fewer than two sizes"),
        ((0.5, 1.0), 0, "seeds is 0"),
    ],
)
def test_plans_that_make_no_curve_are_refused(shares: Sequence[float], seeds: int, message: str) -> None:
    with pytest.raises(DataError, match=message):
        Plan(TRAINING, JUDGING, shares, seeds)


def test_the_words_say_what_twice_the_texts_would_bring() -> None:
    law = Law(0.09, 0.6, 0.0, 1200)
    [said] = Curve.of("network", runs(law)).in_words()
    assert said.startswith("With 1,200 texts 91.7 of 100 are right. Twice as many would bring about 94.")
    assert "(between 9" in said
    assert "Beyond about" in said


def test_the_words_are_honest_about_what_is_too_little() -> None:
    [said] = Curve.of("network", runs(Law(0.09, 0.6, 0.0, 1200), sizes=(300, 600, 1200))).in_words()
    assert "No forecast: 9 trainings of 3 sizes are too few" in said
    [said] = Curve.of("network", runs(Law(0.09, 0.6, 0.0, 1200), sizes=(600, 1200))).in_words()
    assert "No forecast: fewer than three sizes were trained." in said
    [said] = Curve.of("network", runs(Law(0.0, 0.6, 0.2, 1200))).in_words()
    assert "No forecast: more texts have not helped" in said


@pytest.mark.parametrize(
    ("law", "end"),
    [
        (Law(0.001, 0.6, 0.05, 1200), "A doubling brings less than half a point already."),
        (Law(0.3, 0.1, 0.0, 1200), "Where that stops paying lies too far away to be told."),
    ],
)
def test_the_words_say_when_more_stop_paying(law: Law, end: str) -> None:
    [said] = Curve.of("network", runs(law, jitter=0.0001)).in_words()
    assert said.endswith(end)


def test_the_page_draws_each_measure_and_its_forecast() -> None:
    curve = Curve.of("network", runs(Law(0.09, 0.6, 0.0, 1200)))
    page = curve.to_html()
    assert page.count("<svg") == 1
    assert "with 2,400" in page
    without = Curve.of("network", runs(Law(0.09, 0.6, 0.0, 1200), sizes=(600, 1200))).to_html()
    assert "with 2,400" not in without


def test_a_curve_is_plain_data() -> None:
    data = json.loads(json.dumps(Curve.of("network", runs(Law(0.09, 0.6, 0.0, 1200))).to_data()))
    assert data["laws"][WHOLE]["twice"]["low"] < data["laws"][WHOLE]["twice"]["high"]
    assert len(data["runs"]) == 15


def test_categories_are_judged_by_task() -> None:
    examples = [Example(str(i), f"text {i}", Annotation(categories=(Category("mood", "good"),))) for i in range(20)]
    dev = Dataset(examples)
    plan = Plan(dev, dev, shares=(0.5, 1.0), seeds=1)

    class Good:
        def fit(self, train: Sequence[Example], dev: Sequence[Example]) -> Predictor:
            return Known({each.text: each.gold for each in train}, plan.train.schema)

    first, last = run_all(plan, lambda part, seed: Good())
    assert first.scores["mood"] == 0.5
    assert last.scores == {"mood": 1.0, "mood, macro F1": 1.0}
