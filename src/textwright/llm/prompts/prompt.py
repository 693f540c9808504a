"""A template with all that fills it: what is sent to a language model for one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from textwright.errors import DataError, ModelError
from textwright.formats.mentions import answer_of
from textwright.formats.records import encode
from textwright.llm.calls import Message
from textwright.llm.prompts.answer_schema import answer_problems, answer_schema
from textwright.llm.prompts.few_shot import FewShot, check_examples
from textwright.llm.prompts.rendering import render, uses
from textwright.llm.prompts.template import Template, TemplateTask
from textwright.llm.prompts.values import filled_in
from textwright.schema import Label, Schema, Task
from textwright.types import NOTHING, Annotation, Example, in_order


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template, the schema that it asks for, its variables' values and the examples that are shown.

    Raise `ModelError` at once when these do not fit together, before anything is sent.
    """

    template: Template
    schema: Schema = field(default_factory=Schema)
    values: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    examples: FewShot | None = None

    def __post_init__(self) -> None:
        """Fill the template once to see that all is there."""
        object.__setattr__(self, "schema", asked_schema(self.template, self.schema))
        check_schema(self.template, self.schema)
        if self.examples:
            check_examples(self.examples.examples, self.schema, self.task, self.template.answer)
        object.__setattr__(self, "values", filled_in(self.template, self.values))
        self.messages("")

    @property
    def name(self) -> str:
        """Return the template's name."""
        return self.template.name

    @property
    def task(self) -> TemplateTask:
        """Return what is asked for: spans, categories or an answer of the template's own form."""
        return self.template.task

    @property
    def answer(self) -> Mapping[str, Any] | None:
        """Return the JSON Schema of the answer; None when the answer is plain text."""
        return self.template.answer if self.task == "answer" else answer_schema(self.schema, self.task)

    @property
    def stop(self) -> tuple[str, ...]:
        """Return the texts at which an answer ends."""
        return self.template.stop

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Return the template's settings for the call."""
        return self.template.parameters

    def problems(self, value: Any) -> list[str]:
        """Say in words what is wrong with an answer that has the form of `answer`; nothing is for most."""
        return answer_problems(value, self.schema, self.task)

    def messages(self, text: str) -> tuple[Message, ...]:
        """Return the conversation that asks about a text.

        The examples are earlier turns of it, unless the template places them itself.
        """
        shown = self.examples.chosen(text) if self.examples else ()
        placed = uses(self.template, "examples")
        given = self._given(shown, placed=placed)
        said = render(self.template, "system", given | {"text": text})
        turns = () if placed else tuple(each for example in shown for each in self._turns(example, given))
        user = Message("user", render(self.template, "user", given | {"text": text}))
        return (*((Message("system", said),) if said else ()), *turns, user)

    def filled(self, text: str) -> str:
        """Return the conversation as a person reads it, each turn under its role."""
        return "\n\n".join(f"--- {each.role} ---\n{each.content}" for each in self.messages(text))

    def _turns(self, example: Example, given: dict[str, Any]) -> tuple[Message, Message]:
        asked = render(self.template, "user", given | {"text": example.text})
        return Message("user", asked), Message("assistant", answer_text(example, self.task))

    def _given(self, shown: tuple[Example, ...], *, placed: bool) -> dict[str, Any]:
        """Return what the template is told beside the text."""
        return {
            **self.values,
            "labels": [_label(each) for each in self.schema.labels],
            "tasks": [_task(each) for each in self.schema.tasks],
            "guideline": self.schema.guideline,
            "open_labels": self.schema.open,
            "examples": [_shown(each, self.task) for each in shown] if placed else [],
            "shots": 0 if placed else len(shown),
        }


def answer_text(example: Example, task: TemplateTask) -> str:
    """Return an example's gold as the model should answer it. Raise `DataError` when it has none.

    >>> from textwright.types import Span
    >>> answer_text(Example("t-1", "Chef, Hove", Annotation(spans=(Span(0, 4, "ROLE"),))), "spans")
    '{"spans": [{"label": "ROLE", "text": "Chef"}]}'
    """
    return encode(_answer(example, task))


def _answer(example: Example, task: TemplateTask) -> Any:
    gold = example.gold
    if task == "spans" and gold.spans is not None:
        return answer_of(Annotation(spans=in_order(gold.spans)), example.text)
    if task == "categories" and gold.categories is not None:
        return answer_of(Annotation(categories=gold.categories), example.text)
    if task == "answer" and "answer" in example.extra:
        return example.extra["answer"]
    missing = "key 'answer'" if task == "answer" else task
    raise DataError(f"example {example.id}: it has no {missing}, and so cannot show how to answer")


def _shown(example: Example, task: TemplateTask) -> dict[str, Any]:
    """Return an example as a template sees it: its text, and the answer as JSON and as data."""
    return {"text": example.text, "answer": answer_text(example, task), "value": _answer(example, task)}


def _label(label: Label) -> dict[str, Any]:
    return {"name": label.name, "meaning": label.meaning, "parent": label.parent}


def _task(task: Task) -> dict[str, Any]:
    labels = [_label(each) for each in task.labels]
    return {"name": task.name, "meaning": task.meaning, "multiple": task.multiple, "labels": labels}


# --- whether a template is for a schema ------------------------------------------------------


def asked_schema(template: Template, schema: Schema) -> Schema:
    """Give an open schema without tasks the one that a category template can ask: the category of the text."""
    if template.task != "categories" or schema.tasks or not schema.open:
        return schema
    return replace(schema, tasks=(Task("category", (), multiple=template.choice not in {"one", "two"}),))


def check_schema(template: Template, schema: Schema) -> None:
    """Raise `ModelError` when the schema has nothing that the template could ask for, or of the wrong kind."""
    if template.task == "spans" and not schema.labels and not schema.open:
        raise ModelError(
            f"template {template.name} asks for spans, but the schema has no labels for them. "
            "Name some (--labels A,B), or take an open schema, for which the model makes up its own"
        )
    if template.task == "categories":
        _check_tasks(template, schema)


def _check_tasks(template: Template, schema: Schema) -> None:
    if not schema.tasks:
        raise ModelError(
            f"template {template.name} asks for categories, but the schema has no tasks. "
            "Name its labels (--labels A,B) or take a schema with tasks"
        )
    for task in schema.tasks:
        if not task.labels and not schema.open:
            raise ModelError(f"template {template.name}: the task {task.name!r} has no labels, nor is the schema open")
        if template.choice == "two" and (task.multiple or len(task.labels) != 2):
            raise ModelError(_other(template, task, "two labels, of which one is right", "multiclass or multilabel"))
        if template.choice == "one" and task.multiple:
            raise ModelError(_other(template, task, "tasks with one right label", "multilabel"))


def _other(template: Template, task: Task, wanted: str, better: str) -> str:
    several = ", several of which may be right" if task.multiple else ""
    return (
        f"template {template.name} is for {wanted}; the task {task.name!r} has {len(task.labels)}{several}. "
        f"Take the template {better}"
    )
