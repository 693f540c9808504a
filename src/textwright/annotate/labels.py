"""Labels that are made while one annotates, so that a plain file of texts is enough to begin."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase

from textwright.schema import Label, Schema


def with_label(schema: Schema, name: str, *, meaning: str = "") -> Schema:
    """Return the schema with one more span label, under a free key.

    Raise `SchemaError` when the name is empty or taken.

    >>> with_label(Schema(), "CITY", meaning="A town.").labels
    (Label(name='CITY', meaning='A town.', colour=None, key='c', parent=None),)
    """
    return replace(schema, labels=(*schema.labels, Label(name, meaning, key=free_key(schema, name))))


def free_key(schema: Schema, name: str) -> str | None:
    """Choose a letter that no label has: one of the name's if possible; None when all are taken."""
    tasks = (label for task in schema.tasks for label in task.labels)
    taken = {label.key for label in (*schema.labels, *tasks)}
    return next(
        (letter for letter in name.lower() + ascii_lowercase if letter in ascii_lowercase and letter not in taken), None
    )
