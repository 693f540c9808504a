"""What may be said of a text: labels with their meaning, tasks, and rules that can be checked.

A schema is a TOML or JSON file that a person reads and edits; its shape is published as
`schema.schema.json` beside this module. The page, the prompts and every check use the same one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from textwright.display import Shown
from textwright.errors import SchemaError
from textwright.types import NOTHING, Annotation, Problem, Span

COLOUR = re.compile("#[0-9a-fA-F]{6}")
RuleKind = Literal["exactly_one_inside", "inside", "no_overlap", "no_crossing"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its meaning in a sentence, its colour (`#rrggbb`), key and parent label."""

    name: str
    meaning: str = ""
    colour: str | None = None
    key: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A question about the whole text; `multiple` allows several of its labels at once."""

    name: str
    labels: tuple[Label, ...]
    multiple: bool = False
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that every annotation must keep.

    `exactly_one_inside`: every `outer` span holds exactly one `inner` span.
    `inside`: every `inner` span lies in an `outer` span.
    `no_overlap`: two spans of `label` share no character.
    `no_crossing`: any two spans are apart or one holds the other.
    """

    kind: RuleKind
    outer: str | None = None
    inner: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Schema(Shown):
    """Labels for spans, tasks for whole texts, and the rules between them.

    An `open` schema accepts labels that nobody listed. `guideline` is Markdown for annotators.
    """

    name: str = ""
    labels: tuple[Label, ...] = ()
    tasks: tuple[Task, ...] = ()
    rules: tuple[Rule, ...] = ()
    guideline: str = field(default="", repr=False)
    open: bool = False

    def __post_init__(self) -> None:
        """Raise `SchemaError` when the schema contradicts itself."""
        _check_consistency(self)

    @property
    def spans(self) -> tuple[str, ...]:
        """Return the names of the span labels, in the order of the file."""
        return tuple(label.name for label in self.labels)

    def label(self, name: str) -> Label:
        """Return the span label called `name`; an open schema makes one up."""
        for label in self.labels:
            if label.name == name:
                return label
        if self.open:
            return Label(name)
        raise SchemaError(f"unknown label {name!r}. Known labels: {', '.join(self.spans) or 'none'}")

    def task(self, name: str) -> Task:
        """Return the task called `name`; an open schema makes one up."""
        for task in self.tasks:
            if task.name == name:
                return task
        if self.open:
            return Task(name, (), multiple=True)
        known = ", ".join(task.name for task in self.tasks) or "none"
        raise SchemaError(f"unknown task {name!r}. Known tasks: {known}")

    def problems(self, text: str, annotation: Annotation) -> list[Problem]:
        """List what is wrong with an annotation of `text`: offsets, labels, then broken rules."""
        spans = annotation.spans or ()
        found = [problem for span in spans for problem in _span_problems(self, text, span)]
        for category in annotation.categories or ():
            found += _category_problems(self, category.task, category.label)
        for rule in self.rules:
            found += CHECKS[rule.kind](rule, text, spans)
        return found

    @staticmethod
    def read(path: str | Path) -> Schema:
        """Read a schema from a `.toml` or `.json` file. Raise `SchemaError` naming the file."""
        from textwright import schema_file

        return schema_file.read(Path(path))

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Schema:
        """Build a schema from plain data in the published shape.

        >>> Schema.from_data({"labels": {"CITY": {"meaning": "A town."}}}).spans
        ('CITY',)
        """
        from textwright import schema_file

        return schema_file.from_data(data)

    def to_data(self) -> dict[str, Any]:
        """Return the schema as plain data in the published shape."""
        from textwright import schema_file

        return schema_file.to_data(self)


def schema_of(spans: Iterable[str], *, tasks: Mapping[str, Iterable[str]] = NOTHING, name: str = "") -> Schema:
    """Make a closed schema from bare names.

    >>> schema_of(["A", "B"]).spans
    ('A', 'B')
    """
    labels = tuple(Label(label) for label in spans)
    made = tuple(Task(task, tuple(Label(label) for label in names), multiple=True) for task, names in tasks.items())
    return Schema(name=name, labels=labels, tasks=made)


# --- consistency of the schema itself -------------------------------------------------------


def _check_consistency(schema: Schema) -> None:
    refuse_doubles("label", schema.spans)
    refuse_doubles("task", [task.name for task in schema.tasks])
    refuse_doubles("key", [label.key for label in schema.labels if label.key])
    for task in schema.tasks:
        refuse_doubles(f"label of task {task.name}", [label.name for label in task.labels])
    for label in schema.labels:
        _check_label(schema, label)
    for rule in schema.rules:
        _check_rule(schema, rule)


