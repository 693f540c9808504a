"""Brings the tables of a database up to date, by Alembic."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from textwright.errors import StoreError
from textwright.store.tables import METADATA

FOLDER = Path(__file__).parent
ADVISORY_LOCK = 7_489_201
_one_at_a_time = threading.Lock()  # what a migration calls, `op`, is one for the whole process


def migrate(engine: Engine, *, folder: Path = FOLDER) -> None:
    """Make the tables of an empty database, or add to an older one what is new; all of it or nothing.

    Raise `StoreError` when the database is newer than this version of textwright.
    """
    scripts = ScriptDirectory(str(folder))
    with _one_at_a_time, engine.connect().execution_options(writes=True) as connection, connection.begin():
        _wait_for_others(connection)
        context = MigrationContext.configure(connection, opts=_options(scripts))
        found = context.get_current_revision()
        if found == scripts.get_current_head():
            return
        _check_known(scripts, found)
        with Operations.context(context):
            context.run_migrations()


def _options(scripts: ScriptDirectory) -> Mapping[str, Any]:
    steps: Callable[[Any, Any], Any] = lambda found, _: scripts._upgrade_revs("head", found)  # noqa: E731
    return {"target_metadata": METADATA, "fn": steps}


def _wait_for_others(connection: Connection) -> None:
    """Let another process that opens the same new database finish first; SQLite has begun with a lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})


def _check_known(scripts: ScriptDirectory, found: str | None) -> None:
    known = {each.revision for each in scripts.walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"the database has tables of a newer textwright (revision {found}; this one knows "
            f"{', '.join(sorted(known))}). Install the newer version, or open another database"
        )
