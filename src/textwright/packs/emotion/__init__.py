"""Emotion: what a short English comment says its writer feels, in 27 emotions and in Ekman's groups."""

from __future__ import annotations

from pathlib import Path

from textwright.packs import Pack
from textwright.predictor import Predictor
from textwright.schema import Schema

HERE = Path(__file__).parent
SCHEMA = Schema.read(HERE / "schema.toml")


def open_transformer() -> Predictor:
    """Open the encoder: MiniLM without its last layer, fine-tuned on GoEmotions, in few bits."""
    from textwright.predictors.transformer import TransformerPredictor

    return TransformerPredictor.open(HERE / "model")


def open_linear() -> Predictor:
    """Open the baseline: logistic regression on words and characters, trained on the same comments."""
    from textwright.predictors.linear import LinearPredictor

    return LinearPredictor.open(HERE / "linear")


PACK = Pack(
    name="emotion",
    summary="Short comments: 27 emotions and neutral, several at once, and Ekman's groups.",
    schema=SCHEMA,
    models={"transformer": open_transformer, "linear": open_linear},
    best="transformer",
    sample=HERE / "sample.jsonl",
)
