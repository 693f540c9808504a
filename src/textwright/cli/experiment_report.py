"""`textwright experiment report`: one table of every method, with all that a choice among them needs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.experiment_run import Experiment
from textwright.cli.gating import GATE_HELP, JUNIT_HELP
from textwright.cli.reports import check_folders, show, write_text

if TYPE_CHECKING:
    from textwright.evaluate.gate import Verdicts
    from textwright.experiment.running.missing import Plan
    from textwright.experiment.table import ExperimentTable
    from textwright.runs import Run

METHODS_IN_SLICES = 5
STDOUT = Path("-")
PRINTED = "--json, --html and --markdown"
TEST_HELP = "The test set to report on; else the first of the experiment."


def report(
    experiment: Experiment,
    test: Annotated[str | None, typer.Option(metavar="NAME", help=TEST_HELP)] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write all figures and texts as JSON (-: print them).")
    ] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="Write a page that stands alone.")] = None,
    markdown_file: Annotated[
        Path | None, typer.Option("--markdown", help="Write the tables as Markdown (-: print them).")
    ] = None,
    gate_file: Annotated[Path | None, typer.Option("--gate", metavar="GATE", help=GATE_HELP)] = None,
    junit: Annotated[Path | None, typer.Option(help=JUNIT_HELP)] = None,
) -> None:
    """Show what every method is worth on the same texts: exactness, speed, size, money, and which can be told apart.

    What could spoil the figures is said first. The page has every text that some method got wrong, all answers side
    by side. Nothing is run: what is missing is named.

    Example:
        textwright experiment report experiment.toml --html table.html
        textwright experiment report experiment.toml --test other_trades --markdown table.md --gate gate.toml
    """
    from textwright.errors import DataError
    from textwright.experiment.running.prepare import prepared

    check_folders(json_file, html_file, markdown_file, junit)
    if junit is not None and gate_file is None:
        raise DataError("--junit writes the verdicts of a gate, so it needs --gate GATE")
    printed = [file for file in (json_file, html_file, markdown_file) if file == STDOUT]
    if len(printed) > 1 or (printed and gate_file is not None):
        raise DataError(f"- is standard output, which holds one of {PRINTED} and no verdicts of --gate: name files")
    plan = prepared(experiment)
    table, runs = table_of_plan(plan, test)
    if not printed:
        show_table(table)
    verdicts = _gated(gate_file, table, runs)
    beside = {} if verdicts is None else {"gate": verdicts.to_data()}
    _written(json_file, lambda: json.dumps({**table.to_data(), **beside}, allow_nan=False, indent=1) + "\n")
    _written(html_file, table.to_html)
    _written(markdown_file, table.to_markdown)
    _end(verdicts, junit)


def _written(file: Path | None, text: Callable[[], str]) -> None:
    """Write a text to a file, or to standard output, where nothing else is printed then."""
    if file == STDOUT:
        print(text(), end="")
    else:
        write_text(file, text)


def table_of_plan(plan: Plan, test: str | None = None) -> tuple[ExperimentTable, list[Run]]:
    """Make the table of what stands of a plan. Raise `DataError` at an unknown test, or when nothing stands."""
    from textwright.errors import DataError
    from textwright.experiment.table import table_of
    from textwright.experiment.table.standing import kept_checks, lacking, standing_runs

    tests = plan.experiment.tests
    if test is not None and test not in tests:
        raise DataError(f"--test {test}: the experiment has no such test. Its tests: {', '.join(tests)}")
    runs = standing_runs(plan)
    told = list(lacking(plan, runs, test or tests[0]))
    return table_of(plan.experiment, runs, kept_checks(plan.experiment), test=test, told=told), runs


def show_table(table: ExperimentTable) -> None:
    """Print the table: what could spoil it first, then figures, differences, fronts and parts."""
    from textwright.experiment.table.written import first_line, tables_of

    show([*_marked("Before you trust the figures:", table.warnings), first_line(table)], [])
    show([], tables_of(table, methods=METHODS_IN_SLICES))
    show([*_left_out(table), *table.verdicts()], [])
    for front in table.fronts:
        show(["", f"{front.axis.title.capitalize()}:", *front.in_words()], [])
    for changed in table.changes:
        show(["", *changed.in_words()], [])


def _left_out(table: ExperimentTable) -> list[str]:
    """Say that tables by part have the best methods only, as all would not fit a terminal."""
    if len(table.rows) <= METHODS_IN_SLICES or not any(each.is_shown for each in table.slices):
        return []
    best = f"Parts of the test are shown for the best {METHODS_IN_SLICES} of {len(table.rows)} methods"
    return [f"{best}; --html, --markdown and --json have all.", ""]


def _marked(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *(f"- {line}" for line in lines), ""] if lines else []


def _gated(file: Path | None, table: ExperimentTable, runs: Sequence[Run]) -> Verdicts | None:
    """Hold the methods against a gate; the best of the table is the candidate unless the gate names one."""
    if file is None:
        return None
    from textwright.evaluate.gate import check_rules, gate, read_gate

    rules = read_gate(file)
    check_rules(rules, [row.method for row in table.rows])
    reports, extras = _judged(table, runs)
    return gate(reports, rules, extras=extras)


def _judged(table: ExperimentTable, runs: Sequence[Run]) -> tuple[dict[str, list[Any]], dict[str, Mapping[str, Any]]]:
    """Give the reports of each method, one a seed, and what was measured beside them in each runtime."""
    reports: dict[str, list[Any]] = {row.method: [] for row in table.rows}
    extras: dict[str, dict[str, list[Any]]] = {row.method: {} for row in table.rows}
    for run in runs:
        for each in run.judgements:
            if each.test != table.test or run.method not in reports:
                continue
            extras[run.method].setdefault(each.runtime, []).append(each.to_data())
            if each.runtime == "python" and each.unable is None:
                reports[run.method].append(each.report)
    return reports, {method: dict(found) for method, found in extras.items()}


def _end(verdicts: Verdicts | None, junit: Path | None) -> None:
    if verdicts is None:
        return
    from textwright.cli.gating import tell_gate

    status = tell_gate(verdicts, junit=junit)
    if status is not None:
        raise typer.Exit(status)
