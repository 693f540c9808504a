"""The SQLite file behind the cache: opened by several processes, changed in steps, its faults in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from textwright.errors import StoreError
from textwright.private import make_private_file
from textwright.sqlite_locks import BUSY, SECONDS, patiently

T = TypeVar("T")

APPLICATION = 0x54574157  # "TWAW": whose file it is
# Step n brings a file from version n to n + 1.
STEPS: tuple[str, ...] = (
    """
    CREATE TABLE answers (
        key TEXT PRIMARY KEY,
        address TEXT NOT NULL,
        model TEXT NOT NULL,
        request TEXT NOT NULL,
        completion TEXT NOT NULL,
        at TEXT NOT NULL,
        version TEXT NOT NULL
    )
    """,
)
ADD = """
    INSERT INTO answers (key, address, model, request, completion, at, version)
    VALUES (:key, :address, :model, :request, :completion, :at, :version) ON CONFLICT (key) DO NOTHING
"""
# Bytes, whatever they are: as text SQLite would not give out what is no UTF-8.
FIND = "SELECT CAST(completion AS BLOB) FROM answers WHERE key = ?"
FORGET = "DELETE FROM answers WHERE key = ? AND CAST(completion AS BLOB) = ?"
DAMAGED = ("file is not a database", "malformed", "disk image")


class AnswersFile:
    """One connection that threads take turns at; a process that was forked off opens its own."""

    def __init__(self, path: Path) -> None:
        """Open the file or make it. Raise `StoreError` that says why it cannot be used."""
        self._path = path
        self._lock = RLock()
        self._process = os.getpid()
        self._connection: sqlite3.Connection | None = self._opened()

    # --- answers ----------------------------------------------------------------------------

    def completion(self, key: str) -> bytes | None:
        """Return the completion that is kept under a key."""
        found: bytes | None = self._value(FIND, key)
        return found

    def forget(self, key: str, completion: bytes) -> None:
        """Remove an answer if it is still the one that was found."""
        self._run(lambda connection: connection.execute(FORGET, (key, completion)))

    def add(self, **row: str) -> None:
        """Add an answer unless its key is there."""
        self._run(lambda connection: connection.execute(ADD, row))

    def count(self, *, model: str | None, address: str | None) -> int:
        """Count the answers, of all models and addresses or of one."""
        wanted = "SELECT count(*) FROM answers WHERE (?1 IS NULL OR model = ?1) AND (?2 IS NULL OR address = ?2)"
        found: int = self._value(wanted, model, address)
        return found

    def models(self) -> list[tuple[str, str]]:
        """List addresses and models."""
        wanted = "SELECT DISTINCT address, model FROM answers ORDER BY address, model"
        return self._run(lambda connection: list(connection.execute(wanted)))

    def oldest(self) -> str | None:
        """Return when the oldest answer came."""
        found: str | None = self._value("SELECT min(at) FROM answers")
        return found

    def clear(self, *, before: str | None) -> int:
        """Remove answers and give their room back to the disk; return how many they were."""

        def step(connection: sqlite3.Connection) -> int:
            removed = connection.execute("DELETE FROM answers WHERE ?1 IS NULL OR at < ?1", (before,)).rowcount
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return removed

        return self._run(step)

    def size(self) -> int:
        """Return the bytes of the file and of what was not merged into it yet."""
        beside = (self._path.with_name(f"{self._path.name}{end}") for end in ("", "-wal"))
        return sum(each.stat().st_size for each in beside if each.exists())

    def close(self) -> None:
        """Close the file; asking it again opens it again."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    # --- the connection ---------------------------------------------------------------------

    def _value(self, statement: str, *values: Any) -> Any:
        row = self._run(lambda connection: connection.execute(statement, values).fetchone())
        return None if row is None else row[0]

    def _run(self, step: Callable[[sqlite3.Connection], T]) -> T:
        """Take a step, again while another process holds the file. Raise `StoreError` at a fault."""
        with self._lock:
            try:
                return patiently(lambda: step(self._current()))
            except sqlite3.Error as error:
                raise self._fault(error) from error

    def _current(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            self._process = os.getpid()
            self._connection = self._opened()
        return self._connection

    def _opened(self) -> sqlite3.Connection:
        try:
            if self._path.is_dir():
                raise _ForeignError(f"is a folder. Name a file in it, such as {self._path / 'answers.sqlite'}")
            self._path.parent.mkdir(parents=True, exist_ok=True)
            make_private_file(self._path)
            # While another process makes the file, SQLite may take it for one that cannot be written.
            passing = BUSY if _is_frozen(self._path) else BUSY | {sqlite3.SQLITE_READONLY}
            return patiently(lambda: _prepared(self._path), passing=passing)
        except OSError as error:
            raise StoreError(f"{self._path}: cannot be opened: {error.strerror or error}") from error
        except sqlite3.Error as error:
            raise self._fault(error) from error
        except _ForeignError as error:
            raise StoreError(f"{self._path}: {error}") from None

    def _fault(self, error: sqlite3.Error) -> StoreError:
        said = str(error)
        if any(sign in said for sign in DAMAGED):
            return StoreError(
                f"{self._path}: is damaged, or no database ({said}). Move it away to begin with an empty cache, "
                "or name another file"
            )
        return StoreError(f"{self._path}: {said}")


class _ForeignError(Exception):
    """Why what stands there is none of ours."""


def _prepared(path: Path) -> sqlite3.Connection:
    """Open a file, check that it is ours, and bring it to this version."""
    connection = _connected(path)
    try:
        _check(connection)
        _brought_up(connection)
        # A killed process loses nothing; only a power cut can cost the last moments.
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    if not _is_frozen(path):
        return sqlite3.connect(path, timeout=SECONDS, isolation_level=None, check_same_thread=False)
    name = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(name, uri=True, isolation_level=None, check_same_thread=False)


def _is_frozen(path: Path) -> bool:
    """Say whether a file can only be read: SQLite would want to write beside it, unless it is told."""
    waiting = path.with_name(f"{path.name}-wal")
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return path.is_file() and not writable and not (waiting.exists() and waiting.stat().st_size)


def _check(connection: sqlite3.Connection) -> None:
    # One transaction: another process may be making the file at this moment.
    connection.execute("BEGIN")
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    version, application = _pragma(connection, "user_version"), _pragma(connection, "application_id")
    connection.execute("COMMIT")
    if tables and application != APPLICATION:
        raise _ForeignError("is a database of another program. Name another file for the cache")
    if version > len(STEPS):
        raise _ForeignError(
            f"was written by a newer textwright (version {version} of the file, this one knows {len(STEPS)}). "
            "Update textwright, or name another file"
        )


def _brought_up(connection: sqlite3.Connection) -> None:
    if _pragma(connection, "user_version") == len(STEPS):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited.
        for step in STEPS[_pragma(connection, "user_version") :]:
            connection.execute(step)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    found: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return found
