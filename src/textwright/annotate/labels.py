"""Labels that are made and changed while one annotates, so that a plain file of texts is enough to begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from string import ascii_lowercase
from typing import Any

from textwright.errors import SchemaError
from textwright.schema import Label, Schema
from textwright.store.relabelling import Relabelling
from textwright.store.used import Uses


def with_label(schema: Schema, name: str, *, meaning: str = "") -> Schema:
    """Return the schema with one more span label, under a free key.

    Raise `SchemaError` when the name is empty, or taken by a label or a task.

    >>> with_label(Schema(), "CITY", meaning="A town.").labels
    (Label(name='CITY', meaning='A town.', colour=None, key='c', parent=None),)
    """
    if name in {task.name for task in schema.tasks}:
        raise SchemaError(f"there is a task {name} already; choose another name for the label")
    return replace(schema, labels=(*schema.labels, Label(name, meaning, key=free_key(schema, name))))


def free_key(schema: Schema, name: str) -> str | None:
    """Choose a letter that no label has: one of the name's if possible; None when all are taken."""
    tasks = (label for task in schema.tasks for label in task.labels)
    taken = {label.key for label in (*schema.labels, *tasks)}
    return next(
        (letter for letter in name.lower() + ascii_lowercase if letter in ascii_lowercase and letter not in taken), None
    )


def refuse_lost(schema: Schema, change: Relabelling, used: Uses) -> None:
    """Raise `SchemaError` when annotations keep a label that would be unknown after a change."""
    if schema.open:
        return
    answers = {(task.name, label.name) for task in schema.tasks for label in task.labels}
    lost = [
        *_lost(used.spans, change.spans, set(schema.spans)),
        *_lost(used.categories, change.categories, answers),
    ]
    if lost:
        raise SchemaError(
            f"annotations keep what the new schema does not know: {', '.join(lost)}. Say what becomes of it"
        )


def _lost(used: Iterable[Any], change: Mapping[Any, Any], known: Set[Any]) -> list[str]:
    """List what is used, and neither taken away nor known afterwards."""
    after = {each: change.get(each, each) for each in used}
    return sorted(str(each) for each, now in after.items() if now is not None and now not in known)
