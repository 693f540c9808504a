"""Open a database, and read and write it in transactions.

SQLite: one file in WAL mode, `synchronous=FULL`, so that what is committed survives a killed process and a
power cut. PostgreSQL: by its URL, with `synchronous_commit` on whatever the server's default is.
"""

from __future__ import annotations

import json
import math
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from textwright.errors import MissingExtraError, StoreError
from textwright.sqlite_locks import patiently
from textwright.store.migrations import migrate
from textwright.store.together import Together

BUSY_SECONDS = 30
TRIES = 5
IDLE_SECONDS = 1.0
PAUSE_SECONDS = 0.05
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "fullfsync=ON", "foreign_keys=ON")
POOL = {"pool_size": 10, "max_overflow": 40, "pool_timeout": BUSY_SECONDS}
DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
    f"SELECT set_config('lock_timeout', '{BUSY_SECONDS}s', false)",
)
WANTED = "Give the path of a file, or postgresql://USER@HOST/NAME"
FAULTS = (DBAPIError, sqlite3.Error, PoolTimeoutError)
HINTS = {
    "disk is full": ". What was saved is safe; make room and go on",
    "No space left": ". What was saved is safe; make room and go on",
    "readonly database": ". Its folder must be writable, too",
    "unable to open": ". Its folder must be writable",
    "not a database": ". Name an SQLite file, or one that is not there yet",
    "database is locked": ". Another program holds it; close that one",
}
ANALYSED = ("texts", "annotations", "acts", "labels", "suggestions")
KEPT_FOR = 10
LONGEST_KEPT = 5.0
Found = TypeVar("Found")


