"""`textwright evaluate`: what one model is worth on annotated texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.options import Model, names_of
from textwright.cli.output import refuse_same
from textwright.cli.progress import progress_by_text
from textwright.cli.reports import check_folders, show, write_json, write_text
from textwright.cli.status import Status

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.evaluate.report import Report

LABELS_HELP = "Score these labels or tasks only, commas between; may be repeated."
JSON_HELP = "Write all figures and every mistake as JSON."
HTML_HELP = "Write a page that stands alone, every mistake drawn."


def evaluate(
    model: Model,
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Annotated texts, in any known format.")],
    labels: Annotated[list[str] | None, typer.Option(metavar="A,B", help=LABELS_HELP)] = None,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help=JSON_HELP)] = None,
    html_file: Annotated[Path | None, typer.Option("--html", metavar="FILE", help=HTML_HELP)] = None,
    slice_by: Annotated[
        list[str] | None,
        typer.Option("--slice", metavar="KEY", help="Show the figures by a meta key, too; may be repeated."),
    ] = None,
) -> None:
    """Judge a model on annotated texts: exact match, span F1, categories, speed, every mistake.

    Example:
        textwright evaluate job_titles dev.jsonl --slice domain --html report.html
    """
    from textwright.dataset import Dataset
    from textwright.evaluate.tables import report_lines, report_tables

    refuse_same(data, json_file, html_file)
    check_folders(json_file, html_file)
    report = judge(model, Dataset.read(data), labels=split_labels(labels), slice_by=slice_by or [])
    show(report_lines(report), report_tables(report))
    write_json(json_file, report.to_data)
    write_text(html_file, report.to_html)
    if report.failed:
        raise typer.Exit(Status.PARTLY)


def judge(model: str, dataset: Dataset, *, labels: Sequence[str] | None, slice_by: Sequence[str] = ()) -> Report:
    """Evaluate the model of a reference, with a progress bar on standard error."""
    from textwright.evaluate.report import evaluate as evaluate_model
    from textwright.references import open_model

    predictor = open_model(model)
    with progress_by_text(model, len(dataset)) as step:
        return evaluate_model(predictor, dataset, labels=labels, name=model, slice_by=slice_by, on_answer=step)


def split_labels(labels: list[str] | None) -> list[str] | None:
    """Read names with commas between; None where there is none.

    >>> split_labels(["A, B", "C"]), split_labels([""])
    (['A', 'B', 'C'], None)
    """
    return names_of(labels) or None
