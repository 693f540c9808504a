"""`textwright wording`: what it is worth to tell a language model what its labels mean, and to show it examples."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from textwright.cli.evaluate import check_folders, show, split_labels, write_json
from textwright.cli.progress import progress_by_text
from textwright.cli.status import Status
from textwright.cli.telling import say, tell
from textwright.cli.wording_shown import lines_of, table_of, verdicts_of
from textwright.errors import DataError

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.evaluate.report import Report
    from textwright.llm.prompts.prompt import Prompt
    from textwright.llm.prompts.template import Template
    from textwright.predictors.prompt import PromptPredictor
    from textwright.predictors.prompt_file import Asking
    from textwright.schema import Schema, Task
    from textwright.types import Example, Problem

# What is told of the labels; the first is what the others are compared with.
WORDINGS: Mapping[str, Mapping[str, bool]] = {
    "name": {"meanings": False, "examples": False},
    "meaning": {"meanings": True, "examples": False},
    "examples": {"meanings": False, "examples": True},
    "meaning and examples": {"meanings": True, "examples": True},
}
# Why a wording was not asked to its end; what else leaves a text without an answer is the model's own failure.
ENDINGS = frozenset({"budget", "connection", "offline", "rate_limit", "refused", "unknown_model"})


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
    model: Annotated[str | None, typer.Option(help="The model's name at the server; local: the small one.")] = None,
    base_url: Annotated[str | None, typer.Option(help="The address of an OpenAI-compatible server.")] = None,
    gguf: Annotated[Path | None, typer.Option(metavar="FILE", help="Run this file of weights here.")] = None,
    max_tokens: Annotated[int, typer.Option(min=1, metavar="N", help="The longest answer.")] = 256,
    concurrency: Annotated[int | None, typer.Option(min=1, help="How many texts are asked at once.")] = None,
    budget_cost: Annotated[
        float | None, typer.Option(min=0, metavar="X", help="Stop before all wordings cost more (dollars).")
    ] = None,
    budget_tokens: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Stop before all wordings take more.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Answer from the cache alone.")] = False,
    cache: Annotated[Path | None, typer.Option(metavar="FILE", help="The file of answers; else the usual one.")] = None,
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
    given = {
        "model": model,
        "base_url": base_url,
        "gguf": None if gguf is None else str(gguf),
        "task": task,
        "parameters": {"max_tokens": max_tokens},
        "concurrency": concurrency,
        "budget": {"cost": budget_cost, "tokens": budget_tokens},
        "offline": offline,
        "cache": None if cache is None else str(cache),
    }
    whole = _read(data, schema)
    dataset = _drawn(whole, limit, seed)
    question = _question(template, whole, schema, _named(labels))
    _refuse_unannotated(question, dataset)
    shown = None if examples is None else {"file": str(examples), "count": count, "choose": "cover"}
    askings = _opened(question, _without_nothing(given), shown, dataset)
    reports = _asked(askings, dataset)
    _compare(reports, json_file)


def _without_nothing(given: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was not given."""
    parts = {key: _without_nothing(each) if isinstance(each, dict) else each for key, each in given.items()}
    return {key: each for key, each in parts.items() if each is not None and each != {}}


def _named(labels: list[str] | None) -> list[str]:
    found = split_labels(labels) or []
    if labels is not None and not found:
        raise DataError("--labels names no label; leave it out to ask for all")
    return found


# --- the texts ------------------------------------------------------------------------------


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


def _refuse_unannotated(question: Question, dataset: Dataset) -> None:
    """Refuse texts that nothing can be judged by, before anything is asked. Raise `DataError`."""
    template = question.template
    golds = [example.gold for example in dataset]
    layers = [gold.categories if template.task == "categories" else gold.spans for gold in golds]
    if template.task != "answer" and all(layer is None for layer in layers):
        raise DataError(
            f"{dataset.name}: none of the {len(golds)} texts is annotated with {template.task}, "
            f"which the template {template.name} asks for"
        )


