"""`textwright advise`: what an experiment means for a decision, in words."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.options import Out
from textwright.cli.reports import check_folders, write_json
from textwright.cli.telling import say
from textwright.errors import DataError

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.experiment.advice import Advice, NextText
    from textwright.experiment.advice.candidates import Candidate
    from textwright.experiment.file import Experiment

FILE_HELP = "An experiment file, or a folder with an experiment.toml."
NEXT_HELP = "Choose so many texts to label next, and write them as JSON lines to standard output or -o."


class In(StrEnum):
    """Where a method is to run."""

    python = "python"
    node = "node"
    chromium = "chromium"


def advise(
    file: Annotated[Path, typer.Argument(metavar="EXPERIMENT", help=FILE_HELP)],
    latency_ms: Annotated[
        float | None, typer.Option(metavar="X", help="The most that 95 of 100 texts may take, in milliseconds each.")
    ] = None,
    size_mb: Annotated[float | None, typer.Option(metavar="X", help="The largest model, in megabytes.")] = None,
    memory_mb: Annotated[float | None, typer.Option(metavar="X", help="The most memory, in megabytes.")] = None,
    cost_per_1000: Annotated[
        float | None, typer.Option("--cost-per-1000", metavar="X", help="The most dollars for 1,000 texts.")
    ] = None,
    runtime: Annotated[In, typer.Option(help="Where the method is to run.")] = In.python,
    measure: Annotated[
        str | None, typer.Option(help="Judge by this: whole_text, exact:LABEL, category:TASK; else the experiment's.")
    ] = None,
    test: Annotated[str | None, typer.Option(help="The test set; else the experiment's first.")] = None,
    next_texts: Annotated[int | None, typer.Option("--next", min=1, metavar="N", help=NEXT_HELP)] = None,
    pool: Annotated[str | None, typer.Option(metavar="NAME", help="The data set to choose from, for --next.")] = None,
    out: Out = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all numbers behind the sentences.")] = None,
) -> None:
    """Say which method to ship, whether to label more and which texts next, and which labels are unclear.

    With --next, the advice goes to standard error, and the texts to standard output.

    Example:
        textwright advise experiment.toml --latency-ms 20 --size-mb 5
        textwright advise experiment.toml --next 20 --pool pool -o next.jsonl
    """
    from textwright.experiment.advice import Budget, advise
    from textwright.experiment.running.prepare import prepared
    from textwright.experiment.table.standing import kept_checks, lacking, standing_runs

    check_folders(json_file, out)
    plan = prepared(file)
    experiment = plan.experiment
    _check(experiment, test, next_texts, pool)
    runs = standing_runs(plan)
    for line in lacking(plan, runs, test or experiment.tests[0]):
        say(line)
    advice = advise(
        experiment,
        runs,
        plan.data,
        budget=Budget(latency_ms, size_mb, memory_mb, cost_per_1000),
        test=test,
        runtime=runtime.value,
        measure=measure,
        checks=kept_checks(experiment),
    )
    show_advice(advice, stderr=next_texts is not None)
    if next_texts is not None and pool is not None:
        _write_next(_next(experiment, advice, plan.data, pool, next_texts), out)
    write_json(json_file, advice.to_data)


def _check(experiment: Experiment, test: str | None, next_texts: int | None, pool: str | None) -> None:
    """Refuse names that the experiment does not have, before any work."""
    if test is not None and test not in experiment.tests:
        raise DataError(f"--test is {test!r}; the experiment judges on {', '.join(experiment.tests)}")
    if (next_texts is None) != (pool is None):
        raise DataError("--next and --pool go together: how many texts to label next, and from which data set")
    if pool is not None and pool not in experiment.data:
        raise DataError(f"--pool is {pool!r}; the experiment's data sets are {', '.join(experiment.data)}")
    if pool in experiment.tests:
        raise DataError(f"--pool is {pool!r}, which is judged on; what is labelled to be learned from stands elsewhere")


def show_advice(advice: Advice, *, stderr: bool) -> None:
    """Print each question with its answer as a paragraph."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    console = Console(width=None if stream.isatty() else 100, stderr=stderr, highlight=False, emoji=False)
    for place, part in enumerate(advice.parts):
        console.print(("\n" if place else "") + part.title, style="bold", markup=False)
        for sentence in part.sentences:
            console.print(sentence, markup=False)


# --- which texts next -----------------------------------------------------------------------


def _next(experiment: Experiment, advice: Advice, data: Mapping[str, Dataset], pool: str, count: int) -> list[NextText]:
    """Ask the methods that are quick and send no bill."""
    from textwright.experiment.advice.next_texts import ASKED, cheap_to_ask, next_texts
    from textwright.references import open_reference
    from textwright.runs import reference_of

    texts = min(ASKED, len(data[pool]))
    asked = cheap_to_ask(advice.candidates, texts)
    tell_unasked(advice.candidates, texts)
    models = {each.method: open_reference(reference_of(each.entry.runs[0])) for each in asked}
    held_out = [text for name in experiment.tests for text in data[name].texts]
    taken = {name for method in experiment.methods for role, name in method.uses.items() if role != "unlabelled"}
    known = [text for name in sorted(taken) for text in data[name].texts]
    known += [each.text for each in data[pool] if each.gold.spans is not None or each.gold.categories is not None]
    scored = advice.candidates[0].entry.judgements[0].report["dataset"]
    labels = [*scored["labels"], *scored["tasks"]]
    return next_texts(data[pool], models, count=count, labels=labels, held_out=held_out, known=known)


def tell_unasked(candidates: Sequence[Candidate], texts: int) -> None:
    """Say which methods were not asked about the pool, and why."""
    from textwright.experiment.advice.next_texts import why_not_asked
    from textwright.experiment.table.naming import listed_names

    left: dict[str, list[str]] = {}
    for each in candidates:
        if reason := why_not_asked(each, texts):
            left.setdefault(reason, []).append(each.method)
    if left:
        told = "; ".join(f"{listed_names(names)} ({why})" for why, names in left.items())
        say(f"Not asked about the pool: {told}.")


def _write_next(found: Sequence[NextText], out: Path | None) -> None:
    from textwright.cli.output import write_lines

    write_lines(out, iter([[each.to_example() for each in found]]))
