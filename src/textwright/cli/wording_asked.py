"""The wordings that `textwright wording` compares: the prompt of each, and what a model answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textwright.cli.progress import progress_by_text
from textwright.cli.telling import say, tell
from textwright.cli.wording_question import Question, refuse_others
from textwright.errors import DataError

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.evaluate.report import Report
    from textwright.llm.prompts.prompt import Prompt
    from textwright.predictors.prompt import PromptPredictor
    from textwright.predictors.prompt_file import Asking
    from textwright.types import Problem

# What is told of the labels; the first is what the others are compared with.
WORDINGS: Mapping[str, Mapping[str, bool]] = {
    "name": {"meanings": False, "examples": False},
    "meaning": {"meanings": True, "examples": False},
    "examples": {"meanings": False, "examples": True},
    "meaning and examples": {"meanings": True, "examples": True},
}
# Why a wording was not asked to its end; what else leaves a text without an answer is the model's own failure.
ENDINGS = frozenset({"budget", "connection", "offline", "rate_limit", "refused", "unknown_model"})


def askings_of(
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
    refuse_others(next(iter(prompts.values())).schema, question.data, dataset.name)
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


def judge_wordings(askings: Sequence[Asking], dataset: Dataset) -> list[Report]:
    """Judge one wording after the other, until one cannot be asked to its end; say what that took."""
    from textwright.cli.tally import Tally
    from textwright.predictors.prompt_file import predictor_of

    predictors = [predictor_of(asking) for asking in askings]
    tally = Tally(askings[0])
    reports: list[Report] = []
    for predictor in predictors:
        report = _judged(predictor, dataset)
        reports.append(report)
        for outcome in report.outcomes:
            tally.take(outcome.example.text, outcome.answer)
        if ended(report):
            break
    for line in tally.lines():
        say(line)
    return reports


def _judged(predictor: PromptPredictor, dataset: Dataset) -> Report:
    from textwright.evaluate.report import evaluate

    asked = [*predictor.schema.spans, *(task.name for task in predictor.schema.tasks)]
    with progress_by_text(predictor.name, len(dataset)) as step:
        return evaluate(predictor, dataset, labels=asked, name=predictor.name, on_answer=step)


def ended(report: Report) -> Problem | None:
    """Return why a wording was not asked to its end, which is no fault of its words."""
    problems = [outcome.answer.problem for outcome in report.outcomes]
    return next((each for each in problems if each is not None and each.kind in ENDINGS), None)