# --- what is asked --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """A template, how it was named, and the schema and labels that it asks for, with the name of what has them.

    `data` holds the labels that the data are annotated with.
    """

    reference: str
    template: Template
    schema: Schema
    labels: list[str]
    labels_of: str
    data: Schema


def _question(template: str, data: Dataset, schema: str | None, labels: list[str]) -> Question:
    """Take the labels of the schema, else those of the template's own that the data have, else the data's."""
    from textwright.llm.prompts.template import open_template
    from textwright.references import find_schema, surroundings

    opened = open_template(template, folders=surroundings().templates)
    own = _own_schema(data, opened)
    named = schema or opened.schema
    known = own if named is None else find_schema(named)
    if opened.task == "categories" and labels:
        raise DataError(f"--labels chooses labels of spans, but {opened.name} asks for categories: use --task")
    if schema is None and opened.task != "answer":
        _refuse_unlabelled(own, data, opened)
        labels = labels or _shared(known, own, opened)
    return Question(template, opened, known, labels, named or data.name, own)


def _own_schema(data: Dataset, template: Template) -> Schema:
    """Return the data's labels and tasks; a task has one right label where no text has several."""
    from textwright.dataset import occurring_schema

    several = {task for example in data for task in _tasks_with_several(example)}
    free = template.choice not in {"one", "two"}
    occurring = occurring_schema(data)
    tasks = tuple(replace(each, multiple=free or each.name in several) for each in occurring.tasks)
    return replace(occurring, tasks=tasks)


def _tasks_with_several(example: Example) -> list[str]:
    counted = Counter(category.task for category in example.gold.categories or ())
    return [task for task, number in counted.items() if number > 1]


def _refuse_unlabelled(own: Schema, data: Dataset, template: Template) -> None:
    if not (own.tasks if template.task == "categories" else own.labels):
        raise DataError(
            f"{data.name}: no {template.task} stand in it, so that there is no label to ask for. "
            "Name a schema (--schema), or other data"
        )


def _shared(known: Schema, own: Schema, template: Template) -> list[str]:
    """Name the span labels of the template's own schema that the data are annotated with."""
    return [] if template.task == "categories" else [name for name in known.spans if name in own.spans]


def _refuse_others(asked: Schema, own: Schema, data: str) -> None:
    """Refuse data whose labels are others than those asked for, and say which are in no text. Raise `DataError`."""
    if asked.open:
        return
    wanted = [*asked.spans, *(task.name for task in asked.tasks)]
    there = [*(own.spans if asked.labels else ()), *(task.name for task in own.tasks if asked.tasks)]
    missing = [name for name in wanted if name not in there]
    if there and len(missing) == len(wanted):
        raise DataError(f"{data}: is annotated with {', '.join(there)}, but asked for is {', '.join(wanted)}")
    if missing:
        tell(f"{data}: no text is annotated with {', '.join(missing)}: right is there only what finds none")
    for task in asked.tasks:
        _refuse_other_choices(task, own, data)


def _refuse_other_choices(task: Task, own: Schema, data: str) -> None:
    known = [label.name for label in task.labels]
    there = [label.name for each in own.tasks if each.name == task.name for label in each.labels]
    for name in there:
        if name not in known:
            raise DataError(f"{data}: the task {task.name!r} has no label {name!r}. Its labels: {', '.join(known)}")


def _opened(
    question: Question, given: Mapping[str, Any], shown: Mapping[str, Any] | None, dataset: Dataset
) -> list[Asking]:
    """Make a prompt for each wording, all over one opened model, so that they share its budget.

    All are made before anything is asked, so that a mistake costs nothing.
    """
    from textwright.predictors.prompt_file import asking_of, prompt_of
    from textwright.references import surroundings

    around = replace(surroundings(), schema=lambda _: question.schema)
    where = question.template.name
    described = _described(question, given, shown)
    prompts = {name: prompt_of(each, around, where=where) for name, each in described.items()}
    _refuse_others(next(iter(prompts.values())).schema, question.data, dataset.name)
    for prompt in prompts.values():
        _refuse_only_asked(prompt, dataset, shown)
    _tell_without_meanings(prompts)
    first = asking_of(next(iter(described.values())), around, where=where, say=tell)
    return [replace(first, name=name, prompt=prompt) for name, prompt in prompts.items()]


