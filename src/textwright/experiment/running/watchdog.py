"""An end for judging that hangs: a process that gives no sign of life for too long."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import suppress

from textwright.experiment.running.order import JudgeOrder, Order


class Watchdog:
    """Ends a process that judges and tells nothing for longer than its order allows; `reason` then says so.

    A fit has as long as it takes: it tells how far it is, and what it has learned is kept. From outside, since
    code that hangs, such as a regular expression, may let no other thread of its process run.
    """

    def __init__(self, process: subprocess.Popen[bytes], order: Order) -> None:
        """Begin to wait when it is entered."""
        self.reason: str | None = None
        self._process, self._order = process, order
        self._heard, self._over = threading.Event(), threading.Event()

    def __enter__(self) -> Watchdog:
        if isinstance(self._order, JudgeOrder):
            threading.Thread(target=self._watch, args=(self._order,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._heard.set()

    def heard(self) -> None:
        """Hear a sign of life."""
        self._heard.set()

    def _watch(self, order: JudgeOrder) -> None:
        while self._heard.wait(order.patience):
            self._heard.clear()
            if self._over.is_set():  # said before the last sign of life is given, so that it is not overheard
                return
        self.reason = (
            f"it gave no answer for {order.patience / 60:.3g} minutes, so it was ended. Where it is slow and does not "
            f"hang, give the experiment a larger patience than {order.experiment.patience:g} (minutes)"
        )
        with suppress(ProcessLookupError, PermissionError):
            _kill(self._process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process, with what it started in its session."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
