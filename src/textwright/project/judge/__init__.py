"""The fifth step: every method is judged on the texts that were set aside, in words and figures.

`parts` parts what was annotated, `asking` writes the experiment, `work` is the process that runs it and `running`
follows that; `summing` and `forecast` make of it what `judged` keeps, and `words` says it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textwright.lazy import fetch_names
from textwright.project.files import Project
from textwright.project.standing import Standing, command

if TYPE_CHECKING:
    from textwright.experiment.table import ExperimentTable
    from textwright.project.judge.judged import Judged, judged
    from textwright.project.judge.running import Judging
    from textwright.project.workbench import Workbench

__all__ = ["Judged", "judge", "judged", "judging", "standing"]

STEP = "judge"


def standing(bench: Workbench) -> Standing:
    """Say where the step stands."""
    from textwright.project.judge.judged import judged
    from textwright.project.judge.words import short_of

    project, found = bench.project, judged(bench.project)
    run = command("experiment", "run", project.folder)
    if found is None or found.best is None:
        return Standing(commands=(run,))
    report = command("experiment", "report", project.folder, "--html", project.folder / "report.html")
    after = (report, command("advise", project.folder)) if found.finished else ()
    return Standing(True, short_of(found.best), (run, *after))


def judging(bench: Workbench) -> Judging:
    """Return what judges a project at work; there is one."""
    from textwright.project.judge.parts import parts_of
    from textwright.project.judge.running import Judging

    with bench.lock:
        found = bench.works.get(STEP)
        if not isinstance(found, Judging):
            found = Judging(
                bench.project, lambda: parts_of(bench.desk), tell=lambda line: bench.say(f"judging: {line}")
            )
            bench.works[STEP] = found
        return found


def judge(project: Project, tell: Callable[[str], None] = print) -> ExperimentTable:
    """Judge every method on the texts that were set aside, and return the table; `tell` hears how far it is.

    What has not changed is not done again. Raise `DataError` that says what must be done first, or why nothing
    could be judged.
    """
    from textwright.errors import DataError
    from textwright.experiment.running.prepare import prepared
    from textwright.project.judge.parts import annotated
    from textwright.project.judge.running import Judging
    from textwright.project.judge.summing import table_of_plan

    work = Judging(project, lambda: annotated(project), tell=tell)
    try:
        work.start()
        work.wait()
    finally:
        work.close()
    if work.fault:
        raise DataError(work.fault)
    return table_of_plan(prepared(project.folder))


fetch_names(__name__, {"judged": ("Judged", "judged")})
