"""A run is made in a folder `.ID.part` and takes its place in one step when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from textwright.experiment.methods.work import LEARNING
from textwright.experiment.running.lock import LOCK
from textwright.experiment.running.spent import SPENT
from textwright.runs.folder import RUN

# What is of use only until the run is whole.
PASSING = (LEARNING, SPENT, LOCK)


def part_of(runs: Path, run_id: str) -> Path:
    """Name the folder in which a run is made."""
    return runs / f".{run_id}.part"


def finish(part: Path, target: Path) -> None:
    """Put a whole run in its place; one that stands there (it failed, or was asked for again) goes."""
    for name in PASSING:
        _remove(part / name)
    old = target.with_name(f".{target.name}.old")
    _remove(old)
    if target.exists():
        target.rename(old)
    part.rename(target)
    _remove(old)


def recover(runs: Path) -> None:
    """Finish what a kill left whole but not in its place, and take away what it left of older runs."""
    for part in list(runs.glob(".*.part")):
        if (part / RUN).is_file():
            finish(part, runs / part.name.removeprefix(".").removesuffix(".part"))
    for old in list(runs.glob(".*.old")):
        _remove(old)


def half_made(runs: Path) -> Iterator[Path]:
    """Find the folders of runs that are not whole."""
    return (part for part in sorted(runs.glob(".*.part")) if part.is_dir())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