def _described(
    question: Question, given: Mapping[str, Any], shown: Mapping[str, Any] | None
) -> dict[str, dict[str, Any]]:
    """Describe a prompt for each wording; without examples to show, two are left."""
    asked = {"template": question.reference, "schema": question.labels_of}
    labels = {"labels": question.labels} if question.labels else {}
    found = {}
    for name, told in WORDINGS.items():
        if told["examples"] and shown is None:
            continue
        examples = {"examples": shown} if told["examples"] else {}
        found[name] = {**given, **asked, **labels, "set": {"meanings": told["meanings"]}, **examples}
    return found


def _refuse_only_asked(prompt: Prompt, dataset: Dataset, shown: Mapping[str, Any] | None) -> None:
    """Refuse examples of which none is left for some text: nothing would be shown, and that be measured."""
    if prompt.examples is None or shown is None:
        return
    bare = [text for text in dict.fromkeys(dataset.texts) if not prompt.examples.chosen(text)]
    if bare:
        raise DataError(
            f"{shown['file']}: holds nothing to show for {len(bare)} of the {len(dataset)} texts, such as "
            f"{bare[0][:40]!r}: the text that is asked is never its own example. Give other texts"
        )


def _tell_without_meanings(prompts: Mapping[str, Prompt]) -> None:
    if prompts["meaning"].messages("") == prompts["name"].messages(""):
        tell("no label has a meaning that the template tells, so that nothing can come of it. --schema gives meanings")


# --- asking ---------------------------------------------------------------------------------


def _asked(askings: Sequence[Asking], dataset: Dataset) -> list[Report]:
    """Judge one wording after the other, until one cannot be asked to its end; say what that took."""
    from textwright.cli.asked import Tally
    from textwright.predictors.prompt_file import predictor_of

    predictors = [predictor_of(asking) for asking in askings]
    tally = Tally(askings[0])
    reports: list[Report] = []
    for predictor in predictors:
        report = _judged(predictor, dataset)
        reports.append(report)
        for outcome in report.outcomes:
            tally.take(outcome.example.text, outcome.answer)
        if _ended(report):
            break
    for line in tally.lines():
        say(line)
    return reports


def _judged(predictor: PromptPredictor, dataset: Dataset) -> Report:
    from textwright.evaluate.report import evaluate

    asked = [*predictor.schema.spans, *(task.name for task in predictor.schema.tasks)]
    with progress_by_text(predictor.name, len(dataset)) as step:
        return evaluate(predictor, dataset, labels=asked, name=predictor.name, on_answer=step)


def _ended(report: Report) -> Problem | None:
    """Return why a wording was not asked to its end, which is no fault of its words."""
    problems = [outcome.answer.problem for outcome in report.outcomes]
    return next((each for each in problems if each is not None and each.kind in ENDINGS), None)


# --- showing --------------------------------------------------------------------------------


def _compare(reports: Sequence[Report], json_file: Path | None) -> None:
    """Compare the wordings that were asked of all texts, and show it."""
    from textwright.evaluate.compare import compare

    whole = [report for report in reports if _ended(report) is None]
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
    why = _ended(report)
    if why is None:
        return
    answered = len(report.outcomes) - report.failed
    tell(f"{report.name}: {answered:,} of {len(report.outcomes):,} texts have an answer: {why.reason.rstrip('.')}")
    if why.kind != "offline":
        tell("what was answered is kept: the same command goes on from there")
