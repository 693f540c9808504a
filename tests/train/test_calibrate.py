from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.predictors.test_joint import joint_trainer, ranked
from tests.train.tiny import DEV, SCHEMA, TRAIN, example, trainer
from textwright.bundle import reopened
from textwright.errors import ModelError
from textwright.predictors.onnx import OnnxPredictor
from textwright.schema import Label, Schema, Task
from textwright.train.calibrate import (
    SPANS,
    Claims,
    brier_score,
    calibrated,
    calibration_error,
    claims_of,
    in_words,
)
from textwright.train.fitting import Settings
from textwright.types import Annotation, Category, Example, Scores, Span

RANDOM = np.random.default_rng(0)


def by_hand(claims: Claims, bins: int) -> float:
    """Guo et al. (2017), equations 2 and 3, bin by bin."""
    total = 0.0
    for b in range(bins):
        inside = (claims.chances > b / bins) & (claims.chances <= (b + 1) / bins)
        if inside.any():
            total += inside.sum() * abs(claims.true[inside].mean() - claims.chances[inside].mean())
    return total / len(claims)


@pytest.mark.parametrize("bins", [1, 10, 15])
def test_error_is_that_of_the_paper(bins: int) -> None:
    chances = RANDOM.uniform(0.001, 1, 500)
    claims = Claims(chances, RANDOM.uniform(size=500) < chances**2)
    assert calibration_error(claims, bins=bins) == pytest.approx(by_hand(claims, bins))


def test_error_agrees_with_the_calibration_curve_of_scikit_learn() -> None:
    from sklearn import calibration

    chances = RANDOM.uniform(0.001, 1, 4000)
    claims = Claims(chances, RANDOM.uniform(size=4000) < chances**2)
    true, said = calibration.calibration_curve(claims.true, claims.chances, n_bins=10)
    sizes = np.histogram(claims.chances, bins=10, range=(0, 1))[0]
    assert calibration_error(claims, bins=10) == pytest.approx(float((sizes * np.abs(true - said)).sum() / 4000))


def test_brier_score_agrees_with_scikit_learn() -> None:
    from sklearn import metrics

    claims = Claims(RANDOM.uniform(size=50), RANDOM.uniform(size=50) < 0.5)
    assert brier_score(claims) == pytest.approx(metrics.brier_score_loss(claims.true, claims.chances))


def test_nothing_claimed_is_never_wrong() -> None:
    nothing = Claims.of([])
    assert (calibration_error(nothing), brier_score(nothing)) == (0.0, 0.0)


TASKS = Schema(
    tasks=(
        Task("mood", (Label("good"), Label("bad"))),
        Task("topics", (Label("food"), Label("work"), Label("rain")), multiple=True),
    ),
    labels=(Label("TOWN"),),
)
SAID = Scores(
    spans=(Span(0, 4, "TOWN", 0.8), Span(0, 2, "TOWN", 0.2), Span(1, 2, "TOWN", 0.001)),
    categories=(
        Category("mood", "good", 0.7),
        Category("mood", "bad", 0.3),
        Category("topics", "food", 0.9),
        Category("topics", "work", 0.4),
        Category("topics", "rain", 0.001),
    ),
)
GOLD = Annotation(spans=(Span(0, 4, "TOWN"),), categories=(Category("mood", "bad"), Category("topics", "work")))


@pytest.mark.parametrize(
    ("layer", "gold", "expected"),
    [
        (SPANS, GOLD, [(0.8, True), (0.2, False)]),
        ("mood", GOLD, [(0.7, False)]),
        ("topics", GOLD, [(0.9, False), (0.4, True)]),
        (SPANS, replace(GOLD, spans=None), []),
        ("mood", replace(GOLD, categories=None), []),
        ("mood", replace(GOLD, categories=()), []),
        ("topics", replace(GOLD, categories=()), [(0.9, False), (0.4, False)]),
    ],
)
def test_claims_are_those_about_what_is_annotated(
    layer: str, gold: Annotation, expected: list[tuple[float, bool]]
) -> None:
    found = claims_of([SAID], [Example("a", "York", gold)], layer, TASKS)
    assert list(zip(found.chances.tolist(), found.true.tolist(), strict=True)) == expected


@pytest.fixture(scope="module")
def hasty() -> OnnxPredictor:
    """A network that has seen little of what it is asked."""
    return trainer(settings=Settings(epochs=3, batch=8, rate=1e-2, average=0.5)).fit(TRAIN[:60], DEV)


def errors(model: OnnxPredictor, layer: str = SPANS) -> tuple[float, float]:
    claims = claims_of(model.score([each.text for each in DEV]), DEV, layer, model.schema)
    return calibration_error(claims), brier_score(claims)


def test_spans_are_calibrated_and_answers_stay(hasty: OnnxPredictor) -> None:
    mended = calibrated(hasty, DEV)
    before, after = errors(hasty), errors(mended)
    assert after[0] < before[0]
    assert after[1] <= before[1]
    assert mended.config["calibration"][SPANS] == {"before": round(before[0], 4), "after": round(after[0], 4)}
    texts = [each.text for each in TRAIN]
    assert mended.predict(texts) == hasty.predict(texts)


