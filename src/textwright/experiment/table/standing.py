"""The runs of a plan as they stand: read from disk, judgements of other settings or data left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textwright.experiment.file import Checks, Experiment, Planned, judgement_key
from textwright.experiment.file.leaks import CHECKS
from textwright.experiment.running.missing import Plan
from textwright.experiment.table.naming import listed_names
from textwright.runs import Run, read_run
from textwright.runs.folder import RUN
from textwright.trust import parsed_json


def standing_runs(plan: Plan) -> list[Run]:
    """Read the runs that the plan needs and that are there, with the judgements that still hold."""
    folders = ((each, plan.experiment.runs / each.run_id) for each in plan.planned)
    return [_standing(read_run(folder), each, plan) for each, folder in folders if (folder / RUN).is_file()]


def _standing(run: Run, planned: Planned, plan: Plan) -> Run:
    keys = {
        (test, runtime): judgement_key(planned, plan.data[test], plan.experiment, runtime)
        for test in plan.experiment.tests
        for runtime in plan.experiment.runtimes
    }
    kept = tuple(each for each in run.judgements if keys.get((each.test, each.runtime)) == each.key)
    return replace(run, judgements=kept)


def lacking(plan: Plan, runs: list[Run], test: str) -> Iterator[str]:
    """Say which methods of the plan are not in the table, because nobody ran or judged them yet."""
    there = {run.id: run for run in runs}
    fits = [each for each in plan.planned if each.run_id not in there]
    if fits:
        yield f"Not run yet, so not in the table: {_names(fits)}. {_cure(plan.experiment)}"
    stale = [each for each in plan.planned if (run := there.get(each.run_id)) and _lacks(run, test)]
    if stale:
        yield f"Not judged on {test} as it is now: {_names(stale)}. {_cure(plan.experiment)}"


def _lacks(run: Run, test: str) -> bool:
    return run.failed is None and run.judged(test) is None and f"{test}.python" not in run.not_judged


def _names(planned: list[Planned]) -> str:
    return listed_names(dict.fromkeys(each.method.name for each in planned))


def _cure(experiment: Experiment) -> str:
    return f"To do so: textwright experiment run {experiment.path}"


def kept_checks(experiment: Experiment) -> Checks | None:
    """Read what was found of learned texts, as it is kept beside the runs. None: nobody looked yet."""
    path = experiment.runs / CHECKS
    if not path.is_file():
        return None
    return Checks.from_data(parsed_json(path.read_bytes()), where=str(path))
