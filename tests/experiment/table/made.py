"""Experiments whose figures are known beforehand: runs made of reports on a few texts, without any training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.evaluate.fakes import SCHEMA, Known, spans
from textwright.dataset import Dataset
from textwright.evaluate import evaluate
from textwright.experiment.file.experiment import Experiment, Method
from textwright.runs import Judgement, Run
from textwright.types import Annotation, Example

TEXTS = [f"Senior Nurse {number}" for number in range(40)]
GOLD = {text: spans((0, 12, "JOB"), (0, 6, "LEVEL")) for text in TEXTS}
NOTHING = spans()


def texts_with(golds: Mapping[str, Annotation] = GOLD, *, small: int = 5) -> Dataset:
    """Give a set to judge on, with a source for each text and two towns, of which one has few texts."""
    examples = [
        Example(f"t{i}", text, gold, {"town": "Hove" if i < small else "Leith", "source": f"board {i}"})
        for i, (text, gold) in enumerate(golds.items())
    ]
    return Dataset(examples, schema=SCHEMA, name="test.jsonl")


def wrong_in(places: Sequence[int], golds: Mapping[str, Annotation] = GOLD) -> dict[str, Annotation]:
    """Answer as gold, but nothing to the texts of some places."""
    return {text: NOTHING if i in places else gold for i, (text, gold) in enumerate(golds.items())}


def judged(
    answers: Mapping[str, Annotation], data: Dataset | None = None, *, test: str = "test", **facts: Any
) -> Judgement:
    """Judge answers on a test set; `speed` and `usage` take the place of what was measured."""
    report = {**report_of(tuple(answers.items()), data)}
    data = texts_with() if data is None else data
    for key in ("speed", "usage"):
        if key in facts:
            report[key] = {**(report[key] or {}), **facts.pop(key)}
    facts = {"runtime": "python", "sources": (None,) * len(data), **facts}
    return Judgement(test=test, key="k", report=report, **facts)


@cache
def report_of(answers: tuple[tuple[str, Annotation], ...], data: Dataset | None) -> dict[str, Any]:
    """Judge answers once, however many runs give them."""
    return evaluate(Known(dict(answers)), texts_with() if data is None else data, slice_by=["town"]).to_data()


def run_of(method: str, *judgements: Judgement, seed: int = 0, **facts: Any) -> Run:
    """Make a run of a method."""
    known: dict[str, Any] = {
        "id": f"{method}-{seed}",
        "experiment": "Small",
        "method": method,
        "kind": "function",
        "seed": seed,
        "key": "k",
        "settings": {},
        "data": {},
        "needs": {},
        "model": "model",
        "size_bytes": 1_000_000,
        "began": "2026-11-26T20:00:00Z",
        "seconds": 1.0,
        "cpu_seconds": 1.0,
        "environment": {},
        "judgements": judgements,
    }
    return Run(**{**known, **facts})


def experiment_of(*methods: str, **facts: Any) -> Experiment:
    """Make an experiment with methods of these names."""
    known: dict[str, Any] = {"name": "Small", "path": Path("experiment.toml"), "data": {}, "measure": "exact:JOB"}
    return Experiment(methods=tuple(Method(name, "function", {}) for name in methods), **{**known, **facts})
