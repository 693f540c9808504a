"""Methods whose figures are known beforehand, to be weighed against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.experiment.table.made import judged, run_of, wrong_in
from textwright.experiment.advice.budget import Budget
from textwright.experiment.advice.candidates import Candidate, candidates_of
from textwright.experiment.advice.shipping import Shipping, shipping_of
from textwright.runs import Run

MEASURE = "exact:JOB"


def method(name: str, wrong: Sequence[int] = (), *, ms: float = 1.0, mb: float | None = 1.0, **facts: Any) -> Run:
    """Make a method that answers nothing to the texts of some places of forty; `cost` is dollars for each text.

    Those of a negative cost have a price that nobody knows.
    """
    cost, seed = facts.pop("cost", None), facts.pop("seed", 0)
    usage: dict[str, Any] = (
        {} if cost is None else {"usage": {"prompt_tokens": 40, "completion_tokens": 0, "cost": 40 * cost}}
    )
    speed = {"latency_ms_p50": ms / 2, "latency_ms_p95": ms}
    if cost is not None and cost < 0:
        usage["usage"]["cost"] = 0.0
    judgement = judged(wrong_in(wrong), speed=speed, memory_bytes=facts.pop("memory", 50_000_000), **usage)
    if cost is not None:
        judgement = replace(judgement, report={**judgement.report, "priced": cost >= 0})
    size = None if mb is None else round(mb * 1e6)
    return run_of(name, judgement, seed=seed, size_bytes=size, **facts)


def candidates(*runs: Run) -> list[Candidate]:
    found, left_out = candidates_of(runs, test="test", measure=MEASURE)
    assert left_out == {}
    return found


def weighed(*runs: Run, **limits: float) -> Shipping:
    return shipping_of(candidates(*runs), Budget(**limits), measure=MEASURE)