class Database:
    """An open database. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        """Wrap an engine whose tables are up to date; `open_database` makes one."""
        self.engine = engine
        # SQLite has one writer at a time; whoever waits here waits his turn, and not by polling.
        self._turn = threading.RLock() if engine.dialect.name == "sqlite" else None
        self._moment = threading.local()
        # Grows when accounts or sessions change here, so that who is known is asked for again.
        self.people_changes = 0
        self._kept: dict[Hashable, tuple[float, Any]] = {}
        self._together: dict[Any, Together] = {}
        self._asking: dict[Hashable, threading.Lock] = defaultdict(threading.Lock)

    @property
    def where(self) -> str:
        """Say which database it is, without a password."""
        return _named(self.engine.url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read from one moment of the database."""
        shared: Connection | None = getattr(self._moment, "connection", None)
        if shared is not None:
            yield shared
            return
        with _as_store_errors(self.where), self._reading() as connection, connection.begin():
            yield connection

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Let all that this thread reads inside be of one moment: one transaction, which is cheaper than many."""
        with self.read() as connection:
            before, self._moment.connection = getattr(self._moment, "connection", None), connection
            try:
                yield
            finally:
                self._moment.connection = before

    def _reading(self) -> Connection:
        connection = self.engine.connect()
        if self._turn is not None:
            return connection
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def write(self, step: Callable[[Connection], Found]) -> Found:
        """Run `step` in a transaction and return its result after the commit.

        A step that collided with another writer, or whose connection broke, runs again: it must change nothing
        but the database, and bear that it had been kept after all.
        Raise `StoreError` when the database cannot be written: a full disk, a server that is gone.
        """
        for left in reversed(range(TRIES)):
            try:
                return self._write_once(step)
            except IntegrityError:
                if left == 0:
                    raise
            except FAULTS as error:
                if left == 0 or not _may_go_again(error):
                    raise StoreError(_why(self.where, error)) from None
                time.sleep(PAUSE_SECONDS * (TRIES - left))
        raise AssertionError("unreachable")

    def write_together(self, step: Callable[[Connection, Sequence[Any]], Sequence[Found]], item: Any) -> Found:
        """Run `step` with this item and those that other threads wait with, in one transaction; return its own result.

        The first to come writes at once; who comes while it writes waits, and the next transaction takes them
        all: one commit for many, and nobody waits for more than two. Fails the whole, each is tried alone.
        """
        together = self._together.setdefault(step, Together(lambda items: self._write_all(step, items)))
        found: Found = together.run(item)
        return found

    def _write_all(self, step: Callable[[Connection, Sequence[Any]], Sequence[Any]], items: Sequence[Any]) -> list[Any]:
        """Return the result of each item, or the error that it met."""
        try:
            return list(self.write(lambda connection: step(connection, items)))
        except Exception as error:
            if len(items) == 1 or isinstance(error, StoreError):
                return [error] * len(items)
            return [found for item in items for found in self._write_all(step, [item])]

    def _write_once(self, step: Callable[[Connection], Found]) -> Found:
        if self._turn is None:
            with self.engine.begin() as connection:
                return step(connection)
        with self._turn, self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            return step(connection)

    def write_people(self, step: Callable[[Connection], Found]) -> Found:
        """Run a step that changes accounts or sessions: what is remembered of people does not hold any more."""
        try:
            return self.write(step)
        finally:
            self.people_changes += 1

    def now_and_then(
        self,
        key: Hashable,
        step: Callable[[], Found],
        *,
        is_large: Callable[[Found], bool],
        seconds: float | None = None,
    ) -> Found:
        """Return what `step` finds. What is large is kept for ten times as long as it took, five seconds at most.

        So counts that many people ask for cost a tenth of a processor in a large project, and are exact
        in one where they are cheap. `seconds` says how long it is kept instead.
        """
        with self._asking[key]:
            until, found = self._kept.get(key, (0.0, None))
            if time.monotonic() < until:
                return found  # type: ignore[no-any-return]
            started = time.monotonic()
            found = step()
            took = time.monotonic() - started
            if is_large(found):
                keep = min(KEPT_FOR * took, LONGEST_KEPT) if seconds is None else seconds
                self._kept[key] = (started + took + keep, found)
            return found

    def analyse(self) -> None:
        """Let PostgreSQL look at what the tables hold; its own look comes after a minute, and plans are bad until then.

        SQLite's plans for our statements are good without.
        """
        if self._turn is None:
            with suppress(StoreError):  # the work goes on without
                self.write(lambda connection: connection.exec_driver_sql(f"ANALYZE {', '.join(ANALYSED)}"))

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(where: str | Path) -> Database:
    """Open the SQLite file at a path, or the database at a URL; make or update its tables.

    Raise `StoreError` when it cannot be opened, `MissingExtraError` when a driver is not installed.
    """
    url = _url(str(where))
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
    try:
        migrate(engine)
    except StoreError as error:
        engine.dispose()
        raise StoreError(f"{_named(url)}: {error}") from error
    except FAULTS as error:
        engine.dispose()
        raise StoreError(_why(_named(url), error)) from None
    return Database(engine)


def _url(where: str) -> URL:
    if "://" not in where:
        return make_url("sqlite://").set(database=where)
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        raise StoreError(f"not the URL of a database. {WANTED}") from None
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreError(f"{_named(url)}: a kind of database that textwright does not know. {WANTED}")
    return url


def _named(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or "sqlite://"
    return url.render_as_string(hide_password=True)


def _sqlite(url: URL) -> Engine:
    _check_place(url.database)
    engine = create_engine(url, json_serializer=_json, **POOL)

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say ourselves when a transaction begins
        for line in (f"busy_timeout={BUSY_SECONDS * 1000}", *PRAGMAS):
            patiently(partial(connection.execute, f"PRAGMA {line}"), seconds=BUSY_SECONDS)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _check_place(database: str | None) -> None:
    """Say what is wrong with the path in better words than SQLite's `unable to open database file`."""
    if not database or database.startswith((":memory:", "file:")):
        raise StoreError(f"{database or 'sqlite://'}: a database in memory keeps nothing. {WANTED}")
    path = Path(database)
    if path.is_dir():
        raise StoreError(f"{path}: is a folder. Name a file in it, such as {path / 'work.sqlite'}")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}. Make it, or name another place")


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(url, json_serializer=_json, isolation_level="READ COMMITTED", **POOL)
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "psycopg", "postgres") from None

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        for line in DURABLE:
            connection.execute(line)
        connection.commit()

    @event.listens_for(engine, "checkin")
    def given_back(_: Any, record: Any) -> None:
        record.info["idle_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def taken(connection: Any, record: Any, _: Any) -> None:
        # To ask before every transaction whether the server is still there would cost as much as a statement of ours.
        if time.monotonic() - record.info.get("idle_since", time.monotonic()) > IDLE_SECONDS:
            try:
                connection.execute("SELECT 1")
                connection.rollback()
            except Exception as error:
                raise DisconnectionError(str(error)) from error

    return engine


def _json(value: Any) -> str:
    """Write JSON that every database takes: files may hold NaN, which is none."""
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, list | tuple) else value


@contextmanager
def _as_store_errors(where: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except FAULTS as error:
        raise StoreError(_why(where, error)) from None


def _may_go_again(error: Exception) -> bool:
    """Say whether a later try may succeed: a dead lock, a transaction that could not be ordered, a lost connection."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in ("40001", "40P01") or getattr(error, "connection_invalidated", False)


def _why(where: str, error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    said = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    hint = next((hint for words, hint in HINTS.items() if words in said), "")
    return f"{where}: the database says: {said}{hint}"
