"""`textwright wording`: what it is worth to tell a language model what its labels mean, and to show it examples."""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.evaluate import check_folders, show, split_labels, write_json
from textwright.cli.progress import progress_by_text
from textwright.cli.status import Status

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.evaluate.compare import Comparison
    from textwright.evaluate.report import Report
    from textwright.evaluate.statistics import Interval
    from textwright.evaluate.tables import Table
    from textwright.predictors.prompt import PromptPredictor

# What is told of the labels; the first is what the others are compared with.
WORDINGS: Mapping[str, Mapping[str, bool]] = {
    "name": {"meanings": False, "examples": False},
    "meaning": {"meanings": True, "examples": False},
    "examples": {"meanings": False, "examples": True},
    "meaning and examples": {"meanings": True, "examples": True},
}


def wording(
    template: Annotated[str, typer.Argument(help="A template that asks for spans or categories, such as ner.")],
    data: Annotated[Path, typer.Option(help="Annotated texts to judge by, in any known format.")],
    schema: Annotated[
        str | None, typer.Option(metavar="PACK_OR_FILE", help="Labels with their meanings; else the data's own.")
    ] = None,
    labels: Annotated[str, typer.Option(metavar="A,B", help="Ask for these labels only.")] = "",
    examples: Annotated[Path | None, typer.Option(metavar="DATA", help="Annotated texts to show, other ones.")] = None,
    count: Annotated[int, typer.Option(min=1, help="How many examples are shown.")] = 4,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="So many texts, drawn at random.")] = None,
    seed: Annotated[int, typer.Option(help="Chooses the texts.")] = 0,
    model: Annotated[str | None, typer.Option(help="The model's name at the server; local: the small one.")] = None,
    base_url: Annotated[str | None, typer.Option(help="The address of an OpenAI-compatible server.")] = None,
    gguf: Annotated[Path | None, typer.Option(metavar="FILE", help="Run this file of weights here.")] = None,
    max_tokens: Annotated[int, typer.Option(min=1, metavar="N", help="The longest answer.")] = 256,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all reports and pairs as JSON.")] = None,
) -> None:
    """Ask one model the same texts with the labels' names only, with their meanings, and with examples.

    Each label is scored under each wording, and each wording is compared with the names alone on the same texts.

    Example:
        textwright wording ner --data dev.jsonl --examples train.jsonl --schema job_titles --limit 50
        textwright wording ner --data dev.jsonl --model gpt-5-mini --json wording.json
    """
    from textwright.evaluate.compare import compare

    check_folders(json_file)
    given = {
        "template": template,
        "schema": schema,
        "labels": split_labels(labels),
        "model": model,
        "base_url": base_url,
        "gguf": None if gguf is None else str(gguf),
        "parameters": {"max_tokens": max_tokens},
    }
    dataset = _drawn(_read(data, schema), limit, seed)
    shown = None if examples is None else {"file": str(examples), "count": count, "choose": "cover"}
    described = _described({key: value for key, value in given.items() if value is not None}, data, shown)
    # All are opened before anything is asked, so that a mistake costs nothing.
    askings = [_opened(name, each) for name, each in described.items()]
    reports = [_judged(asking, dataset) for asking in askings]
    comparison = compare(reports)
    show(_lines(comparison), [_table(comparison)])
    show(_verdicts(comparison), [])
    write_json(json_file, comparison.to_data)
    if any(report.failed for report in reports):
        raise typer.Exit(Status.PARTLY)


def _read(data: Path, schema: str | None) -> Dataset:
    from textwright.dataset import Dataset
    from textwright.references import find_schema

    return Dataset.read(data, schema=None if schema is None else find_schema(schema))


def _drawn(dataset: Dataset, limit: int | None, seed: int) -> Dataset:
    """Draw texts at random, in the order of the file, so that no source at its beginning stands for all."""
    if limit is None or limit >= len(dataset):
        return dataset
    places = sorted(random.Random(seed).sample(range(len(dataset)), limit))
    return dataset.with_examples(dataset[place] for place in places)


