"""The schema stands in a file and in the database; which of the two counts, and what stays whoever edits the file.

Each change goes to the database first, with the marks that it changes, and then to the file. Of the file it is
remembered how it was written, so that a file that somebody edited counts, and one that a killed process left behind
is written anew. Labels that annotations keep stay in any case.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from textwright.errors import SchemaError
from textwright.project.files import Project
from textwright.project.look_for.changes import refuse_shared
from textwright.project.look_for.file import write_schema
from textwright.project.look_for.shown import read_kept, write_kept
from textwright.schema import Label, Schema, Task
from textwright.store.database import Database
from textwright.store.projects import find_project
from textwright.store.used import Uses, uses

WRITTEN = "schema"


def opened_schema(database: Database, project: Project) -> Schema:
    """Return what a project looks for when it is opened. Raise `SchemaError` at a wrong file."""
    stored = find_project(database, project.name)
    if stored is None:
        return project.schema
    schema = settled_schema(project, stored.schema, uses(database, stored))
    if schema != project.schema:
        keep_schema(project, schema)
    return schema


def settled_schema(project: Project, stored: Schema, used: Uses) -> Schema:
    """Return the file's schema where somebody edited it, else the stored one. Raise `SchemaError` at a wrong file."""
    written = read_kept(project).get(WRITTEN)
    if written is not None and written == _fingerprint(project):
        return stored
    if not project.schema_file.exists():
        return stored
    kept = kept_schema(project.schema, stored, used)
    try:
        refuse_shared(kept)
    except SchemaError as error:
        raise SchemaError(f"{project.schema_file}: {error}") from None
    return kept


def keep_schema(project: Project, schema: Schema) -> None:
    """Write the file, and remember how. Raise `DataError` when the disk does not allow it."""
    write_schema(project, schema)
    write_kept(project, {**read_kept(project), WRITTEN: _fingerprint(project)})


def _fingerprint(project: Project) -> str | None:
    try:
        return sha256(project.schema_file.read_bytes()).hexdigest()
    except OSError:
        return None


def kept_schema(schema: Schema, before: Schema, used: Uses) -> Schema:
    """Return a schema with what annotations keep put back where it lacks it: labels, answers, several at once."""
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
    known = {task.name: task for task in before.tasks}
    tasks = {task.name: task for task in schema.tasks}
    for name, label in used.categories:
        task = tasks.get(name) or known.get(name) or Task(name, ())
        has = label in {each.name for each in task.labels}
        tasks[name] = task if has else replace(task, labels=(*task.labels, Label(label)))
    several = [replace(each, multiple=each.multiple or each.name in used.several) for each in tasks.values()]
    return replace(schema, tasks=tuple(several))
