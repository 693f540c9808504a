"""Open a database, and read and write it in transactions.

SQLite: one file in WAL mode, `synchronous=FULL`, so that what is committed survives a killed process and a
power cut. PostgreSQL: by its URL.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from textwright.errors import MissingExtraError, StoreError
from textwright.store.migrations import migrate

BUSY_SECONDS = 30
TRIES = 5
Found = TypeVar("Found")


class Database:
    """An open database. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        """Wrap an engine whose tables are up to date; `open_database` makes one."""
        self.engine = engine
        # SQLite has one writer at a time; whoever waits here waits his turn, and not by polling.
        self._turn = threading.RLock() if engine.dialect.name == "sqlite" else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read from one moment of the database."""
        with _as_store_errors(), self.engine.begin() as connection:
            yield connection

    def write(self, step: Callable[[Connection], Found]) -> Found:
        """Run `step` in a transaction and return its result after the commit.

        A step that collided with another writer runs again, so it must change nothing but the database.
        Raise `StoreError` when the database cannot be written: a full disk, a server that is gone.
        """
        for left in reversed(range(TRIES)):
            try:
                return self._write_once(step)
            except IntegrityError:
                if left == 0:
                    raise
            except DBAPIError as error:
                if left == 0 or not _may_go_again(error):
                    raise StoreError(_why(error)) from error
        raise AssertionError("unreachable")

    def _write_once(self, step: Callable[[Connection], Found]) -> Found:
        if self._turn is None:
            with self.engine.begin() as connection:
                return step(connection)
        with self._turn, self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            return step(connection)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(where: str | Path) -> Database:
    """Open the SQLite file at a path, or the database at a URL; make or update its tables.

    Raise `StoreError` when it cannot be opened, `MissingExtraError` when a driver is not installed.
    """
    try:
        engine = create_engine(_url(where), pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError(
            f"{where}: not a database. Give a file's path or postgresql://USER@HOST/NAME: {error}"
        ) from None
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "psycopg", "postgres") from None
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    with _as_store_errors(f"{where}: "):
        migrate(engine)
    return Database(engine)


def _url(where: str | Path) -> Any:
    text = str(where)
    if "://" not in text:
        return make_url("sqlite://").set(database=text)
    url = make_url(text)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say ourselves when a transaction begins
        for line in (f"busy_timeout={BUSY_SECONDS * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {line}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _as_store_errors(where: str = "") -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise StoreError(where + _why(error)) from error


def _may_go_again(error: DBAPIError) -> bool:
    """Say whether a later try may succeed: a dead lock, a transaction that could not be ordered, a lost connection."""
    state = getattr(error.orig, "sqlstate", None)
    return state in ("40001", "40P01") or error.connection_invalidated


def _why(error: DBAPIError) -> str:
    lines = str(error.orig).strip().splitlines()
    return f"the database says: {lines[0] if lines else type(error.orig).__name__}"
