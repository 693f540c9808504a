"""What the exit status of a command says; scripts rely on it."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """The exit statuses. A fault of ours ends with a traceback and 1, which is Python's own."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    GATE_MISSED = 3
    PARTLY = 4
    INTERRUPTED = 130
    READER_GONE = 141
