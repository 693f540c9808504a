"""Schemas to start from by one click: those of the examples, and those of the installed packs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from textwright.annotate.labels import free_key
from textwright.errors import DataError, TextwrightError
from textwright.packs import installed, open_pack
from textwright.project.examples import samples
from textwright.project.files import Project
from textwright.project.look_for.changes import Change
from textwright.schema import Label, Rule, Schema


@dataclass(frozen=True, slots=True)
class Start:
    """A schema to start from; `fits` says that the project's texts are those that it was made for."""

    name: str
    title: str
    schema: Schema
    fits: bool = False


def starts(project: Project) -> list[Start]:
    """List what there is to start from: what fits the texts first. A pack that cannot be loaded is left out."""
    made_for = project.state.example
    found = [Start(each.name, each.title, each.schema, each.name == made_for) for each in samples()]
    known = [each.schema for each in found]
    packs = [each for each in _packs() if each.schema not in known]
    return sorted([*found, *packs], key=lambda start: not start.fits)


def _packs() -> Iterator[Start]:
    for name in installed():
        try:
            yield Start(name, name.replace("_", " ").capitalize(), open_pack(name).schema)
        except TextwrightError:
            continue


def find_start(project: Project, name: str) -> Start:
    """Return what is called `name`. Raise `DataError` where there is nothing of that name."""
    found = starts(project)
    for start in found:
        if start.name == name:
            return start
    raise DataError(f"there is no {name!r} to start from. Known: {', '.join(each.name for each in found)}")


def begin_with(schema: Schema, start: Schema) -> Change:
    """Take over what of a schema is not there yet: labels, questions, rules; its guideline where there is none."""
    known = {name.casefold() for name in (*schema.spans, *(task.name for task in schema.tasks))}
    for label in start.labels:
        if label.name.casefold() not in known:
            schema = replace(schema, labels=(*schema.labels, _keyed(schema, label)))
    schema = replace(schema, labels=tuple(_inside(each, start, schema.spans) for each in schema.labels))
    names = {name.casefold() for name in (*schema.spans, *(task.name for task in schema.tasks))}
    tasks = (*schema.tasks, *(each for each in start.tasks if each.name.casefold() not in names))
    rules = (*schema.rules, *(each for each in start.rules if each not in schema.rules and _holds(schema, each)))
    return Change(replace(schema, tasks=tasks, rules=rules, guideline=schema.guideline or start.guideline))


def _keyed(schema: Schema, label: Label) -> Label:
    """Keep a label's key where it is free; what it lies inside is settled when all labels are there."""
    taken = {each.key for each in schema.labels}
    key = label.key if label.key and label.key not in taken else free_key(schema, label.name)
    return replace(label, key=key, parent=None)


def _inside(label: Label, start: Schema, names: Collection[str]) -> Label:
    parents = {each.name: each.parent for each in start.labels}
    parent = label.parent or parents.get(label.name)
    return replace(label, parent=parent if parent in names else None)


def _holds(schema: Schema, rule: Rule) -> bool:
    return all(name is None or name in schema.spans for name in (rule.outer, rule.inner, rule.label))
