"""Projects: a set of texts with one schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from textwright.errors import StoreError
from textwright.schema import Schema
from textwright.store.database import Database
from textwright.store.tables import PROJECTS, now


@dataclass(frozen=True, slots=True)
class Project:
    """A project. `settings` is plain data that `annotate` reads; `former` holds the names that labels had."""

    id: int
    name: str
    schema: Schema
    settings: Mapping[str, Any]
    former: Mapping[str, Any] | None = None


def find_project(database: Database, name: str) -> Project | None:
    """Return the project called `name`, if there is one."""
    with database.read() as connection:
        return _find(connection, name)


def open_project(database: Database, name: str, schema: Schema, settings: Mapping[str, Any]) -> Project:
    """Return the project called `name`, made if there is none; its schema and settings become those given."""
    values = {"schema": schema.to_data(), "settings": dict(settings)}

    def step(connection: Connection) -> Project:
        if _find(connection, name) is None:
            connection.execute(insert(PROJECTS).values(name=name, created_at=now(), **values))
        else:
            connection.execute(update(PROJECTS).where(PROJECTS.c.name == name).values(**values))
        found = _find(connection, name)
        if found is None:
            raise StoreError(f"the project {name!r} vanished while it was opened")
        return found

    return database.write(step)


def made_at(database: Database, project: Project) -> str:
    """Return when a project was made: that tells it from another of the same name."""
    with database.read() as connection:
        return connection.scalar(select(PROJECTS.c.created_at).where(PROJECTS.c.id == project.id)) or ""


def change_schema(database: Database, project: Project, change: Callable[[Schema], Schema]) -> Project:
    """Change the schema of a project as it is stored now, and return the project. Errors of `change` pass."""

    def step(connection: Connection) -> Project:
        chosen = PROJECTS.c.id == project.id
        stored = connection.execute(select(PROJECTS).where(chosen).with_for_update()).one()
        changed = change(Schema.from_data(stored.schema))
        connection.execute(update(PROJECTS).where(chosen).values(schema=changed.to_data()))
        return Project(stored.id, stored.name, changed, stored.settings, stored.former)

    return database.write(step)


def _find(connection: Connection, name: str) -> Project | None:
    row = connection.execute(select(PROJECTS).where(PROJECTS.c.name == name)).one_or_none()
    return None if row is None else _project(row)


def _project(row: Row[Any]) -> Project:
    return Project(row.id, row.name, Schema.from_data(row.schema), row.settings, row.former)
