"""`textwright experiment list`: the runs of an experiment, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.experiment_run import Experiment, in_words

if TYPE_CHECKING:
    from textwright.evaluate.tables import Table
    from textwright.experiment.running.listing import Listed


def list_runs(
    experiment: Experiment,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the list as JSON.")] = None,
) -> None:
    """List the runs of an experiment: which stand, are missing or half made, or failed and why.

    The last columns show the experiment's measure on each test. A run that is not needed was made from other
    settings or data; textwright experiment clean takes such away.

    Example:
        textwright experiment list experiment.toml
    """
    from textwright.cli.reports import check_folders, show, write_json
    from textwright.experiment.file import read_experiment
    from textwright.experiment.running.listing import listed

    check_folders(json_file)
    found = read_experiment(experiment)
    rows = listed(found)
    show(list(_reasons(rows)), [runs_table(f"{found.name}: {found.measure}", found.tests, rows)])
    write_json(json_file, lambda: [row.to_data() for row in rows])


def runs_table(title: str, tests: Sequence[str], rows: Sequence[Listed]) -> Table:
    """Put runs one below the other."""
    from textwright.evaluate.tables import Table

    head = ("run", "method", "seed", "state", "began (UTC)", "took", *tests)
    return Table(title, head, tuple(_row(row, tests) for row in rows))


def _row(row: Listed, tests: Sequence[str]) -> tuple[str, ...]:
    from textwright.evaluate.tables import NOTHING, figure

    began = NOTHING if row.began is None else row.began[:16].replace("T", " ")
    took = NOTHING if row.seconds is None else in_words(row.seconds)
    figures = (figure(row.figures.get(test)) for test in tests)
    return (row.run, row.method, str(row.seed), row.state, began, took, *figures)


def _reasons(rows: Sequence[Listed]) -> Iterator[str]:
    """Say why runs failed, and why some could not be judged."""
    for row in rows:
        if row.reason is not None:
            yield f"{row.run} failed: {row.reason}"
        for place, reason in row.not_judged.items():
            yield f"{row.run} could not be judged on {place}: {reason}"
