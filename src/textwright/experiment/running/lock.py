"""A lock on a folder, so that two commands never make one run. The system opens it when its holder ends, however."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from textwright.errors import DataError

LOCK = ".lock"
PAUSE = 0.1
HELD = (errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN)


@contextmanager
def locked(folder: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of a folder; wait so many seconds for whoever has it.

    Raise `DataError` that names the process that holds it, or says why there can be no lock. A file that an
    ended process left locks nothing.
    """
    path = folder / LOCK
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error
    try:
        _wait(path, descriptor, time.monotonic() + wait)
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def _wait(path: Path, descriptor: int, end: float) -> None:
    while not _taken(descriptor):
        if time.monotonic() >= end:
            holder = path.read_text(encoding="ascii", errors="replace").strip()
            raise DataError(f"{path.parent}: the process {holder or 'unknown'} is at work here; wait for it, or end it")
        time.sleep(PAUSE)


def _taken(descriptor: int) -> bool:
    """Take the lock if it is free. Where a system or a disk has none, two commands at once are the user's to avoid."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in HELD
    return True


def _sign(descriptor: int) -> None:
    """Write who holds it; on a full disk nobody can read that, and the lock holds all the same."""
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
    except OSError:
        return
