"""Runs whose method has another name now: what was learned is the same, so that they are taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from textwright.experiment.file import Planned
from textwright.experiment.running.missing import whole
from textwright.runs.folder import read_record, write_run
from textwright.runs.record import Run

Runs = Mapping[str, Run]


def take_over(planned: Sequence[Planned], runs: Runs, folder: Path) -> bool:
    """Give runs that are not needed under their name to methods that miss a run with the same key. Say whether any was.

    A cascade names other runs by their folders, and is made anew when these have other names.
    """
    needed = {each.run_id for each in planned}
    spare = {run.key: run for run in runs.values() if run.id not in needed and run.failed is None}
    taken = False
    for each in planned:
        if each.method.kind != "cascade" and each.key in spare and not whole(runs.get(each.run_id), each):
            taken = _rename(spare.pop(each.key), each, folder) or taken
    return taken


def _rename(run: Run, planned: Planned, folder: Path) -> bool:
    """Move a run's folder, and then write its new name into it; a kill between leaves one to take over again."""
    target = folder / planned.run_id
    if run.folder.name != target.name:
        if target.exists():
            return False
        run.folder.rename(target)
    record = read_record(target)
    write_run(replace(record, id=planned.run_id, method=planned.method.name, needs=dict(planned.needs)), target)
    return True
