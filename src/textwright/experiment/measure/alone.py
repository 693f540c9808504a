"""What a model takes in a process of its own: the time until it answers, and memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

from textwright.experiment.measure.asking import SAFE, ask, job_folder
from textwright.predictor import Predictor

PROCESS = "textwright.experiment.measure.process"
SECONDS = 600.0
EMPTY = """
import json, pathlib, runpy, sys
peak = runpy.run_path(sys.argv[1])["peak_bytes"]()
pathlib.Path(sys.argv[2], "found.json").write_text(json.dumps({"memory_bytes": peak}))
"""


def measured_alone(
    opened: str, texts: Sequence[str], *, name: str, model: Predictor, seconds: float = SECONDS
) -> dict[str, Any]:
    """Open a model by its reference in a new process, let it answer, and return what that took, by `Judgement`'s names.

    Nothing is asked a second time that costs money or that another machine computes: there is then nothing to
    return. Raise `ModelError` that names the model when the process fails.
    """
    if is_elsewhere(model):
        return {}
    with job_folder(texts) as folder:
        command = [sys.executable, *SAFE, "-m", PROCESS, opened, str(folder), repr(time.monotonic())]
        found = ask(command, folder, who=f"{name} in a process of its own", seconds=seconds)
    return {**found, "empty_bytes": empty_bytes()}


def is_elsewhere(model: Predictor) -> bool:
    """Say whether a model asks a prompt or a server, as one of the models of a cascade perhaps."""
    from textwright.predictors.cascade import CascadePredictor
    from textwright.predictors.prompt import PromptPredictor
    from textwright.predictors.remote import RemotePredictor

    if isinstance(model, CascadePredictor):
        return any(is_elsewhere(step.model) for step in model.steps)
    return isinstance(model, PromptPredictor | RemotePredictor)


@cache
def empty_bytes() -> int | None:
    """Return what a Python that does nothing takes, for comparison."""
    from textwright.experiment.measure import memory

    with job_folder([""]) as folder:
        command = [sys.executable, *SAFE, "-c", EMPTY, memory.__file__, str(folder)]
        peak: int | None = ask(command, folder, who="an empty Python", seconds=SECONDS)["memory_bytes"]
    return peak
