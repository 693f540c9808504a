"""Fit one run: in a folder of its own, which takes its place when the run is whole."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import MissingExtraError, TextwrightError
from textwright.experiment.methods import Fitted, Work, fitted
from textwright.experiment.running.environment import commit_of, environment
from textwright.experiment.running.lock import locked
from textwright.experiment.running.order import FitOrder, Tell
from textwright.experiment.running.parts import finish, part_of
from textwright.experiment.running.spent import Spent
from textwright.formats.files import writable
from textwright.predictors.module import import_beside
from textwright.runs.folder import make_folder, write_run
from textwright.runs.record import Run

# The process of a command that was killed ends at once; it may take the system a moment to notice.
PATIENCE = 60.0


def fit_run(order: FitOrder, tell: Tell) -> str | None:
    """Fit a run and put it in its place. Return why it failed; then what was learned so far stays for the next time."""
    runs = order.experiment.runs
    part = part_of(runs, order.planned.run_id)
    make_folder(part)
    with locked(part, wait=PATIENCE):
        spent = Spent.of(part)
        try:
            made = fitted(_work(order, tell, spent))
        except Exception as error:
            return reason_of(error)
        write_run(run_of(order, spent, made), part)
        finish(part, runs / order.planned.run_id)
    return None


def _work(order: FitOrder, tell: Tell, spent: Spent) -> Work:
    planned, runs = order.planned, order.experiment.runs
    import_beside(order.experiment.path.parent)

    def told(line: str) -> None:
        spent.keep()
        tell(line)

    return Work(
        experiment=order.experiment,
        method=planned.method,
        seed=planned.seed,
        data=order.data,
        needs={name: runs / run_id for name, run_id in planned.needs.items()},
        folder=part_of(runs, planned.run_id),
        tell=told,
    )


def run_of(order: FitOrder, spent: Spent, made: Fitted) -> Run:
    """Write down a run: what it was made of, how, where, and what it took."""
    planned = order.planned
    return Run(
        id=planned.run_id,
        experiment=order.experiment.name,
        method=planned.method.name,
        kind=planned.method.kind,
        seed=planned.seed,
        key=planned.key,
        settings=dict(planned.method.settings),
        data={role: _described(data, planned.method.uses[role]) for role, data in order.data.items()},
        needs=dict(planned.needs),
        model=made.model,
        size_bytes=made.size_bytes,
        began=spent.began,
        seconds=spent.seconds,
        cpu_seconds=spent.cpu_seconds,
        environment=environment(),
        commit=commit_of(order.experiment.path.parent),
    )


def _described(data: Dataset, name: str) -> Mapping[str, Any]:
    return {"name": name, "examples": len(data), "fingerprint": data.fingerprint}


def failed_run(order: FitOrder, reason: str) -> Run:
    """Write down that a run failed, and why."""
    spent = Spent.of(part_of(order.experiment.runs, order.planned.run_id))
    return replace(run_of(order, spent, Fitted("", None)), failed=writable(reason))


def reason_of(error: Exception) -> str:
    """Say in a line why something failed; of what is no fault of the user's, the log has the whole story."""
    if isinstance(error, TextwrightError):
        return _with_causes(error)
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    traceback.print_exception(error, file=sys.stderr)
    if isinstance(error, MemoryError):
        return "memory ran out"
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(str(error).split()) or "no reason was given"
    return f"{type(error).__name__}: {said} ({last.filename}:{last.lineno})"


def _with_causes(error: TextwrightError) -> str:
    """Join an error with the causes that its own message does not tell."""
    message, cause = " ".join(str(error).split()), error.__cause__
    while cause is not None and not isinstance(error, MissingExtraError):
        told = " ".join(str(cause).split())
        if told and told not in message and getattr(cause, "strerror", None) not in message.split(": "):
            message = f"{message}: {told}"
        cause = cause.__cause__
    return message
