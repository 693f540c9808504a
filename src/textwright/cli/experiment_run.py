"""`textwright experiment run`: fit and judge what is missing, then show the table."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.reports import check_folders
from textwright.cli.status import Status
from textwright.cli.telling import say, tell

if TYPE_CHECKING:
    from textwright.experiment.running.missing import Plan
    from textwright.experiment.running.order import Order
    from textwright.runs import Run

EXPERIMENT_HELP = "An experiment file, or a folder with an experiment.toml."
Experiment = Annotated[Path, typer.Argument(metavar="EXPERIMENT", help=EXPERIMENT_HELP)]
# A line about how far something is comes at most so often where nobody looks, in seconds.
OFTEN = 30.0


def run(
    experiment: Experiment,
    only: Annotated[
        list[str] | None, typer.Option(metavar="METHOD", help="Make this method and what it needs; may be repeated.")
    ] = None,
    again: Annotated[
        list[str] | None, typer.Option(metavar="METHOD", help="Fit this method again, and what is made of it.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Fit so many methods at once.")] = 1,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the table as JSON.")] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", help="Write the table as a page that stands alone.")
    ] = None,
) -> None:
    """Run what changed since the last time, and show the table.

    A method whose settings, data and needs are as they were is not fitted again; new tests or labels are
    judged without fitting. A command that was stopped goes on when it is given again. A method that fails costs
    itself and what is made of it; the exit status is 4 then, and where some texts have no answer.

    Example:
        textwright experiment run experiment.toml
        textwright experiment run experiment.toml --only network --jobs 2 --html table.html
    """
    from textwright.experiment.running.missing import refuse_unknown_methods
    from textwright.experiment.running.prepare import prepared
    from textwright.experiment.running.run import Choice, run_plan

    check_folders(json_file, html_file)
    plan = prepared(experiment)
    refuse_unknown_methods(plan.experiment, only or [], "--only")
    refuse_unknown_methods(plan.experiment, again or [], "--again")
    watcher = Terminal()
    try:
        runs = run_plan(plan, watcher, Choice(only or (), again or (), jobs))
    except KeyboardInterrupt:
        tell("stopped; the same command goes on from here")
        raise
    failed = watcher.failed + _curves(plan, only or [])
    _show(plan, runs, json_file, html_file)
    if failed or any(each.report.get("failed") for run in runs for each in run.judgements):
        raise typer.Exit(Status.PARTLY)


def _curves(plan: Plan, only: Sequence[str]) -> int:
    """Run the learning curves that the experiment asks for; return how many failed."""
    if only or not plan.experiment.curves:
        return 0
    from textwright.experiment.curves import run_curves

    return len(run_curves(plan.experiment, plan.data, tell=tell))


def _show(plan: Plan, runs: Sequence[Run], json_file: Path | None, html_file: Path | None) -> None:
    """Show the table of the first test, and write it where that was asked for."""
    from textwright.cli.experiment_report import show_table, table_of_plan
    from textwright.cli.reports import write_json, write_text

    if not any(run.judgements for run in runs):
        tell("nothing is judged yet, so there is no table")
        return
    table, _ = table_of_plan(plan)
    show_table(table)
    write_json(json_file, table.to_data)
    write_text(html_file, table.to_html)


class Terminal:
    """Tells on standard error how far it is: a line for each thing that is done."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.failed = 0
        self._all, self._fits, self._done = 0, 0, 0
        self._begun: dict[str, float] = {}
        self._said: dict[str, float] = {}
        self._looks = sys.stderr.isatty()

    def begins(self, fits: Sequence[Order], judgements: int, standing: int) -> None:
        """Say what there is to do."""
        self._fits, self._all = len(fits), len(fits)
        if not fits and not judgements:
            tell(f"nothing has changed, nothing to run: {_count(standing, 'run')}")
            return
        todo = [f"{_count(len(fits), 'run')} to fit"] if fits else []
        todo += [f"{_count(judgements, 'judgement')} to make"] if judgements else []
        stand = f"; {standing} {'stands' if standing == 1 else 'stand'}" if standing else ""
        tell(f"{', '.join(todo)}{stand}")

    def started(self, order: Order) -> None:
        """Remember when."""
        self._begun[order.planned.run_id] = self._said[order.planned.run_id] = time.monotonic()
        self._passing(f"{'fitting' if _is_fit(order) else 'judging'} {order.name} ...")

    def told(self, order: Order, line: str) -> None:
        """Say how far an order is: each judgement, and of a fit now and then."""
        if not _is_fit(order):
            self._line("judge", f"{order.name} {line}")
            return
        now = time.monotonic()
        if self._looks:
            self._passing(f"{order.name}: {line}")
        elif now - self._said[order.planned.run_id] >= OFTEN:
            self._said[order.planned.run_id] = now
            self._line("...", f"{order.name}: {line}")

    def ended(self, order: Order, failed: str | None) -> None:
        """Say that a run is fitted, or why something failed."""
        if failed is not None:
            self.failed += 1
            self._done += _is_fit(order)
            self._line("failed", f"{order.name}: {failed}")
        elif _is_fit(order):
            self._done += 1
            taken = time.monotonic() - self._begun[order.planned.run_id]
            self._line("fit", f"{order.name}  {in_words(taken)}  ({self._done} of {self._fits})")

    def _line(self, what: str, said: str) -> None:
        clear = "\r\x1b[K" if self._looks else ""
        say(f"{clear}{what:7} {said}")

    def _passing(self, said: str) -> None:
        """Say something that the next line takes the place of."""
        if self._looks:
            from shutil import get_terminal_size

            print(f"\r\x1b[K{said}"[: get_terminal_size().columns + 3], end="", file=sys.stderr, flush=True)


def _is_fit(order: Order) -> bool:
    return hasattr(order, "data")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def in_words(seconds: float) -> str:
    """Say how long something took.

    >>> in_words(0.42), in_words(75), in_words(4000)
    ('0.4 s', '1 min 15 s', '1 h 6 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = int(seconds // 60)
    return f"{minutes} min {seconds % 60:.0f} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
