"""What the step offers, as plain data: methods to choose from, what stands in `model/`, and the ways to use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from textwright import formats
from textwright.errors import DataError
from textwright.project.files import Project
from textwright.project.judge.words import likely, of, right_for, seen_by_writer
from textwright.project.ship.choices import Choice, Score, choices
from textwright.project.ship.model_folder import read_model, schema_of_model, size_of, why_no_page
from textwright.project.ship.shipping import is_shipped, shipped
from textwright.project.ship.ways import ways
from textwright.schema import Schema
from textwright.store.held_out import is_held_out

TRIES, LONGEST_TRY = 3, 200
NO_TEXT = "A text of yours"


def offer(project: Project) -> dict[str, Any]:
    """Return what the step offers. Raise `DataError` when what was judged cannot be read."""
    found = choices(project)
    choice = wanted(project, found)
    tries = list(islice(_tries(project), TRIES))
    return {
        "methods": [_method(each) for each in found],
        "judged": any(each.score is not None for each in found),
        "report": (project.folder / "report.html").is_file(),
        "chosen": None if choice is None else choice.method,
        "ready": choice is not None and is_shipped(project, choice),
        "tries": tries,
        "model": _model(project, tries),
    }


def _method(choice: Choice) -> dict[str, Any]:
    """Return a method as plain data; `said` is its score in words, `share` and `likely` in few."""
    score = choice.score
    said = "" if score is None else right_for(score.right, score.texts)
    share = "" if score is None else of(score.right, score.texts)
    low, high, unit = (0, 0, 0) if score is None else likely(score.low, score.high, score.texts)
    kept = {name: value for name, value in asdict(choice).items() if name != "reference"}
    likely_words = f"{low} to {high} of {unit}" if score else ""
    return {**kept, "said": said, "share": share, "likely": likely_words, "apart": _apart(score)}


def _apart(score: Score | None) -> str:
    """Say what right means, what is counted by itself, and whether these texts were new to whoever wrote the method."""
    if score is None:
        return ""
    seen = [f"{seen_by_writer(score.seen)}."] if score.seen else []
    return " ".join([f"Right means {score.counts}.", *score.apart, *seen])


def wanted(project: Project, found: Sequence[Choice]) -> Choice | None:
    """Return the method that somebody chose, if it is still there; else the best that can be shipped."""
    can = [each for each in found if each.why_not is None]
    return next((each for each in can if each.method == project.state.shipped), can[0] if can else None)


def _model(project: Project, tries: Sequence[str]) -> dict[str, Any] | None:
    """Describe what stands in `model/`; None: nothing does."""
    note = shipped(project)
    if note is None:
        return None
    config = read_model(project.model)
    why = why_no_page(config, project.model)
    text = tries[0] if tries else NO_TEXT
    lines = ways(schema_of_model(project.model), str(config.get("kind")), text, in_pages=why is None)
    return {
        "method": note.method,
        "version": note.made,
        "size_bytes": size_of(project.model),
        "why_no_form": why,
        "ways": [asdict(each) for each in lines],
    }


def _tries(project: Project) -> Iterator[str]:
    """Yield texts that were set aside and are short enough to be shown on a button."""
    if not project.texts_file.exists():
        return
    try:
        for example in formats.read(project.texts_file):
            if is_held_out(example) and 0 < len(example.text.strip()) <= LONGEST_TRY:
                yield example.text
    except DataError:  # the first step says what is wrong with the texts
        return


def form_schema(project: Project, model: Schema) -> Schema:
    """Return the labels and questions of a model in the project's order, with the meanings that it gives them."""
    own = project.schema
    known = {each.name: each for each in own.labels}
    asked = {each.name: each for each in own.tasks}
    labels = [replace(known.get(each.name, each), parent=None) for each in model.labels]
    tasks = [replace(each, meaning=asked[each.name].meaning) if each.name in asked else each for each in model.tasks]
    order = {name: place for place, name in enumerate([*own.spans, *asked])}
    return Schema(
        name=own.name,
        labels=tuple(sorted(labels, key=lambda each: order.get(each.name, len(order)))),
        tasks=tuple(sorted(tasks, key=lambda each: order.get(each.name, len(order)))),
    )
