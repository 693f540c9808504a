"""Labels that annotations keep stay in the schema, whoever edited its file."""

from __future__ import annotations

from dataclasses import replace

from textwright.project.files import Project
from textwright.project.look_for.file import write_schema
from textwright.schema import Label, Schema
from textwright.store.database import Database
from textwright.store.projects import find_project
from textwright.store.used import Uses, uses


def opened_schema(database: Database, project: Project) -> Schema:
    """Return what a project looks for when it is opened: the file's labels, and those that annotations keep."""
    stored = find_project(database, project.name)
    if stored is None:
        return project.schema
    schema = kept_schema(project.schema, stored.schema, uses(database, stored))
    if schema != project.schema:
        write_schema(project, schema)
    return schema


def kept_schema(schema: Schema, before: Schema, used: Uses) -> Schema:
    """Return a schema with the labels and answers put back that annotations keep and that it lacks."""
    known = {label.name: label for label in before.labels}
    lacking = [known.get(name, Label(name)) for name in used.spans if name not in schema.spans]
    taken = {label.key for label in schema.labels}
    names = {*schema.spans, *(label.name for label in lacking)}
    back = [
        replace(each, key=None if each.key in taken else each.key, parent=each.parent if each.parent in names else None)
        for each in lacking
    ]
    return _with_answers(replace(schema, labels=(*schema.labels, *back)), before, used)


def _with_answers(schema: Schema, before: Schema, used: Uses) -> Schema:
    tasks = {task.name: task for task in schema.tasks}
    for task, label in used.categories:
        held = tasks.get(task)
        if held is None:
            held = next((each for each in before.tasks if each.name == task), None)
        if held is None:
            continue
        if label not in {each.name for each in held.labels}:
            held = replace(held, labels=(*held.labels, Label(label)))
        tasks[task] = held
    return replace(schema, tasks=tuple(tasks.values()))