def test_calibrating_again_begins_anew(hasty: OnnxPredictor) -> None:
    once = calibrated(hasty, DEV)
    assert calibrated(once, DEV).config == once.config


def test_an_exaggerating_model_is_cooled(hasty: OnnxPredictor) -> None:
    doubtful = reopened(hasty, config={**hasty.config, "temperature": {"spans": 3.0}})
    claims = [claims_of(each.score(["Nurse - York"]), DEV[:1], SPANS, SCHEMA) for each in (hasty, doubtful)]  # type: ignore[attr-defined]
    assert claims[1].chances.max() < claims[0].chances.max()


@pytest.mark.parametrize("temperature", [0, -1, "warm", float("nan"), float("inf")])
def test_a_temperature_that_is_none_is_refused(hasty: OnnxPredictor, temperature: object) -> None:
    with pytest.raises(ModelError, match=r"the temperature of spans is .*, expected a number above 0"):
        reopened(hasty, config={**hasty.config, "temperature": {"spans": temperature}})
    with pytest.raises(ModelError, match=r"the temperature of mood is .*, expected a number above 0"):
        reopened(hasty, config={**hasty.config, "temperature": {"mood": temperature}})
    with pytest.raises(ModelError, match="the temperature of spans is None"):
        reopened(hasty, config={**hasty.config, "temperature": temperature})


def test_few_texts_leave_a_model_as_it_is(hasty: OnnxPredictor) -> None:
    few = calibrated(hasty, [example("", "Nurse", "York")])
    assert "temperature" not in few.config
    assert "calibration" not in few.config


class Sure:
    """A predictor of categories that exaggerates, and whose temperature can be set."""

    def __init__(self, config: dict[str, object]) -> None:
        self.config, self.files, self.name, self.size_bytes = config, dict[str, bytes](), "sure", 0
        self.schema = replace(TASKS, labels=())

    @staticmethod
    def open(folder: object) -> Sure:
        import json
        from pathlib import Path

        return Sure(json.loads((Path(str(folder)) / "config.json").read_text()))

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation(categories=(Category("mood", "good"),)) for _ in texts]

    def score(self, texts: Sequence[str]) -> list[Scores]:
        return [Scores(categories=self._categories(int(text))) for text in texts]

    def _categories(self, seed: int) -> tuple[Category, ...]:
        logits = np.random.default_rng(seed).normal(scale=6, size=5)
        one, several = logits[:2] / self._temperature("mood"), logits[2:] / self._temperature("topics")
        p_one, p_several = np.exp(one) / np.exp(one).sum(), 1 / (1 + np.exp(-several))
        names = [("mood", "good"), ("mood", "bad"), ("topics", "food"), ("topics", "work"), ("topics", "rain")]
        return tuple(Category(*name, score=float(p)) for name, p in zip(names, [*p_one, *p_several], strict=True))

    def _temperature(self, task: str) -> float:
        kept = self.config.get("temperature", {})
        assert isinstance(kept, dict)
        return float(kept.get(task, 1.0))


def drawn(seed: int) -> Example:
    """Draw what is true as a model three times less sure would say it."""
    said = Sure({"temperature": {"mood": 3.0, "topics": 3.0}})._categories(seed)
    dice = np.random.default_rng(seed + 10**6)
    mood = said[0] if dice.uniform() < (said[0].score or 0) else said[1]
    topics = [each for each in said[2:] if dice.uniform() < (each.score or 0)]
    return Example(str(seed), str(seed), Annotation(categories=(mood, *topics)))


def test_the_temperature_of_categories_is_found() -> None:
    mended = calibrated(Sure({"kind": "sure"}), [drawn(seed) for seed in range(900)])
    found = mended.config["temperature"]
    assert found == {"mood": pytest.approx(3.0, rel=0.15), "topics": pytest.approx(3.0, rel=0.15)}
    for task in ("mood", "topics"):
        figures = mended.config["calibration"][task]
        assert figures["after"] < figures["before"] / 2


def test_what_gives_no_probabilities_stays_as_it_is() -> None:
    silent = object()
    assert calibrated(silent, DEV) is silent


def test_a_layer_without_a_better_temperature_is_said() -> None:
    config = {"calibration": {"spans": {"before": 0.01, "after": 0.01}}}
    assert in_words(config) == ["spans: expected calibration error 0.010, no temperature is better"]


def test_both_parts_of_a_joint_model_are_calibrated() -> None:
    dev = ranked(DEV) * 2
    mended = calibrated(joint_trainer().fit(ranked(TRAIN), dev), dev)
    assert set(mended.config["calibration"]) == {"spans", "rank"}
    assert mended.spans.config["calibration"][SPANS] == mended.config["calibration"][SPANS]
