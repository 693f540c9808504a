"""Make probabilities mean what they say: how far they are off, and one temperature for each layer that mends it.

Of what a calibrated model says with 0.8, eight of ten are right. A temperature divides what a model
goes by (its logits) before it becomes a probability; it changes no answer. Guo et al. (2017), On
calibration of modern neural networks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from textwright.bundle import reopened
from textwright.errors import MissingExtraError
from textwright.predictor import Exportable, Scorer
from textwright.predictors.joint import JointPredictor, joined
from textwright.schema import Schema, Task
from textwright.types import Example, Scores, Span

Floats = NDArray[np.float64]
SPANS = "spans"
BINS = 15
# What is less likely than this is certain enough: thousands of such candidates would hide the others.
FLOOR = 0.01
# Fewer statements than this say too little of how often they are right.
LEAST = 30
MOST_TEXTS = 1000
# Of spans each temperature asks the model again; so many texts are enough to choose it by.
ASKED_AGAIN = 300
COLDEST, HOTTEST = 0.2, 5.0
CERTAIN = 1e-6


@dataclass(frozen=True, slots=True)
class Claims:
    """What a model claimed: the probability of each statement, and whether it is true."""

    chances: Floats
    true: NDArray[np.bool_]

    @staticmethod
    def of(pairs: Sequence[tuple[float, bool]]) -> Claims:
        """Part pairs of a probability and whether it came true."""
        return Claims(np.array([p for p, _ in pairs], dtype=float), np.array([true for _, true in pairs], dtype=bool))

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self.chances)


def calibration_error(claims: Claims, *, bins: int = BINS) -> float:
    """Give the expected calibration error: how far, on average, probabilities are from the share that is true.

    Statements are put into bins of equal width; each bin counts by its size.

    >>> calibration_error(Claims.of([(0.9, True), (0.9, False), (0.3, False), (0.3, False)]))
    0.35
    """
    if not len(claims):
        return 0.0
    places = np.clip(np.ceil(claims.chances * bins).astype(int) - 1, 0, bins - 1)
    off = np.bincount(places, weights=claims.chances - claims.true, minlength=bins)
    return float(np.abs(off).sum() / len(claims))


def brier_score(claims: Claims) -> float:
    """Give the mean squared distance of probabilities from what is true."""
    return float(np.square(claims.chances - claims.true).mean()) if len(claims) else 0.0


# --- what a model claims --------------------------------------------------------------------


def claims_of(scores: Sequence[Scores], examples: Sequence[Example], layer: str, schema: Schema) -> Claims:
    """Take what scores claim of a layer, `spans` or a task, about examples that are annotated with it.

    Of spans and of labels of which several may hold, those with at least `FLOOR`; of a task with one
    answer, the likeliest.
    """
    paired = list(zip(scores, examples, strict=True))
    if layer == SPANS:
        pairs = [pair for each, example in paired for pair in _span_claims(each, example)]
    else:
        task = schema.task(layer)
        pairs = [pair for each, example in paired for pair in _task_claims(each, example, task)]
    return Claims.of(pairs)


def _span_claims(scores: Scores, example: Example) -> list[tuple[float, bool]]:
    gold = example.gold.spans
    if gold is None:
        return []
    return [(span.score or 0.0, span in gold) for span in scores.spans if (span.score or 0.0) >= FLOOR]


def _task_claims(scores: Scores, example: Example, task: Task) -> list[tuple[float, bool]]:
    gold = _gold_of(example, task)
    asked = [each for each in scores.categories if each.task == task.name]
    if gold is None or not asked:
        return []
    likely = [each for each in asked if (each.score or 0.0) >= FLOOR]
    chosen = likely if task.multiple else [max(asked, key=lambda each: each.score or 0.0)]
    return [(each.score or 0.0, each.label in gold) for each in chosen]


def _gold_of(example: Example, task: Task) -> set[str] | None:
    """Give the labels of a task; None when nothing was said: a task with one answer has one."""
    if example.gold.categories is None:
        return None
    gold = {category.label for category in example.gold.categories if category.task == task.name}
    return gold if gold or task.multiple else None


# --- temperatures ---------------------------------------------------------------------------


class Calibrated(Scorer, Exportable, Protocol):
    """What can be calibrated: it gives probabilities, and its `config.json` can hold temperatures."""


def calibrated(model: Any, dev: Sequence[Example]) -> Any:
    """Give the model with the temperatures that suit `dev` best, and with its calibration error before and after.

    A temperature that would make the error or the Brier score on `dev` worse is not taken. A model
    without probabilities, and one that cannot be written to a folder, is given back as it is.
    """
    if isinstance(model, JointPredictor):
        return joined(calibrated(model.spans, dev), calibrated(model.categories, dev), model.config)
    if not isinstance(model, Scorer) or not hasattr(model, "config") or not hasattr(type(model), "open"):
        return model
    return _calibrated(cast(Calibrated, model), list(dev)[:MOST_TEXTS])


def _calibrated(model: Calibrated, examples: Sequence[Example]) -> Any:
    plain = with_temperatures(model, {})
    before = _Claimed(plain, examples, plain.score([example.text for example in examples]))
    layers = [layer for layer in layers_of(model.schema) if len(before.of(layer)) >= LEAST]
    fitted = {layer: _fitted(before, layer) for layer in layers}
    hot = with_temperatures(model, fitted)
    after = _Claimed(hot, examples, hot.score([example.text for example in examples]))
    kept = {layer: value for layer, value in fitted.items() if _is_better(before.of(layer), after.of(layer))}
    figures = {
        layer: {
            "before": round(calibration_error(before.of(layer)), 4),
            "after": round(calibration_error((after if layer in kept else before).of(layer)), 4),
        }
        for layer in layers
    }
    return reopened(model, config={**_config(model, kept), **({"calibration": figures} if figures else {})})


def layers_of(schema: Schema) -> list[str]:
    """Name what a schema's models say with a probability: spans, and each task."""
    return [*([SPANS] if schema.labels else []), *(task.name for task in schema.tasks)]


