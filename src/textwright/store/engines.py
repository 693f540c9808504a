"""How a database is connected to, by its path or URL.

SQLite: one file in WAL mode that its owner alone may read, `synchronous=FULL`, so that what is committed survives a
killed process and a power cut. PostgreSQL: by its URL, with `synchronous_commit` on whatever the server's default is.
"""

from __future__ import annotations

import json
import math
import time
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError

from textwright.errors import MissingExtraError, StoreError
from textwright.private import make_private_file
from textwright.sqlite_locks import patiently

BUSY_SECONDS = 30
IDLE_SECONDS = 1.0
# `trusted_schema`: triggers and views of a database that somebody sent may call nothing but plain functions.
PRAGMAS = ("trusted_schema=OFF", "journal_mode=WAL", "synchronous=FULL", "fullfsync=ON", "foreign_keys=ON")
POOL = {"pool_size": 10, "max_overflow": 40, "pool_timeout": BUSY_SECONDS}
DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
    f"SELECT set_config('lock_timeout', '{BUSY_SECONDS}s', false)",
)
WANTED = "Give the path of a file, or postgresql://USER@HOST/NAME"


def engine_for(where: str) -> Engine:
    """Return the engine for the SQLite file at a path, or the database at a URL; nothing is connected to yet.

    Raise `StoreError` when there can be no database, `MissingExtraError` when a driver is not installed.
    """
    url = _url(where)
    return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)


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
        raise StoreError(f"{named(url)}: a kind of database that textwright does not know. {WANTED}")
    return url


def named(url: URL) -> str:
    """Name a database for a person, without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "sqlite://"
    return url.render_as_string(hide_password=True)


def _sqlite(url: URL) -> Engine:
    make_private_file(_checked_place(url.database))
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


def _checked_place(database: str | None) -> Path:
    """Return the path; say what is wrong with the path in better words than SQLite's `unable to open database file`."""
    if not database or database.startswith((":memory:", "file:")):
        raise StoreError(f"{database or 'sqlite://'}: a database in memory keeps nothing. {WANTED}")
    path = Path(database)
    if path.is_dir():
        raise StoreError(f"{path}: is a folder. Name a file in it, such as {path / 'work.sqlite'}")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}. Make it, or name another place")
    return path


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