def _described(given: dict[str, Any], data: Path, shown: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    """Describe a prompt for each wording; without examples to show, two are left."""
    found = {}
    for name, told in WORDINGS.items():
        if told["examples"] and shown is None:
            continue
        examples = {"examples": shown} if told["examples"] else {}
        found[name] = {"name": name, **given, "set": {"meanings": told["meanings"]}, **examples}
    if "schema" not in given and "labels" not in given:
        return {name: {**each, "labels": _occurring(data)} for name, each in found.items()}
    return found


def _occurring(data: Path) -> list[str]:
    return list(_read(data, None).schema.spans)


def _opened(name: str, described: Mapping[str, Any]) -> PromptPredictor:
    from textwright.predictors.prompt_file import asking_of, predictor_of
    from textwright.references import surroundings

    return predictor_of(asking_of(described, surroundings(), where=name, say=_say))


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _judged(predictor: PromptPredictor, dataset: Dataset) -> Report:
    from textwright.evaluate.report import evaluate

    asked = [*predictor.schema.spans, *(task.name for task in predictor.schema.tasks)]
    with progress_by_text(predictor.name, len(dataset)) as step:
        return evaluate(predictor, dataset, labels=asked, name=predictor.name, on_answer=step)


def _lines(comparison: Comparison) -> list[str]:
    texts = len(comparison.reports[0].outcomes)
    return [
        f"{texts} texts. Exact match with its 95 % interval, and span F1, for each wording.",
        *_failures(comparison),
    ]


def _failures(comparison: Comparison) -> list[str]:
    return [
        f"{each.name}: {each.failed} texts without an answer count as wrong."
        for each in comparison.reports
        if each.failed
    ]


def _table(comparison: Comparison) -> Table:
    """Put the wordings below each other for each label, with what they are ahead of the names alone."""
    from textwright.evaluate.tables import Table

    data = [report.to_data() for report in comparison.reports]
    ahead = _ahead(comparison)
    rows = [_row(each, label, ahead) for label in data[0]["exact"] for each in data]
    rows += [_row(each, task, ahead) for task in data[0]["categories"] for each in data]
    head = ("label", "told", "exact", "low to high", "span F1", "ahead of the name alone", "seconds a text")
    return Table("", head, tuple(rows))


def _row(data: Mapping[str, Any], label: str, ahead: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    from textwright.evaluate.tables import figure

    name = data["model"]["name"]
    found = data["exact"].get(label) or data["categories"][label]
    low, high = found.get("low"), found.get("high")
    interval = "" if low is None or high is None else f"{low:.3f} to {high:.3f}"
    f1 = data["spans"].get(label, {}).get("f1")
    return (label, name, figure(found["accuracy"]), interval, figure(f1), ahead.get((label, name), ""), _seconds(data))


def _ahead(comparison: Comparison) -> dict[tuple[str, str], str]:
    """Say for each label and wording how far it is ahead on the same texts, with the 95 % interval."""
    first = comparison.reports[0].name
    against = [pair for pair in comparison.pairs if pair.a == first]
    return {(pair.measure.partition(":")[2], pair.b): _less(pair.difference, pair.interval) for pair in against}


def _less(difference: float, interval: Interval) -> str:
    """Write how far the second of a pair is ahead of the first."""
    return f"{0.0 - difference:+.3f} ({0.0 - interval.high:+.3f} to {0.0 - interval.low:+.3f})"


def _seconds(data: Mapping[str, Any]) -> str:
    usage = data["usage"]
    return "–" if not usage else f"{usage['seconds'] / data['dataset']['examples']:.1f}"


def _verdicts(comparison: Comparison) -> list[str]:
    """Compare each wording with the names alone."""
    first = comparison.reports[0].name
    return ["", *(pair.in_words() for pair in comparison.pairs if pair.a == first)]
