"""What `textwright wording` asks for: a template, and those of its labels that the data can judge."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textwright.cli.telling import tell
from textwright.errors import DataError

if TYPE_CHECKING:
    from textwright.dataset import Dataset
    from textwright.llm.prompts.template import Template
    from textwright.schema import Schema, Task
    from textwright.types import Example


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


def question_of(template: str, data: Dataset, schema: str | None, labels: list[str]) -> Question:
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


def refuse_others(asked: Schema, own: Schema, data: str) -> None:
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


def refuse_unannotated(question: Question, dataset: Dataset) -> None:
    """Refuse texts that nothing can be judged by, before anything is asked. Raise `DataError`."""
    template = question.template
    golds = [example.gold for example in dataset]
    layers = [gold.categories if template.task == "categories" else gold.spans for gold in golds]
    if template.task != "answer" and all(layer is None for layer in layers):
        raise DataError(
            f"{dataset.name}: none of the {len(golds)} texts is annotated with {template.task}, "
            f"which the template {template.name} asks for"
        )
