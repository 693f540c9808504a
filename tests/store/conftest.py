from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from textwright.schema import Schema
from textwright.store.database import Database, open_database
from textwright.store.projects import Project, open_project
from textwright.store.texts import add_texts
from textwright.types import Example

TITLES = ("Lead UX researcher", "Nurse", "Senior Chef 🚀 Leeds")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "work.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def project(database: Database) -> Project:
    schema = Schema.from_data({"labels": {"JOB": {}, "RANK": {}}, "tasks": {"kind": {"labels": ["a", "b"]}}})
    made = open_project(database, "titles", schema, {})
    add_texts(database, made, [Example(f"t{i}", text) for i, text in enumerate(TITLES, start=1)])
    return made
