"""`textwright experiment`: every method on the same held-out texts, in one table."""

from __future__ import annotations

import typer

from textwright.cli.experiment_clean import clean
from textwright.cli.experiment_diff import diff
from textwright.cli.experiment_list import list_runs
from textwright.cli.experiment_report import report
from textwright.cli.experiment_run import run
from textwright.cli.experiment_schema import schema
from textwright.cli.experiment_show import show

app = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)


@app.callback()
def experiment() -> None:
    """Fit and judge every method of an experiment on the same held-out texts, each once.

    An experiment is a TOML file, or a folder with an experiment.toml.

    Example:
        textwright experiment run experiment.toml
        textwright experiment list experiment.toml
    """


app.command("run")(run)
app.command("list")(list_runs)
app.command("show")(show)
app.command("diff")(diff)
app.command("report")(report)
app.command("schema")(schema)
app.command("clean")(clean)
