from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from tests.store.conftest import titles
from textwright.errors import StoreError
from textwright.store import migrations
from textwright.store.database import Database, open_database
from textwright.store.projects import find_project
from textwright.store.tables import METADATA
from textwright.store.texts import count_texts

LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    op.add_column("texts", sa.Column("colour", sa.String(20), nullable=False, server_default="green"))
    {more}
"""


@pytest.fixture
def database(own_database: Database) -> Database:
    return own_database


def test_migrated_database_is_what_the_code_expects(database: Database) -> None:
    # SQLite tells an empty default in words of its own.
    opts = {"compare_type": True, "compare_server_default": database.engine.dialect.name == "postgresql"}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, METADATA) == []


def test_opening_again_changes_nothing(where: str) -> None:
    for count in (3, 3):
        database = open_database(where)
        assert count_texts(database, titles(database)) == count
        database.close()


def test_a_later_migration_keeps_what_is_there(database: Database, tmp_path: Path) -> None:
    titles(database)
    migrations.migrate(database.engine, folder=scripts(tmp_path))
    with database.read() as connection:
        assert connection.execute(text("SELECT text, colour FROM texts ORDER BY number")).first() == (
            "Lead UX researcher",
            "green",
        )


def test_a_migration_that_fails_changes_nothing(database: Database, tmp_path: Path) -> None:
    project = titles(database)
    with pytest.raises(ZeroDivisionError):
        migrations.migrate(database.engine, folder=scripts(tmp_path, more="1 / 0"))
    assert "colour" not in {column["name"] for column in inspect(database.engine).get_columns("texts")}
    assert count_texts(database, project) == 3
    migrations.migrate(database.engine)


def test_a_newer_database_is_refused_with_its_revision(where: str, tmp_path: Path) -> None:
    database = open_database(where)
    migrations.migrate(database.engine, folder=scripts(tmp_path))
    database.close()
    with pytest.raises(StoreError, match=r"newer textwright \(revision 0004; this one knows 0001, 0002, 0003\)"):
        open_database(where)


def test_processes_that_open_a_new_database_at_once_all_succeed(where: str, tmp_path: Path) -> None:
    go = tmp_path / "go"
    code = (
        "import pathlib, sys, time\n"
        "from textwright.store.database import open_database\n"
        f"print('ready', flush=True)\nwhile not pathlib.Path({str(go)!r}).exists(): time.sleep(0.001)\n"
        "open_database(sys.argv[1]).close()\n"
    )
    opening = [
        subprocess.Popen([sys.executable, "-c", code, where], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in opening:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    time.sleep(0.01)
    go.touch()
    assert [process.communicate(timeout=60)[1] for process in opening] == [b"", b"", b""]
    assert [process.returncode for process in opening] == [0, 0, 0]
    opened = open_database(where)
    assert find_project(opened, "none") is None
    opened.close()


def test_a_new_file_that_another_process_is_making_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    ending = threading.Timer(0.2, other.close)
    ending.start()
    opened = open_database(path)
    assert find_project(opened, "none") is None
    opened.close()
    ending.join()


def scripts(folder: Path, *, more: str = "pass") -> Path:
    """Make a folder of migrations with one more than there is."""
    versions = folder / "migrations" / "versions"
    versions.mkdir(parents=True)
    for path in (migrations.FOLDER / "versions").glob("*.py"):
        (versions / path.name).write_bytes(path.read_bytes())
    (versions / "0004_later.py").write_text(LATER.format(more=more))
    return versions.parent
