"""Whether a model's probabilities mean what they say, on the test set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textwright.errors import ModelError, PredictionError
from textwright.evaluate.outcome import Outcome
from textwright.evaluate.scope import Scope
from textwright.predictor import Predictor, Scorer
from textwright.schema import Schema
from textwright.train.calibrate import SPANS, Claims, brier_score, calibration_error, claims_of
from textwright.types import Example, Scores

BATCH = 256


def calibration_of(model: Predictor, outcomes: Sequence[Outcome], scope: Scope) -> dict[str, Any] | None:
    """Measure each scored layer: `error` (expected calibration error), `brier` score, number of `claims`.

    Only what is scored counts: a label that the data do not annotate cannot come true. Texts without
    an answer claim nothing. None: the model knows no probabilities, or claimed nothing.
    """
    examples = [outcome.example for outcome in outcomes if not outcome.failed]
    scores = _scores(model, examples)
    if scores is None:
        return None
    scored = [_within(each, scope) for each in scores]
    layers = [*([SPANS] if scope.labels else []), *(task for task in scope.tasks if _asks(model.schema, task))]
    claims = {layer: claims_of(scored, examples, layer, model.schema) for layer in layers}
    return {layer: _figures(each) for layer, each in claims.items() if len(each)} or None


def _asks(schema: Schema, task: str) -> bool:
    return any(each.name == task for each in schema.tasks)


def _scores(model: Predictor, examples: Sequence[Example]) -> list[Scores] | None:
    if not isinstance(model, Scorer):
        return None
    texts = [example.text for example in examples]
    try:
        return [each for place in range(0, len(texts), BATCH) for each in model.score(texts[place : place + BATCH])]
    except (ModelError, PredictionError):
        # Of two models in one, one may know none.
        return None


def _within(scores: Scores, scope: Scope) -> Scores:
    return replace(scores, spans=tuple(span for span in scores.spans if span.label in scope.labels))


def _figures(claims: Claims) -> dict[str, Any]:
    return {"error": calibration_error(claims), "brier": brier_score(claims), "claims": len(claims)}
