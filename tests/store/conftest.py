from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.postgres import Server, running_server
from textwright.schema import Schema
from textwright.store.database import Database, open_database
from textwright.store.projects import Project, open_project
from textwright.store.tables import METADATA
from textwright.store.texts import add_texts
from textwright.types import Example

TITLES = ("Lead UX researcher", "Nurse", "Senior Chef 🚀 Leeds")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Start PostgreSQL once."""
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """Name a kind of database."""
    return str(request.param)


@pytest.fixture
def where(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Name an empty database of each kind."""
    if backend == "sqlite":
        yield str(tmp_path / "work.sqlite")
        return
    server: Server = request.getfixturevalue("postgres")
    name = f"test_{uuid4().hex}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the tables of an SQLite file once: to make them takes ten times as long as to copy them."""
    path = tmp_path_factory.mktemp("tables") / "work.sqlite"
    open_database(path).close()
    return path


@pytest.fixture(scope="session")
def shared(postgres: Server) -> str:
    """Make a database with its tables once: PostgreSQL writes a thousand files for each."""
    url = postgres.create("shared")
    open_database(url).close()
    return url


@pytest.fixture
def database(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Open a database with empty tables. Who changes the tables, or kills who works in them, takes `own_database`."""
    tables = Path(request.getfixturevalue("tables")) if backend == "sqlite" else None
    opened = open_database(shutil.copy(tables, tmp_path) if tables else request.getfixturevalue("shared"))
    if tables is None:
        empty(opened)
    yield opened
    opened.close()


@pytest.fixture
def own_database(where: str) -> Iterator[Database]:
    opened = open_database(where)
    yield opened
    opened.close()


def empty(database: Database) -> None:
    """Take everything out of the tables of a PostgreSQL database, and let their numbers begin anew."""
    names = ", ".join(METADATA.tables)
    database.write(lambda connection: connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY"))


@pytest.fixture
def project(database: Database) -> Project:
    return titles(database)


def titles(database: Database) -> Project:
    """Make a project of three titles."""
    schema = Schema.from_data({"labels": {"JOB": {}, "RANK": {}}, "tasks": {"kind": {"labels": ["a", "b"]}}})
    made = open_project(database, "titles", schema, {})
    add_texts(database, made, [Example(f"t{i}", text) for i, text in enumerate(TITLES, start=1)])
    return made
