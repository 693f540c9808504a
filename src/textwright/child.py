"""What a process owes the one that started it to work in the background: it keeps small, and ends with it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

# On a machine that has much else to do, more than this gets a child next to nothing of it, for hours.
NICE = 5
# What numeric libraries read when they are loaded.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def with_threads(count: int) -> Mapping[str, str]:
    """Return the environment for a child that computes in so many threads, unless somebody asked for another number."""
    return {**dict.fromkeys(THREADS, str(count)), **os.environ}


def step_back() -> None:
    """Let what people wait for go first on a busy machine."""
    if hasattr(os, "nice"):
        os.nice(NICE)


def end_with_parent(*, remove: Path | None = None) -> None:
    """End this process at once when its standard input is closed: nobody waits for what it finds any more.

    The system closes it however the parent ends. `remove` is a folder that goes with it.
    """
    threading.Thread(target=_wait, args=[remove], daemon=True).start()


def _wait(remove: Path | None) -> None:
    # Not through sys.stdin: its lock would still be held when the interpreter closes it at the end.
    while os.read(0, 1):
        pass
    if remove is not None:
        shutil.rmtree(remove, ignore_errors=True)
    os._exit(1)
