"""`textwright compare`: several models on the same texts, and which differences are more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.evaluate import HTML_HELP, JSON_HELP, LABELS_HELP, judge, split_labels
from textwright.cli.gating import GATE_HELP, JUNIT_HELP, tell_gate
from textwright.cli.options import complete_model
from textwright.cli.output import refuse_same
from textwright.cli.reports import check_folders, show, write_json, write_text
from textwright.cli.status import Status
from textwright.cli.telling import say
from textwright.wrangle.counted import counted

if TYPE_CHECKING:
    from textwright.evaluate.compare import Comparison
    from textwright.evaluate.gate import Rules, Verdicts
    from textwright.evaluate.report import Report


def compare(
    models: Annotated[
        list[str],
        typer.Argument(
            metavar="MODEL MODEL...",
            help="Two models or more (with --gate one will do), named as for predict.",
            autocompletion=complete_model,
        ),
    ],
    data: Annotated[Path, typer.Option(metavar="DATA", help="Annotated texts, in any known format.")],
    labels: Annotated[list[str] | None, typer.Option(metavar="A,B", help=LABELS_HELP)] = None,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help=JSON_HELP)] = None,
    html_file: Annotated[Path | None, typer.Option("--html", metavar="FILE", help=HTML_HELP)] = None,
    gate_file: Annotated[Path | None, typer.Option("--gate", metavar="GATE", help=GATE_HELP)] = None,
    junit_file: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help=JUNIT_HELP)] = None,
) -> None:
    """Compare models on the same annotated texts, with intervals and exact tests; hold them against a gate.

    Example:
        textwright compare job_titles.rules job_titles.split --data dev.jsonl --html compared.html
    """
    from textwright.dataset import Dataset
    from textwright.evaluate.compare import compare as compare_reports
    from textwright.evaluate.tables import comparison_tables

    _refuse(models, gate_file, junit_file)
    refuse_same(data, json_file, html_file, junit_file)
    check_folders(json_file, html_file, junit_file)
    rules = None if gate_file is None else _rules(gate_file, models)
    keys = () if rules is None else rules.slice_keys
    dataset = Dataset.read(data)
    reports = [judge(model, dataset, labels=split_labels(labels), slice_by=keys) for model in models]
    comparison = compare_reports(reports) if len(reports) > 1 else _alone(reports[0])
    side_by_side, _ = comparison_tables(comparison)
    show(comparison.notes, [side_by_side])
    show(comparison.verdicts(), [])
    write_text(html_file, comparison.to_html)
    verdicts = None
    try:
        verdicts = None if rules is None else _verdicts(comparison, rules)
    finally:  # what was judged is kept, whatever is wrong with the gate
        write_json(json_file, lambda: _with_gate(comparison, verdicts))
    status = None if verdicts is None else tell_gate(verdicts, junit=junit_file)
    if any(report.failed for report in comparison.reports):
        say("some texts have no answer and count as wrong")
        status = status or Status.PARTLY
    if status:
        raise typer.Exit(status)


def _refuse(models: list[str], gate_file: Path | None, junit_file: Path | None) -> None:
    from textwright.errors import DataError

    if len(models) < 2 and gate_file is None:
        raise DataError(f"found one model ({models[0]}), expected two or more. For one: textwright evaluate")
    if junit_file is not None and gate_file is None:
        raise DataError("--junit writes what became of a gate; name one with --gate GATE.toml")


def _alone(report: Report) -> Comparison:
    """Compare a model with nothing: its gate asks for thresholds, budgets or an earlier report."""
    from textwright.evaluate.compare import Comparison

    said = f"{counted(len(report.outcomes), 'text')} of {report.dataset or 'a data set'} ({report.fingerprint[:12]})."
    return Comparison((report,), tuple(report.rights), (), (said,))


def _rules(gate_file: Path, models: list[str]) -> Rules:
    """Read the gate and look whether it names models that are here, before any is asked."""
    from textwright.evaluate.gate import check_rules, read_gate

    rules = read_gate(gate_file)
    check_rules(rules, models)
    return rules


def _verdicts(comparison: Comparison, rules: Rules) -> Verdicts:
    from textwright.evaluate.gate import gate

    reports = {report.name: report.to_data() for report in comparison.reports}
    beside = {"python": _beside(comparison.reports[0], rules.slice_keys)}
    return gate(reports, rules, extras=dict.fromkeys(reports, beside))


def _beside(report: Report, keys: Sequence[str]) -> dict[str, Any]:
    """Say of each text where it comes from and which part it belongs to."""
    from textwright.evaluate.slices import MISSING

    metas = [outcome.example.meta for outcome in report.outcomes]
    sources = [meta.get("source") for meta in metas]
    return {
        "sources": [None if source is None else str(source) for source in sources],
        "parts": {key: [str(meta.get(key, MISSING)) for meta in metas] for key in keys},
    }


def _with_gate(comparison: Comparison, verdicts: Verdicts | None) -> dict[str, Any]:
    return {**comparison.to_data(), **({} if verdicts is None else {"gate": verdicts.to_data()})}
