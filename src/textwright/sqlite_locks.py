"""Wait for the locks of SQLite that it does not wait for itself.

Its `busy_timeout` does not count where waiting could last for ever: two connections that both read and
both want to write, as when two processes set a new file to WAL mode (sqlite.org/c3ref/busy_handler.html).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
SECONDS = 30.0
FIRST_PAUSE = 0.005
LONGEST_PAUSE = 0.25


def patiently(step: Callable[[], T], *, passing: frozenset[int] = BUSY, seconds: float = SECONDS) -> T:
    """Take a step again while it fails with one of the error codes in `passing`, until `seconds` have gone by."""
    until = time.monotonic() + seconds
    pause = FIRST_PAUSE
    while True:
        try:
            return step()
        except sqlite3.OperationalError as error:
            # The low byte is the kind of error, the rest its variety; what Python itself raises has none.
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in passing or time.monotonic() > until:
                raise
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
