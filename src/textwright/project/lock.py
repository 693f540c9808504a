"""One process at a time works on a project. The system opens the lock when its holder ends, however it ends."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from textwright.errors import DataError
from textwright.private import FILE

LOCK = ".lock"
HELD = (errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN)
Sign = Callable[[str], None]
# What this process has, and where it shows that. The system's lock is a whole process's: it would let the process in
# once more, and would be gone as soon as that second one closes the file.
_OWN: dict[Path, str] = {}
_OWN_LOCK = threading.Lock()


class InUseError(DataError):
    """Somebody works on the project already. `address` is where it shows it; empty where it does not say."""

    def __init__(self, folder: Path, address: str) -> None:
        """Name the project and where it is shown."""
        super().__init__(folder, address)
        self.folder, self.address = folder, address

    def __str__(self) -> str:
        """Say who has it, and what to do."""
        where = f" at {self.address}" if self.address else ""
        return f"{self.folder}: is open already{where}. Work there, or stop that textwright start with Ctrl+C first"


@contextmanager
def held(folder: Path) -> Iterator[Sign]:
    """Keep other processes out of a project, and give what writes down where this one shows it.

    Raise `InUseError` when somebody has it, `DataError` when the folder cannot be written. A file that an ended
    process left locks nothing, and its children, which may outlive it, hold nothing.
    """
    own = folder.resolve()
    with _OWN_LOCK:
        if own in _OWN:
            raise InUseError(folder, _OWN[own])
        _OWN[own] = ""
    try:
        with _held_by_process(folder) as sign:
            yield lambda address: _sign_own(own, sign, address)
    finally:
        del _OWN[own]


def _sign_own(own: Path, sign: Sign, address: str) -> None:
    _OWN[own] = address
    sign(address)


@contextmanager
def _held_by_process(folder: Path) -> Iterator[Sign]:
    path = folder / LOCK
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, FILE)
    except OSError as error:
        raise DataError(f"{path if path.exists() else folder}: cannot be written: {_with_cure(error)}") from error
    try:
        if not _taken(descriptor):
            raise InUseError(folder, os.read(descriptor, 1000).decode("utf-8", errors="replace").strip())
        _keep_private(descriptor)
        _sign(descriptor, "")
        yield lambda address: _sign(descriptor, address)
    finally:
        os.close(descriptor)


def _keep_private(descriptor: int) -> None:
    """Let nobody else read the address, in which a token stands: an older file may be anybody's to read."""
    with suppress(OSError, AttributeError):
        os.fchmod(descriptor, FILE)


def _with_cure(error: OSError) -> str:
    """Say what the system said, and where it is about whose files these are, what helps."""
    own = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    cure = ". Copy the project's folder to where you may write, and start the copy" if own else ""
    return f"{error.strerror or error}{cure}"


def _taken(descriptor: int) -> bool:
    """Take the lock if it is free. Where a system or a disk has none, two commands at once are the user's to avoid."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in HELD
    return True


def _sign(descriptor: int, address: str) -> None:
    """Write where the project is shown; on a full disk nobody can read that, and the lock holds all the same."""
    try:
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{address}\n".encode())
    except OSError:
        return
