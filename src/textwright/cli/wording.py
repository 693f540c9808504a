"""`textwright wording`: what it is worth to tell a language model what its labels mean, and to show it examples."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.asking import BaseUrl, Cache, Concurrency, ModelName, Offline, Weights, given
from textwright.cli.evaluate import split_labels
from textwright.cli.reports import check_folders, show, write_json
from textwright.cli.status import Status
from textwright.cli.telling import tell
from textwright.cli.wording_asked import askings_of, ended, judge_wordings
from textwright.cli.wording_question import question_of, refuse_unannotated
from textwright.cli.wording_shown import lines_of, table_of, verdicts_of
from textwright.errors import DataError

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.evaluate.report import Report


def wording(
    template: Annotated[str, typer.Argument(help="A template that asks for spans or categories, such as ner.")],
    data: Annotated[Path, typer.Option(help="Annotated texts to judge by, in any known format.")],
    schema: Annotated[
        str | None, typer.Option(metavar="PACK_OR_FILE", help="Labels with their meanings; else the data's own.")
    ] = None,
    labels: Annotated[list[str] | None, typer.Option(metavar="A,B", help="Ask for these labels of spans only.")] = None,
    task: Annotated[str | None, typer.Option(help="Ask this question about whole texts only.")] = None,
    examples: Annotated[Path | None, typer.Option(metavar="DATA", help="Annotated texts to show, other ones.")] = None,
    count: Annotated[int, typer.Option(min=1, help="How many examples are shown.")] = 4,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="So many texts, drawn at random.")] = None,
    seed: Annotated[int, typer.Option(help="Chooses the texts.")] = 0,
    model: ModelName = None,
    base_url: BaseUrl = None,
    gguf: Weights = None,
    max_tokens: Annotated[int, typer.Option(min=1, metavar="N", help="The longest answer.")] = 256,
    concurrency: Concurrency = None,
    budget_cost: Annotated[
        float | None, typer.Option(min=0, metavar="X", help="Stop before all wordings cost more (dollars).")
    ] = None,
    budget_tokens: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Stop before all wordings take more.")
    ] = None,
    offline: Offline = False,
    cache: Cache = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all reports and pairs as JSON.")] = None,
) -> None:
    """Ask one model the same texts with the labels' names only, with their meanings, and with examples.

    Each label is scored under each wording, and each wording is compared with the names alone on the same texts.
    A budget holds for all wordings together.

    Example:
        textwright wording ner --data dev.jsonl --examples train.jsonl --schema job_titles --limit 50
        textwright wording ner --data dev.jsonl --model gpt-5-mini --budget-cost 0.50 --json wording.json
    """
    check_folders(json_file)
    options = {
        "model": model,
        "base_url": base_url,
        "gguf": gguf,
        "task": task,
        "parameters": {"max_tokens": max_tokens},
        "concurrency": concurrency,
        "budget": {"cost": budget_cost, "tokens": budget_tokens},
        "offline": offline,
        "cache": cache,
    }
    whole = _read(data, schema)
    dataset = _drawn(whole, limit, seed)
    question = question_of(template, whole, schema, _named(labels))
    refuse_unannotated(question, dataset)
    shown = None if examples is None else {"file": str(examples), "count": count, "choose": "cover"}
    askings = askings_of(question, given(options), shown, dataset)
    reports = judge_wordings(askings, dataset)
    _compare(reports, json_file)


def _named(labels: list[str] | None) -> list[str]:
    found = split_labels(labels) or []
    if labels is not None and not found:
        raise DataError("--labels names no label; leave it out to ask for all")
    return found


def _read(data: Path, schema: str | None) -> Dataset:
    """Read the texts, each once: several annotators who agree give it one gold."""
    from textwright.dataset import Dataset
    from textwright.evaluate.outcome import one_gold
    from textwright.references import find_schema

    read = Dataset.read(data, schema=None if schema is None else find_schema(schema))
    return read.with_examples(one_gold(read))


def _drawn(dataset: Dataset, limit: int | None, seed: int) -> Dataset:
    """Draw texts at random, in the order of the file, so that no source at its beginning stands for all."""
    if limit is None or limit >= len(dataset):
        return dataset
    places = sorted(random.Random(seed).sample(range(len(dataset)), limit))
    return dataset.with_examples(dataset[place] for place in places)


def _compare(reports: Sequence[Report], json_file: Path | None) -> None:
    """Compare the wordings that were asked of all texts, and show it."""
    from textwright.evaluate.compare import compare

    whole = [report for report in reports if ended(report) is None]
    for report in reports:
        _tell_ended(report)
    if len(whole) < 2:
        tell("fewer than two wordings were asked of all texts, so that nothing is compared")
        raise typer.Exit(Status.PARTLY)
    comparison = compare(whole)
    show(lines_of(comparison), [table_of(comparison)])
    show(verdicts_of(comparison), [])
    write_json(json_file, comparison.to_data)
    if any(report.failed for report in reports):
        raise typer.Exit(Status.PARTLY)


def _tell_ended(report: Report) -> None:
    why = ended(report)
    if why is None:
        return
    answered = len(report.outcomes) - report.failed
    tell(f"{report.name}: {answered:,} of {len(report.outcomes):,} texts have an answer: {why.reason.rstrip('.')}")
    if why.kind != "offline":
        tell("what was answered is kept: the same command goes on from there")
