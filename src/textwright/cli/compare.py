"""`textwright compare`: several models on the same texts, and which differences are more than chance."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from textwright.cli.evaluate import (
    HTML_HELP,
    JSON_HELP,
    LABELS_HELP,
    check_folders,
    judge,
    show,
    split_labels,
    write_json,
    write_text,
)
from textwright.cli.status import Status


def compare(
    models: Annotated[list[str], typer.Argument(help="Two models or more: names, folders, python:module:name.")],
    data: Annotated[Path, typer.Option(help="Annotated texts, in any known format.")],
    labels: Annotated[str, typer.Option(help=LABELS_HELP)] = "",
    json_file: Annotated[Path | None, typer.Option("--json", help=JSON_HELP)] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help=HTML_HELP)] = None,
) -> None:
    """Compare models on the same annotated texts, with intervals and exact tests.

    Example:
        textwright compare job_titles.rules job_titles.split --data dev.jsonl --html compared.html
    """
    from textwright.dataset import Dataset
    from textwright.errors import DataError
    from textwright.evaluate.compare import compare as compare_reports
    from textwright.evaluate.tables import comparison_tables

    if len(models) < 2:
        raise DataError(f"found one model ({models[0]}), expected two or more. For one: textwright evaluate")
    check_folders(json_file, html_file)
    dataset = Dataset.read(data)
    comparison = compare_reports([judge(model, dataset, labels=split_labels(labels)) for model in models])
    side_by_side, _ = comparison_tables(comparison)
    show(comparison.notes, [side_by_side])
    show(comparison.verdicts(), [])
    write_json(json_file, comparison.to_data)
    write_text(html_file, comparison.to_html)
    if any(report.failed for report in comparison.reports):
        print("some texts have no answer and count as wrong", file=sys.stderr)
        raise typer.Exit(Status.PARTLY)
