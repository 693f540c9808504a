"""Job adverts: who placed the whole advert, a recruitment agency or the employer."""

from __future__ import annotations

from pathlib import Path

from textwright.packs import Pack
from textwright.predictor import Predictor
from textwright.schema import Schema

HERE = Path(__file__).parent
SCHEMA = Schema.read(HERE / "schema.toml")


def open_network() -> Predictor:
    """Open the network: words, pairs of words and a convolution; it shows the sentences that decided."""
    from textwright.predictors.text import TextPredictor

    return TextPredictor.open(HERE / "model")


def open_linear() -> Predictor:
    """Open the linear model: what each word and pair of words adds; it shows the sentences that decided."""
    from textwright.predictors.linear import LinearPredictor

    return LinearPredictor.open(HERE / "linear")


def open_cues() -> Predictor:
    """Open the baseline: a handful of phrases such as "our client"."""
    from textwright.packs.job_adverts.cues import CuesPredictor

    return CuesPredictor(SCHEMA)


PACK = Pack(
    name="job_adverts",
    summary="Whole job adverts: placed by a recruitment agency or by the employer.",
    schema=SCHEMA,
    models={"network": open_network, "linear": open_linear, "cues": open_cues},
    best="network",
    sample=HERE / "sample.jsonl",
)
