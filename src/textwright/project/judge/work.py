"""The process that judges: `python -m textwright.project.judge.work FOLDER KEY`.

It runs the experiment of a project's folder, then the learning curve of the best method that learns. JSON lines on
standard output tell how far it is: `["at", SHARE, WORDS]`, `["judged"]` when the table stands, `["failed", REASON]`.
It ends when its standard input is closed: nobody waits for it then, and the next one goes on where it was.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from textwright.child import end_with_parent, step_back
from textwright.errors import TextwrightError
from textwright.experiment.running.leftover import leftover
from textwright.experiment.running.lock import locked
from textwright.experiment.running.missing import Plan
from textwright.experiment.running.order import FitOrder, Order
from textwright.experiment.running.prepare import prepared
from textwright.experiment.running.run import Choice, run_plan
from textwright.project.files import write_text
from textwright.project.judge.asking import LINEAR, NETWORK, TRANSFORMER, curve_toml, title_of
from textwright.project.judge.forecast import TOO_FEW
from textwright.project.judge.judged import Judged, read_judged, write_judged
from textwright.project.judge.summing import summed, table_of_plan, with_forecast

EXPERIMENT, REPORT = "experiment.toml", "report.html"
PATIENCE = 10.0
EPOCH = re.compile(r"epoch (\d+) of (\d+)")
# What a fit counts beside a judgement.
FIT, JUDGEMENT = 6, 1
# Where the three parts of the work end: what is quick, the rest of the table, the curve.
QUICK, TABLE, CURVE = 0.15, 0.65, 1.0
SLOW = (NETWORK, TRANSFORMER)
PREPARING = "Reading the texts and what was judged before"
CURVED = "Looking what more texts would bring"
# With fewer texts there are no four sizes to draw a curve through; with more, labels are not what is lacking.
LEAST_CURVED, MOST_CURVED = 50, 2500


def main(arguments: Sequence[str]) -> int:
    """Judge the project in a folder; say why when that cannot be."""
    folder, key = Path(arguments[0]), arguments[1]
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no word of ours
    told = Told(out)
    end_with_parent()
    step_back()
    return run(folder, key, told)


def run(folder: Path, key: str, told: Told) -> int:
    """Judge, and return the exit status; what somebody can mend is told in its own words."""
    try:
        _judge(folder, key, told)
    except TextwrightError as error:
        told.say("failed", str(error))
        return 2
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        told.say("failed", f"{place}{error.strerror or error}")
        return 2
    return 0


def _judge(folder: Path, key: str, told: Told) -> None:
    began = time.monotonic()
    told.say("at", 0.0, PREPARING)
    plan = prepared(folder)
    with locked(plan.experiment.runs, wait=PATIENCE):
        pass  # one that was killed a moment ago may still be ending
    _judge_quickly(folder, plan, told, key)
    told.begin(QUICK, TABLE)
    _run(plan, told, ())
    found = summed(plan, key)
    method = _worth_a_curve(found)
    found = replace(found, seconds=round(time.monotonic() - began, 1), doubt="" if method else TOO_FEW)
    _keep(folder, found, plan)
    told.say("judged")
    if method is not None:
        plan = _curved(folder, method, told)
        _keep(folder, with_forecast(found, plan), plan)
    _clean(plan)


def _clean(plan: Plan) -> None:
    """Take away the runs of earlier texts, labels and rules: nobody asks for them any more."""
    with locked(plan.experiment.runs, wait=PATIENCE):
        for each in leftover(plan.experiment):
            shutil.rmtree(each, ignore_errors=True)


def _judge_quickly(folder: Path, plan: Plan, told: Told, key: str) -> None:
    """Judge what is quick, so that there is something to read soon; a whole judging of before stays until the next."""
    quick = [method.name for method in plan.experiment.methods if method.name not in SLOW]
    before = read_judged(folder)
    if quick and (before is None or not before.finished):
        told.begin(0.0, QUICK)
        _run(plan, told, quick)
        _keep(folder, replace(summed(plan, key), finished=False), plan)
        told.say("judged")


def _run(plan: Plan, told: Told, only: Sequence[str]) -> None:
    """Fit and judge what is missing.

    All in this process: each process of its own would load what trains anew, which takes longer than a fit.
    """
    run_plan(plan, told, Choice(only=only, own_process=False))


def _keep(folder: Path, found: Judged, plan: Plan) -> None:
    """Write what was found, and the report of all of it."""
    if found.methods:
        write_text(folder / REPORT, table_of_plan(plan).to_html(), errors="surrogatepass")
    write_judged(folder, found)


def _worth_a_curve(found: Judged) -> str | None:
    """Choose the quickest to train of the methods that may be the best; None where no curve would say anything."""
    if not LEAST_CURVED <= found.learned <= MOST_CURVED:
        return None
    learning = [each for each in found.methods if each.name in (LINEAR, NETWORK)]
    level = [each.name for each in learning if each is learning[0] or not (each.behind and each.behind.told_apart)]
    return LINEAR if LINEAR in level else next(iter(level), None)


def _curved(folder: Path, method: str, told: Told) -> Plan:
    """Make the curve of a method, which the experiment's file asks for from now on."""
    from textwright.experiment.curves import missing_trainings, run_curves

    file = folder / EXPERIMENT
    write_text(file, file.read_text(encoding="utf-8") + curve_toml(method), errors="surrogatepass")
    plan = prepared(folder)
    told.begin(TABLE, CURVE)
    told.curve(missing_trainings(plan.experiment, plan.data))
    run_curves(plan.experiment, plan.data, tell=told.trained)
    return plan


