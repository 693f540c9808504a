"""Open a database, and read and write it in transactions."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from textwright.errors import StoreError
from textwright.private import exposed
from textwright.store.engines import engine_for, named
from textwright.store.faults import FAULTS, as_store_errors, may_go_again, why
from textwright.store.migrations import migrate
from textwright.store.together import Together

TRIES = 5
PAUSE_SECONDS = 0.05
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
        return named(self.engine.url)

    @property
    def exposed(self) -> str | None:
        """Say what helps where every user of this machine can read the file; None: nobody else can, or it is none."""
        url = self.engine.url
        return exposed(Path(url.database or "")) if url.get_backend_name() == "sqlite" else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read from one moment of the database."""
        shared: Connection | None = getattr(self._moment, "connection", None)
        if shared is not None:
            yield shared
            return
        with as_store_errors(self.where), self._reading() as connection, connection.begin():
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
                if left == 0 or not may_go_again(error):
                    raise StoreError(why(self.where, error)) from None
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
    engine = engine_for(str(where))
    try:
        migrate(engine)
    except StoreError as error:
        engine.dispose()
        raise StoreError(f"{named(engine.url)}: {error}") from error
    except FAULTS as error:
        engine.dispose()
        raise StoreError(why(named(engine.url), error)) from None
    return Database(engine)
