"""What lies among the runs of an experiment and is of no more use to it."""

from __future__ import annotations

from pathlib import Path

from textwright.experiment.file import Experiment, open_data, planned
from textwright.experiment.running.parts import half_made, part_of
from textwright.runs import read_runs
from textwright.runs.folder import RUN


def leftover(experiment: Experiment) -> list[Path]:
    """Find the runs that the experiment does not need, and half-made ones that no command would go on with.

    Only runs of this experiment's name are counted: several may share a folder. Raise `DataError` when the
    data sets cannot be read.
    """
    needed = {run.run_id for run in planned(experiment, open_data(experiment))}
    others = [run for run in read_runs(experiment.runs) if run.id not in needed and run.experiment == experiment.name]
    parts = {part_of(experiment.runs, run_id) for run_id in needed if not _is_whole(experiment.runs / run_id)}
    strange = [part for part in half_made(experiment.runs) if part not in parts]
    return [*(run.folder for run in others), *strange]


def _is_whole(folder: Path) -> bool:
    from textwright.runs import read_record

    return (folder / RUN).is_file() and read_record(folder).failed is None
