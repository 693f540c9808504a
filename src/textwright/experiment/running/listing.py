"""How the runs of an experiment stand: those it needs, and those that no longer belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from textwright.experiment.file import Experiment, Planned, open_data, planned
from textwright.experiment.running.judging import main_value
from textwright.experiment.running.missing import whole
from textwright.experiment.running.parts import part_of
from textwright.runs import Run, read_runs

State = Literal["stands", "failed", "half made", "missing", "not needed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A run and how it stands. `figures` has the measure of the experiment by test; `reason` why it failed."""

    run: str
    method: str
    seed: int
    state: State
    began: str | None = None
    seconds: float | None = None
    size_bytes: int | None = None
    figures: Mapping[str, float | None] = field(default_factory=dict)
    reason: str | None = None
    not_judged: Mapping[str, str] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


def listed(experiment: Experiment) -> list[Listed]:
    """List the runs that an experiment needs, in their order, then those that stand and are not needed.

    Raise `DataError` when the data sets cannot be read: without them nobody knows what is needed.
    """
    needed = planned(experiment, open_data(experiment))
    runs = {run.id: run for run in read_runs(experiment.runs)}
    others = [run for run in runs.values() if run.id not in {each.run_id for each in needed}]
    wanted = [_needed(each, runs.get(each.run_id), experiment) for each in needed]
    return [*wanted, *(_described(run, "not needed", experiment) for run in others)]


def _needed(run: Planned, found: Run | None, experiment: Experiment) -> Listed:
    if found is not None and (found.failed is not None or whole(found, run)):
        return _described(found, "failed" if found.failed is not None else "stands", experiment)
    state: State = "half made" if part_of(experiment.runs, run.run_id).is_dir() else "missing"
    return Listed(run.run_id, run.method.name, run.seed, state)


def _described(run: Run, state: State, experiment: Experiment) -> Listed:
    judged = {test: run.judged(test) for test in experiment.tests}
    return Listed(
        run=run.id,
        method=run.method,
        seed=run.seed,
        state=state,
        began=run.began,
        seconds=run.seconds,
        size_bytes=run.size_bytes,
        figures={test: main_value(each, experiment.measure) if each else None for test, each in judged.items()},
        reason=run.failed,
        not_judged=run.not_judged,
    )