def with_temperatures(model: Calibrated, temperatures: Mapping[str, float]) -> Calibrated:
    """Give the model with these temperatures and no other."""
    return cast(Calibrated, reopened(model, config=_config(model, temperatures)))


def _config(model: Exportable, temperatures: Mapping[str, float]) -> dict[str, Any]:
    bare = {key: value for key, value in model.config.items() if key not in {"temperature", "calibration"}}
    return {**bare, "temperature": dict(temperatures)} if temperatures else bare


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A model, the examples it was asked of, and what it said."""

    model: Calibrated
    examples: Sequence[Example]
    scores: Sequence[Scores]

    def of(self, layer: str) -> Claims:
        return claims_of(self.scores, self.examples, layer, self.model.schema)


def _is_better(before: Claims, after: Claims) -> bool:
    return calibration_error(after) <= calibration_error(before) and brier_score(after) <= brier_score(before)


def _fitted(claimed: _Claimed, layer: str) -> float:
    """Find the temperature under which what is true is likeliest."""
    if layer == SPANS:
        return _coolest(_span_surprise(claimed), accuracy=0.05)
    task = claimed.model.schema.task(layer)
    rows = [_logits(scores, example, task) for scores, example in zip(claimed.scores, claimed.examples, strict=True)]
    known = [row for row in rows if row is not None]
    logits, gold = np.array([row[0] for row in known]), np.array([row[1] for row in known])
    surprise = _of_several if task.multiple else _of_one
    return _coolest(lambda temperature: surprise(logits / temperature, gold), accuracy=0.005)


def _coolest(surprise: Callable[[float], float], *, accuracy: float) -> float:
    """Find the temperature with the least surprise, to `accuracy` of itself."""
    try:
        from scipy.optimize import minimize_scalar
    except ImportError as error:
        raise MissingExtraError("scipy", "train") from error
    bounds = math.log(COLDEST), math.log(HOTTEST)
    found = minimize_scalar(
        lambda log: surprise(math.exp(log)), bounds=bounds, method="bounded", options={"xatol": accuracy}
    )
    return round(math.exp(float(found.x)), 4)


def _logits(scores: Scores, example: Example, task: Task) -> tuple[Floats, Floats] | None:
    """Give what speaks for each label of a task, and which hold; None when the example does not tell."""
    gold = _gold_of(example, task)
    chance = {each.label: each.score or 0.0 for each in scores.categories if each.task == task.name}
    names = [label.name for label in task.labels]
    if gold is None or not chance:
        return None
    p = np.clip([chance.get(name, 0.0) for name in names], CERTAIN, 1 - CERTAIN)
    logits = np.log(p) - np.log1p(-p) if task.multiple else np.log(p)
    return logits, np.array([float(name in gold) for name in names])


def _of_several(logits: Floats, gold: Floats) -> float:
    return float((np.logaddexp(0, logits) - gold * logits).mean())


def _of_one(logits: Floats, gold: Floats) -> float:
    shares = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return float(-(shares * gold / gold.sum(axis=1, keepdims=True)).sum(axis=1).mean())


def _span_surprise(claimed: _Claimed) -> Callable[[float], float]:
    """Measure the log-loss of the spans that are annotated or were candidates at first.

    A temperature acts on whole sets of spans, so that the model itself must be asked.
    """
    asked = [
        (place, span, span in (example.gold.spans or ()))
        for place, example in enumerate(claimed.examples[:ASKED_AGAIN])
        if example.gold.spans is not None
        for span in _in_question(claimed.scores[place], example.gold.spans)
    ]
    texts = [example.text for example in claimed.examples[:ASKED_AGAIN]]
    true = np.array([is_true for _, _, is_true in asked])

    def surprise(temperature: float) -> float:
        said = with_temperatures(claimed.model, {SPANS: temperature}).score(texts)
        chances = [{span: span.score or 0.0 for span in each.spans} for each in said]
        p = np.clip([chances[place].get(span, 0.0) for place, span, _ in asked], FLOOR / 20, 1 - CERTAIN)
        return float(-np.where(true, np.log(p), np.log1p(-p)).mean())

    return surprise


def _in_question(scores: Scores, gold: Sequence[Span]) -> set[Span]:
    return {*(span for span in scores.spans if (span.score or 0.0) >= FLOOR), *gold}


def in_words(config: Mapping[str, Any]) -> list[str]:
    """Say what calibrating changed, a line for each layer.

    >>> in_words({"calibration": {"spans": {"before": 0.031, "after": 0.012}}, "temperature": {"spans": 1.3}})
    ['spans: expected calibration error 0.031, at temperature 1.30 0.012']
    """
    kept = config.get("temperature", {})
    return [
        f"{layer}: expected calibration error {each['before']:.3f}"
        + (f", at temperature {kept[layer]:.2f} {each['after']:.3f}" if layer in kept else ", no temperature is better")
        for layer, each in config.get("calibration", {}).items()
    ]
