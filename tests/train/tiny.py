"""A tiny world in which a network can learn: jobs, ranks and towns."""

from __future__ import annotations

from functools import cache

from textwright.predictors.features import Features
from textwright.predictors.onnx import OnnxPredictor
from textwright.schema import Rule, Schema, schema_of
from textwright.train.fitting import Settings
from textwright.train.trainers import NetworkTrainer
from textwright.types import Annotation, Example, Span

SCHEMA = Schema(
    name="tiny",
    labels=schema_of(["TITLE", "CORE", "TOWN"]).labels,
    rules=(Rule("exactly_one_inside", outer="TITLE", inner="CORE"),),
)
JOBS = ("Nurse", "Chef", "Java Developer", "Estate Agent", "Teacher", "Welder")
RANKS = ("Senior ", "Junior ", "Lead ", "")
TOWNS = ("Leeds", "York", "Hove", "Bath", "Luton")


def example(rank: str, job: str, town: str) -> Example:
    title = rank + job
    text = f"{title} - {town}"
    spans = (
        Span(0, len(title), "TITLE"),
        Span(len(rank), len(title), "CORE"),
        Span(len(title) + 3, len(text), "TOWN"),
    )
    return Example(text, text, Annotation(spans=spans))


EXAMPLES = [example(rank, job, town) for rank in RANKS for job in JOBS for town in TOWNS]
DEV, TRAIN = EXAMPLES[::7], [each for i, each in enumerate(EXAMPLES) if i % 7]


def trainer(**changes: object) -> NetworkTrainer:
    settings = Settings(epochs=8, batch=8, rate=1e-2, average=0.8, forget=0.1)
    features = Features(rows=512, width=16)
    sizes = {"embedding": 16, "hidden": 16, "layers": 2, "dropout": 0.0, "schema": SCHEMA}
    return NetworkTrainer(**{"features": features, "settings": settings, **sizes, **changes})  # type: ignore[arg-type]


@cache
def learned() -> OnnxPredictor:
    """Learn once a process, for tests that need a model and not its training."""
    return trainer(name="tiny").fit(TRAIN, DEV)
