"""What a database says when something fails, in words that help."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from textwright.errors import StoreError

FAULTS = (DBAPIError, sqlite3.Error, PoolTimeoutError)
HINTS = {
    "disk is full": ". What was saved is safe; make room and go on",
    "No space left": ". What was saved is safe; make room and go on",
    "readonly database": ". Its folder must be writable, too",
    "unable to open": ". Its folder must be writable",
    "not a database": ". Name an SQLite file, or one that is not there yet",
    "database is locked": ". Another program holds it; close that one",
}


@contextmanager
def as_store_errors(where: str) -> Iterator[None]:
    """Raise `StoreError` for what a database says; who adds what is there already is told by `IntegrityError`."""
    try:
        yield
    except IntegrityError:
        raise
    except FAULTS as error:
        raise StoreError(why(where, error)) from None


def may_go_again(error: Exception) -> bool:
    """Say whether a later try may succeed: a dead lock, a transaction that could not be ordered, a lost connection."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in ("40001", "40P01") or getattr(error, "connection_invalidated", False)


def why(where: str, error: Exception) -> str:
    """Say what a database said of a failure, and what to do about it where that is known."""
    cause = getattr(error, "orig", None) or error
    said = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    hint = next((hint for words, hint in HINTS.items() if words in said), "")
    return f"{where}: the database says: {said}{hint}"