def refuse_doubles(what: str, names: Iterable[str]) -> None:
    """Raise `SchemaError` at the first name that stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SchemaError(f"the {what} {name!r} stands twice in the schema")
        seen.add(name)


def _check_label(schema: Schema, label: Label) -> None:
    if not label.name or label.name != label.name.strip():
        raise SchemaError(f"a label's name is empty or has white space at an end: {label.name!r}")
    if label.key is not None and len(label.key) != 1:
        raise SchemaError(f"label {label.name}: the key {label.key!r} is not one character")
    if label.colour is not None and not COLOUR.fullmatch(label.colour):
        raise SchemaError(f"label {label.name}: the colour {label.colour!r} is not of the form #rrggbb")
    if label.parent is not None and label.parent not in schema.spans:
        raise SchemaError(f"label {label.name}: its parent {label.parent!r} is not a label")


REQUIRED: Mapping[str, tuple[str, ...]] = {
    "exactly_one_inside": ("outer", "inner"),
    "inside": ("outer", "inner"),
    "no_overlap": ("label",),
    "no_crossing": (),
}


def _check_rule(schema: Schema, rule: Rule) -> None:
    if rule.kind not in REQUIRED:
        raise SchemaError(f"unknown rule kind {rule.kind!r}. Known kinds: {', '.join(REQUIRED)}")
    for part in REQUIRED[rule.kind]:
        name = getattr(rule, part)
        if name is None:
            raise SchemaError(f"a rule of kind {rule.kind} needs {part!r}")
        if name not in schema.spans and not schema.open:
            raise SchemaError(f"a rule of kind {rule.kind} names the unknown label {name!r}")


# --- an annotation against the schema -------------------------------------------------------


def _span_problems(schema: Schema, text: str, span: Span) -> list[Problem]:
    where = f"{span.label} [{span.start}, {span.end})"
    if not 0 <= span.start < span.end <= len(text):
        return [Problem("offset", f"{where} does not fit in the text of {len(text)} code points")]
    found = []
    if not schema.open and span.label not in schema.spans:
        found.append(Problem("label", f"unknown label {span.label!r}. Known labels: {', '.join(schema.spans)}"))
    marked = text[span.start : span.end]
    if marked != marked.strip():
        found.append(Problem("edge", f"{where} begins or ends with white space: {marked!r}"))
    return found


def _category_problems(schema: Schema, task: str, label: str) -> list[Problem]:
    if schema.open:
        return []
    tasks = {each.name: each for each in schema.tasks}
    if task not in tasks:
        return [Problem("task", f"unknown task {task!r}. Known tasks: {', '.join(tasks) or 'none'}")]
    known = [each.name for each in tasks[task].labels]
    if label not in known:
        return [Problem("label", f"unknown label {label!r} of task {task}. Known labels: {', '.join(known)}")]
    return []


def contains(outer: Span, inner: Span) -> bool:
    """Say whether every character of `inner` is in `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end


def overlap(a: Span, b: Span) -> bool:
    """Say whether two spans share a character."""
    return a.start < b.end and b.start < a.end


def _exactly_one_inside(rule: Rule, text: str, spans: tuple[Span, ...]) -> list[Problem]:
    found = []
    for outer in (span for span in spans if span.label == rule.outer):
        count = sum(1 for span in spans if span.label == rule.inner and contains(outer, span))
        if count != 1:
            marked = text[outer.start : outer.end]
            found.append(Problem("exactly_one_inside", f"{rule.outer} {marked!r} holds {count} {rule.inner}, not one"))
    return found


def _inside(rule: Rule, text: str, spans: tuple[Span, ...]) -> list[Problem]:
    outer = [span for span in spans if span.label == rule.outer]
    return [
        Problem("inside", f"{rule.inner} {text[span.start : span.end]!r} lies in no {rule.outer}")
        for span in spans
        if span.label == rule.inner and not any(contains(each, span) for each in outer)
    ]


def _no_overlap(rule: Rule, text: str, spans: tuple[Span, ...]) -> list[Problem]:
    same = sorted((s for s in spans if s.label == rule.label), key=lambda s: (s.start, s.end))
    return [
        Problem("no_overlap", f"two {rule.label} overlap: {text[a.start : a.end]!r}, {text[b.start : b.end]!r}")
        for a, b in pairwise(same)
        if overlap(a, b)
    ]


def _no_crossing(rule: Rule, text: str, spans: tuple[Span, ...]) -> list[Problem]:
    del rule
    return [
        Problem("no_crossing", f"{a.label} {text[a.start : a.end]!r} and {b.label} {text[b.start : b.end]!r} cross")
        for i, a in enumerate(spans)
        for b in spans[i + 1 :]
        if overlap(a, b) and not contains(a, b) and not contains(b, a)
    ]


CHECKS: Mapping[str, Callable[[Rule, str, tuple[Span, ...]], list[Problem]]] = {
    "exactly_one_inside": _exactly_one_inside,
    "inside": _inside,
    "no_overlap": _no_overlap,
    "no_crossing": _no_crossing,
}
