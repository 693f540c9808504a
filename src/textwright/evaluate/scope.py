"""Which labels and tasks are scored, and what is left out, so that nothing is left out silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from textwright.dataset import Dataset, occurring_schema
from textwright.errors import DataError
from textwright.schema import Schema
from textwright.types import Annotation, Example


@dataclass(frozen=True, slots=True)
class Scope:
    """The scored labels and tasks. `not_scored` names what gold or answers held beyond them."""

    labels: tuple[str, ...]
    tasks: tuple[str, ...]
    not_scored: tuple[str, ...] = ()


def wanted_of(
    dataset: Dataset, examples: Sequence[Example], *, schema: Schema, labels: Sequence[str] | None = None
) -> Schema:
    """Choose what to score: `labels` (of spans, or tasks), else what the data declare, else what occurs.

    `schema` is the predictor's. Raise `DataError` for a label that neither the data nor the predictor
    know, and when the examples hold nothing to judge by.
    """
    _refuse_empty(examples)
    declared = _declared(dataset, examples)
    if labels is None:
        return declared if dataset.declared else _in_the_order_of(schema, declared)
    return _chosen(labels, _both(_both(declared, occurring_schema(examples)), schema))


def scope_of(
    wanted: Schema,
    dataset: Dataset,
    examples: Sequence[Example],
    found: Sequence[Annotation | None],
    *,
    schema: Schema,
) -> Scope:
    """Settle what is scored once the answers are there, and list what is left out.

    A whole layer that no answer speaks of is left out. Where the answers speak of none, as when all failed, it is
    what the predictor's schema knows nothing of that is left out; an open schema knows all.
    Raise `DataError` when nothing is left to score.
    """
    spans = wanted.spans if _spans_count(examples, found, schema) else ()
    tasks = _tasks(wanted) if _categories_count(examples, found, schema) else ()
    if not spans and not tasks:
        raise DataError(_nothing_to_score(examples, wanted, schema))
    predicted = occurring_schema(Example("", "", each) for each in found if each is not None)
    seen = _both(_both(_declared(dataset, examples), occurring_schema(examples)), predicted)
    return Scope(spans, tasks, (*_missing(seen.spans, spans), *_missing(_tasks(seen), tasks)))


def _declared(dataset: Dataset, examples: Sequence[Example]) -> Schema:
    """Return the data set's schema; to an open one, or to none, what occurs belongs too."""
    if dataset.declared and not dataset.schema.open:
        return dataset.schema
    return _both(dataset.schema, occurring_schema(examples))


def _spans_count(examples: Sequence[Example], found: Sequence[Annotation | None], schema: Schema) -> bool:
    annotated = any(example.gold.spans is not None for example in examples)
    given = any(each is not None and each.spans is not None for each in found)
    return annotated and (given or (bool(schema.labels or schema.open) and _say_nothing(found)))


def _categories_count(examples: Sequence[Example], found: Sequence[Annotation | None], schema: Schema) -> bool:
    annotated = any(example.gold.categories is not None for example in examples)
    given = any(each is not None and each.categories is not None for each in found)
    return annotated and (given or (bool(schema.tasks or schema.open) and _say_nothing(found)))


def _say_nothing(found: Sequence[Annotation | None]) -> bool:
    """Say whether the answers speak of no layer, so that the schema alone tells what they would have spoken of."""
    return all(each is None or (each.spans is None and each.categories is None) for each in found)


def _both(a: Schema, b: Schema) -> Schema:
    """Join the names of two schemas, the first one's first."""
    return Schema(
        labels=(*a.labels, *(label for label in b.labels if label.name not in a.spans)),
        tasks=(*a.tasks, *(task for task in b.tasks if task.name not in _tasks(a))),
    )


def _in_the_order_of(known: Schema, schema: Schema) -> Schema:
    """Put the labels that `known` has first, in its order, so that tables read as its makers meant."""
    place = {name: i for i, name in enumerate(known.spans)}
    return replace(schema, labels=tuple(sorted(schema.labels, key=lambda each: place.get(each.name, len(place)))))


def _tasks(schema: Schema) -> tuple[str, ...]:
    return tuple(task.name for task in schema.tasks)


def _chosen(names: Sequence[str], known: Schema) -> Schema:
    for name in names:
        if name not in known.spans and name not in _tasks(known):
            choice = ", ".join([*known.spans, *_tasks(known)]) or "none"
            raise DataError(f"unknown label {name!r}. Known labels and tasks: {choice}")
    in_order = list(dict.fromkeys(names))
    return Schema(
        labels=tuple(known.label(name) for name in in_order if name in known.spans),
        tasks=tuple(known.task(name) for name in in_order if name in _tasks(known)),
    )


def _missing(names: Iterable[str], scored: Sequence[str]) -> list[str]:
    return [name for name in names if name not in scored]


def _refuse_empty(examples: Sequence[Example]) -> None:
    if not examples:
        raise DataError("the data set has no examples")
    if all(example.gold == Annotation() for example in examples):
        raise DataError(
            f"none of the {len(examples)} examples is annotated: expected spans or categories, empty where nothing is"
        )


def _nothing_to_score(examples: Sequence[Example], wanted: Schema, schema: Schema) -> str:
    """Say what is missing: a name to score, an annotation, or a model that speaks of it."""
    names = _names(wanted)
    if not names:
        return (
            "nothing to score: no label is declared and none occurs. Name some: --labels A,B (in Python labels=[...])"
        )
    spans = bool(wanted.spans) and any(example.gold.spans is not None for example in examples)
    tasks = bool(wanted.tasks) and any(example.gold.categories is not None for example in examples)
    if not spans and not tasks:
        return f"nothing to score: the data are not annotated with {names}"
    return f"nothing to score: the data are annotated with {names}, but the model answers {_names(schema) or 'neither'}"


def _names(schema: Schema) -> str:
    return ", ".join([*schema.spans, *_tasks(schema)])
