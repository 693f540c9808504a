"""Run an experiment: fit what is missing, then judge what is missing, and keep each as it is done.

All fits come first, as many at once as were asked for. Judging comes after, one run at a time and with
nothing beside it: latencies that were measured while something else ran would say nothing.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from textwright.experiment.file import Planned
from textwright.experiment.running.fitting import failed_run
from textwright.experiment.running.judging import note_not_judged
from textwright.experiment.running.lock import locked
from textwright.experiment.running.missing import Plan, whole, with_needs, with_what_is_made_of
from textwright.experiment.running.order import FitOrder, JudgeOrder, Order
from textwright.experiment.running.parts import recover
from textwright.experiment.running.renamed import take_over
from textwright.experiment.running.schedule import Schedule
from textwright.experiment.running.workers import Ended, InThisProcess, Processes, Told, Workers
from textwright.runs.folder import RUN, make_runs_folder, read_record, read_runs, write_run
from textwright.runs.record import Run

Runs = Mapping[str, Run]


class Watcher(Protocol):
    """Whoever watches how far it is."""

    def begins(self, fits: Sequence[Order], judgements: int, standing: int) -> None:
        """Hear what is to be fitted, how many judgements are missing, and how many runs stand."""

    def started(self, order: Order) -> None:
        """Hear that an order is begun."""

    def told(self, order: Order, line: str) -> None:
        """Hear how far an order is."""

    def ended(self, order: Order, failed: str | None) -> None:
        """Hear that an order is done, or why it failed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for.

    `only` names methods: no others are made, but for those that they are made of. `again` names methods that
    are fitted although they stand, with what is made of them. `jobs` fits run at once. Without
    `own_process` all happens in this process, one after the other.
    """

    only: Collection[str] = ()
    again: Collection[str] = ()
    jobs: int = 1
    own_process: bool = True


def run_plan(plan: Plan, watcher: Watcher, choice: Choice | None = None) -> list[Run]:
    """Make what is missing of a plan, and return its runs, those that failed as well.

    A run that fails is recorded with its reason and costs only itself and what needs it. Raise `DataError`
    when another process is at work in the same folder, or when the disk does not allow it.
    """
    choice = choice or Choice()
    folder = plan.experiment.runs
    make_runs_folder(folder)
    with locked(folder):
        recover(folder)
        wanted = with_needs(plan.planned, choice.only)
        runs = _by_id(folder)
        if take_over(wanted, runs, folder):
            runs = _by_id(folder)
        to_fit = _to_fit(plan, wanted, runs, choice.again)
        orders = [plan.fit_order(each) for each in to_fit]
        watcher.begins(orders, _judgements(plan, wanted, runs, to_fit), len(wanted) - len(to_fit))
        with _workers(choice) as workers:
            _fit(plan, to_fit, workers, watcher, jobs=choice.jobs)
            runs = _by_id(folder) if to_fit else runs
            to_judge = _judge_orders(plan, wanted, runs)
            _judge(to_judge, workers, watcher)
        runs = _by_id(folder) if to_judge else runs
        return [runs[each.run_id] for each in plan.planned if each.run_id in runs]


def _by_id(folder: Path) -> Runs:
    return {run.id: run for run in read_runs(folder)}


def _to_fit(plan: Plan, wanted: Sequence[Planned], runs: Runs, again: Collection[str]) -> list[Planned]:
    """Find the runs that are missing, that failed, or that are asked for again."""
    renewed = with_what_is_made_of(plan.planned, again)
    return [each for each in wanted if each.run_id in renewed or not whole(runs.get(each.run_id), each)]


def _judgements(plan: Plan, wanted: Sequence[Planned], runs: Runs, to_fit: Sequence[Planned]) -> int:
    """Count the judgements that are missing, or will be when the missing runs stand."""
    new = {each.run_id for each in to_fit}
    old = {run_id: run for run_id, run in runs.items() if run_id not in new}
    orders = (plan.judge_order(each, old.get(each.run_id)) for each in wanted)
    return sum(len(order.asked) for order in orders if order is not None)


@contextmanager
def _workers(choice: Choice) -> Iterator[Workers]:
    """Give whoever does the work; processes end when it ends, however it does."""
    if not choice.own_process:
        yield InThisProcess()
        return
    threads = max(1, (os.cpu_count() or 1) // choice.jobs) if choice.jobs > 1 else None
    processes = Processes(threads=threads)
    try:
        yield processes
    finally:
        processes.close()


def _fit(plan: Plan, to_fit: Sequence[Planned], workers: Workers, watcher: Watcher, *, jobs: int) -> None:
    """Fit each run when what it needs stands; so many at once."""
    schedule = Schedule(list(to_fit))
    while not schedule.is_done:
        for planned, reason in schedule.hopeless():
            _failed(plan.fit_order(planned), reason, watcher)
        while len(schedule.making) < jobs and (ready := schedule.take()) is not None:
            _start(plan.fit_order(ready), workers, watcher)
        if schedule.making:
            ended = _hear(workers, watcher)
            schedule.end(ended.order.planned.run_id, ended.failed)
            _ended(ended, watcher)


def _start(order: Order, workers: Workers, watcher: Watcher) -> None:
    watcher.started(order)
    workers.start(order)


def _hear(workers: Workers, watcher: Watcher) -> Ended:
    """Hear what is told until one order has ended."""
    while isinstance(event := workers.next_event(), Told):
        watcher.told(event.order, event.line)
    return event


def _ended(ended: Ended, watcher: Watcher) -> None:
    if ended.failed is not None and isinstance(ended.order, FitOrder):
        _failed(ended.order, ended.failed, watcher)
        return
    if ended.failed is not None and isinstance(ended.order, JudgeOrder):
        note_not_judged(ended.order, ended.failed)
    watcher.ended(ended.order, ended.failed)


def _failed(order: FitOrder, reason: str, watcher: Watcher) -> None:
    """Record that a run failed, but for one that stands and was only asked for again."""
    watcher.ended(order, reason)
    folder = order.experiment.runs / order.planned.run_id
    before = read_record(folder) if (folder / RUN).is_file() else None
    if not whole(before, order.planned):
        write_run(failed_run(order, reason), folder)


def _judge_orders(plan: Plan, wanted: Sequence[Planned], runs: Runs) -> list[JudgeOrder]:
    """Find what is to be judged, of the runs that stand."""
    standing = [each for each in wanted if whole(runs.get(each.run_id), each)]
    orders = (plan.judge_order(each, runs[each.run_id]) for each in standing)
    return [order for order in orders if order is not None]


def _judge(orders: Sequence[JudgeOrder], workers: Workers, watcher: Watcher) -> None:
    for order in orders:
        _start(order, workers, watcher)
        _ended(_hear(workers, watcher), watcher)