class Told:
    """Tells how far it is."""

    def __init__(self, out: Any) -> None:
        """Write lines to `out`."""
        self._out, self._part, self._done, self._all = out, (0.0, 1.0), 0.0, 1.0
        self._epoch, self._courses = 0, 0

    def say(self, kind: str, *said: Any) -> None:
        """Write a line at once."""
        self._out.write(json.dumps([kind, *said]) + "\n")
        self._out.flush()

    def begin(self, start: float, end: float) -> None:
        """Hear that a part of the work begins, and which part of the whole it is."""
        self._part, self._done, self._all = (start, end), 0.0, 1.0

    def _at(self, more: float, words: str) -> None:
        start, end = self._part
        self.say("at", round(start + (end - start) * min(1.0, (self._done + more) / self._all), 3), words)

    # --- what the table hears -------------------------------------------------------------------

    def begins(self, fits: Sequence[Order], judgements: int, standing: int) -> None:
        """Hear what there is to do, whatever stands already."""
        del standing
        self._all = max(1.0, FIT * len(fits) + JUDGEMENT * judgements)

    def started(self, order: Order) -> None:
        """Hear that a method is fitted or judged from now on."""
        self._epoch, self._courses = 0, 0
        self._at(0.0, _words(order))

    def told(self, order: Order, line: str) -> None:
        """Hear how far a method is. Nobody knows how many courses it takes: each is half of what is left."""
        if found := EPOCH.search(line):
            epoch, epochs = int(found[1]), int(found[2])
            self._courses += epoch <= self._epoch
            self._epoch = epoch
            left = 0.5**self._courses
            self._at((1 - left + left / 2 * epoch / epochs) * _weight(order), _words(order))

    def ended(self, order: Order, failed: str | None) -> None:
        """Hear that a method is done, or failed."""
        del failed  # what failed is recorded with the run
        self._done += _weight(order)

    # --- what the curve hears -------------------------------------------------------------------

    def curve(self, trainings: int) -> None:
        """Hear how many trainings the curve still takes."""
        self._all = max(1.0, trainings)
        self._at(0.0, CURVED)

    def trained(self, line: str) -> None:
        """Hear that one of them is done."""
        del line
        self._done += 1
        self._at(0.0, CURVED)


def _words(order: Order) -> str:
    """Say what is done with a method.

    What does not learn is only looked at: its title may be of several things, so that no verb goes with it.
    """
    name = title_of(order.planned.method.name)
    learns = isinstance(order, FitOrder) and order.planned.method.learns
    return f"{name}: learning" if learns else f"{name}: being tested"


def _weight(order: Order) -> float:
    return FIT if isinstance(order, FitOrder) else JUDGEMENT * len(order.asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
