from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.postgres import Server
from tests.store.conftest import titles
from tests.store.working import state
from textwright.errors import StoreError
from textwright.store.acts import Act, history, record
from textwright.store.database import Database, open_database
from textwright.store.texts import add_texts, count_texts
from textwright.types import Example

LONG = "x" * 20_000


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("{folder}/none/work.sqlite", "there is no folder {folder}/none"),
        ("{folder}", "is a folder"),
        ("{folder}/notes.txt", "file is not a database"),
        ("sqlite://", "keeps nothing"),
        (":memory:", "keeps nothing"),
        ("mysql://me:secret@host/name", "a kind of database that textwright does not know"),
        ("postgresql://me:secret@localhost:1/name", "connection"),
        ("postgresql://me:secret@host:many/name", "not the URL of a database"),
    ],
)
def test_what_cannot_be_opened_says_why_and_tells_no_password(tmp_path: Path, where: str, words: str) -> None:
    (tmp_path / "notes.txt").write_text("These are my notes. " * 100)
    with pytest.raises(StoreError) as raised:
        open_database(where.format(folder=tmp_path))
    assert words.format(folder=tmp_path) in str(raised.value)
    assert "secret" not in str(raised.value)
    assert (tmp_path / "notes.txt").read_text().startswith("These are my notes.")


def test_every_commit_goes_to_the_disk(database: Database) -> None:
    with database.engine.connect() as connection:
        if database.engine.dialect.name == "sqlite":
            asked = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
            assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked} == asked
        else:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_every_commit_goes_to_the_disk_where_the_server_would_not(postgres: Server) -> None:
    url = postgres.create("lazy")
    postgres.say("ALTER DATABASE lazy SET synchronous_commit = off")
    database = open_database(url)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    database.close()
    postgres.drop("lazy")


def test_full_file_refuses_acts_in_words_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    database = open_database(tmp_path / "work.sqlite")
    fills_up(database, lambda pages: limit_pages(database, pages))


def test_full_disk_refuses_acts_in_words_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    database = open_database(small_disk / "work.sqlite")
    ballast = small_disk / "ballast"

    def room(pages: int | None) -> None:
        if pages is None:
            ballast.unlink()
        else:
            fill(ballast)

    fills_up(database, room)


def fills_up(database: Database, room: object) -> None:
    assert callable(room)
    project = titles(database)
    room(10)
    kept, version, refused = [], 0, None
    while refused is None and version < 2000:
        try:
            [outcome] = record(database, project, "ann", [act(version)])
        except StoreError as error:
            refused = str(error)
        else:
            kept.append(outcome.version)
            version = outcome.version
    assert refused is not None
    assert database.where in refused
    assert "full" in refused
    assert "What was saved is safe" in refused
    assert [each.version for each in history(database, project, 1)] == kept
    room(None)
    assert record(database, project, "ann", [act(version)])[0].version == version + 1
    database.close()


def limit_pages(database: Database, pages: int | None) -> None:
    """Let the file grow by so many pages; a limit is each connection's own."""

    def limited(connection: sqlite3.Connection, _: object) -> None:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={1_000_000 if pages is None else used + pages}")

    database.engine.dispose()
    event.listen(database.engine, "connect", limited)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    # A little is left, so that it is an act that fills the disk.
    os.truncate(path, path.stat().st_size - 64 * 1024)


def act(base: int) -> Act:
    return Act(f"key {base}", 1, base, "edit", state((0, 4, "RANK"), note=LONG))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of a megabyte, where that is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_read_only_folder_says_that_it_must_be_writable(small_disk: Path) -> None:
    open_database(small_disk / "old.sqlite").close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StoreError, match="must be writable"):
        open_database(small_disk / "new.sqlite")
    with pytest.raises(StoreError, match="must be writable"):
        titles(open_database(small_disk / "old.sqlite"))


def test_file_that_another_program_holds_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.store.engines.BUSY_SECONDS", 0)
    database = open_database(tmp_path / "work.sqlite")
    project = titles(database)
    other = sqlite3.connect(tmp_path / "work.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="Another program holds it"):
        record(database, project, "ann", [act(0)])
    other.execute("ROLLBACK")
    assert record(database, project, "ann", [act(0)])[0].version == 1
    database.close()
    other.close()


def test_reading_goes_on_after_the_server_ended_idle_connections(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textwright.store.engines.IDLE_SECONDS", 0.0)
    database = open_database(postgres.create("ended"))
    project = titles(database)
    postgres.say("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'ended'")
    assert count_texts(database, project) == 3
    database.close()
    postgres.drop("ended")


def test_reader_sees_one_moment(database: Database) -> None:
    project = titles(database)
    with database.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM texts").scalar()
        add_texts(database, project, [Example("new", "Porter")])
        assert connection.exec_driver_sql("SELECT count(*) FROM texts").scalar() == before == 3


def test_large_counts_are_kept_for_a_while_and_small_ones_are_not(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.0, 0.01, 1.0, 1.0, 1.5, 2.5, 100.0, 100.0, 100.01])
    monkeypatch.setattr("textwright.store.database.time.monotonic", lambda: next(clock))
    found = iter([1, 1_000, 2])
    counts = [database.now_and_then("key", lambda: next(found), is_large=lambda each: each > 10) for _ in range(4)]
    assert counts == [1, 1_000, 1_000, 2]


def test_reads_of_one_moment_see_the_same_and_later_ones_what_came_meanwhile(database: Database) -> None:
    project = titles(database)
    with database.one_moment():
        before = count_texts(database, project)
        add_texts(database, project, [Example("new", "Porter")])
        assert count_texts(database, project) == before == 3
    assert count_texts(database, project) == 4
