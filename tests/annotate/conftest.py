"""A desk with a handful of texts, and people who work at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.store.conftest import tables  # noqa: F401 - a fixture
from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.schema import Schema
from textwright.store.database import Database, open_database
from textwright.store.projects import open_project
from textwright.types import Example

SCHEMA = Schema.from_data({"labels": {"JOB": {}, "RANK": {}}, "tasks": {"kind": {"labels": ["a", "b"]}}})
NewDesk = Callable[..., Desk]


@pytest.fixture
def database(tables: Path, tmp_path: Path) -> Iterator[Database]:  # noqa: F811 - the same fixture
    opened = open_database(shutil.copy(tables, tmp_path / "work.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def new_desk(database: Database, said: list[str]) -> Iterator[NewDesk]:
    """Open a desk with so many texts; it is closed at the end."""
    opened: list[Desk] = []

    def make(texts: int = 6, **settings: Any) -> Desk:
        options = {key: settings.pop(key) for key in ("folder", "opener", "on_schema") if key in settings}
        project = open_project(database, "titles", SCHEMA, {})
        desk = Desk(database, project, Settings(**settings), say=said.append, **options)
        desk.add(Example(f"t{i}", f"Senior Chef {i}") for i in range(texts))
        opened.append(desk)
        return desk

    yield make
    for desk in opened:
        desk.close()
