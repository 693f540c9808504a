"""Texts that come with marks: whose they are, and the labels that they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from textwright.dataset import occurring_schema
from textwright.errors import SchemaError
from textwright.project.look_for.changes import NO_NAME, add_label, refuse_shared
from textwright.schema import Label, Schema, Task
from textwright.types import Annotation, Example

ME = "me"
UNFIT = re.compile(rf"[\s{re.escape(NO_NAME)}]+")


def owned(examples: Iterable[Example]) -> list[Example]:
    """Make what a person marked the marks of whoever works here; of several people's, the first one's.

    What a model marked, known by its scores, stays a suggestion, and so does what says nothing of a layer that the
    other texts have.
    """
    first = list({example.id: example for example in reversed(list(examples))}.values())[::-1]
    fit = [replace(example, gold=_fit(example.gold)) for example in first]
    layers = {layer for example in fit for layer in _layers(example.gold)}
    return [replace(each, annotator=ME if layers and _is_whole(each.gold, layers) else None) for each in fit]


def _layers(gold: Annotation) -> set[str]:
    return {name for name in ("spans", "categories") if getattr(gold, name) is not None}


def _is_whole(gold: Annotation, layers: set[str]) -> bool:
    scores = [*(each.score for each in gold.spans or ()), *(each.score for each in gold.categories or ())]
    return _layers(gold) == layers and all(score is None for score in scores)


def _fit(gold: Annotation) -> Annotation:
    """Give each label a name that the rest of the project can use."""
    spans = None if gold.spans is None else tuple(replace(each, label=_name(each.label)) for each in gold.spans)
    return replace(gold, spans=spans)


def _name(label: str) -> str:
    return UNFIT.sub("_", label.strip()).strip("_") or "LABEL"


def with_labels_of(schema: Schema, examples: Sequence[Example]) -> Schema:
    """Add to a schema the labels and questions that occur in examples and that it lacks.

    Raise `SchemaError` where one has a name that is taken.
    """
    try:
        return _with_labels(schema, examples)
    except SchemaError as error:
        raise SchemaError(f"the texts come with marks, but {error}") from None


def _with_labels(schema: Schema, examples: Sequence[Example]) -> Schema:
    occurring = occurring_schema(examples)
    for name in occurring.spans:
        if name not in schema.spans:
            schema = add_label(schema, Label(name)).schema
    for task in occurring.tasks:
        schema = _with_task(schema, task, several=_has_several(examples, task.name))
    refuse_shared(schema)
    return schema


def _has_several(examples: Iterable[Example], task: str) -> bool:
    return any(sum(each.task == task for each in example.gold.categories or ()) > 1 for example in examples)


def _with_task(schema: Schema, task: Task, *, several: bool) -> Schema:
    known = next((each for each in schema.tasks if each.name == task.name), None)
    if known is None:
        return replace(schema, tasks=(*schema.tasks, replace(task, multiple=several)))
    have = {label.name for label in known.labels}
    labels = (*known.labels, *(label for label in task.labels if label.name not in have))
    more = replace(known, labels=labels, multiple=known.multiple or several)
    return replace(schema, tasks=tuple(more if each is known else each for each in schema.tasks))
