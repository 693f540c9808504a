"""`textwright experiment clean`: take away runs that no longer belong to an experiment."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from textwright.cli.experiment_run import Experiment
from textwright.cli.telling import tell


def clean(
    experiment: Experiment,
    yes: Annotated[bool, typer.Option("--yes", help="Take them away; else they are listed only.")] = False,
) -> None:
    """List the runs that the experiment no longer needs, with their size; with --yes take them away.

    They were made from other settings or data. Half-made runs of these go too; those that the next command
    would go on with stay.

    Example:
        textwright experiment clean experiment.toml
    """
    from textwright.experiment.file import read_experiment
    from textwright.experiment.running.leftover import leftover

    found = read_experiment(experiment)
    folders = leftover(found)
    for folder in folders:
        print(f"{folder}  {_size(folder) / 1e6:.2f} MB")
    if not folders:
        tell(f"{found.runs} holds nothing that is not needed")
    elif not yes:
        tell("nothing was taken away; --yes does that")
    else:
        _take_away(folders, found.runs)
        tell(f"took {len(folders)} away")


def _take_away(folders: Sequence[Path], runs: Path) -> None:
    """Take folders away while no other command is at work among the runs."""
    from textwright.experiment.running.lock import locked

    with locked(runs):
        for folder in folders:
            shutil.rmtree(folder)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
