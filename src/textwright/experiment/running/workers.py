"""Processes that carry out orders, seen from the one that gives them."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from textwright.child import with_threads
from textwright.experiment.running.carrying import carry_out
from textwright.experiment.running.order import FitOrder, Order, packed
from textwright.experiment.running.watchdog import Watchdog

CHILD = [sys.executable, "-P", "-m", "textwright.experiment.running.child"]
# What is made at once is not worth a process of its own.
AT_ONCE = ("model", "function", "prompt")
# A process that is told to end by a closed input needs no longer.
LAST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Told:
    """An order is so far."""

    order: Order
    line: str


@dataclass(frozen=True, slots=True)
class Ended:
    """An order is done, or failed."""

    order: Order
    failed: str | None


Event = Told | Ended


class Workers(Protocol):
    """Whoever carries out orders."""

    def start(self, order: Order) -> None:
        """Begin an order."""

    def next_event(self) -> Event:
        """Wait for what comes next of the orders that were begun."""


class InThisProcess:
    """Carries out one order after the other, here. For tests, and for what is done at once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def start(self, order: Order) -> None:
        """Carry out an order."""
        failed = carry_out(order, lambda line: self._events.put(Told(order, line)))
        self._events.put(Ended(order, failed))

    def next_event(self) -> Event:
        """Return what happened next."""
        return self._events.get()


class Processes:
    """Carries out each order in a process of its own: what breaks there breaks nothing else."""

    def __init__(self, *, threads: int | None = None) -> None:
        """Say how many threads a process may use; None: as many as it likes."""
        self._threads = threads
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, order: Order) -> None:
        """Start a process with an order; what is made at once is made here."""
        if isinstance(order, FitOrder) and order.planned.method.kind in AT_ONCE:
            self._events.put(Ended(order, carry_out(order, lambda line: self._events.put(Told(order, line)))))
            return
        content = packed(order)
        # A session of its own: Ctrl+C reaches the giver alone, who then closes what the process listens to.
        process = subprocess.Popen(
            CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._surroundings(), start_new_session=True
        )
        self._running.append(process)
        threading.Thread(target=self._follow, args=(process, order, content), daemon=True).start()

    def next_event(self) -> Event:
        """Wait for what happens next in any of the processes."""
        return self._events.get()

    def close(self) -> None:
        """End all processes."""
        for process in list(self._running):
            with suppress(OSError):
                assert process.stdin is not None
                process.stdin.close()
        for process in list(self._running):
            try:
                process.wait(LAST_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _surroundings(self) -> Mapping[str, str]:
        # Two fits at once, and each with all cores, would be slower than one after the other.
        return os.environ if self._threads is None else with_threads(self._threads)

    def _follow(self, process: subprocess.Popen[bytes], order: Order, content: bytes) -> None:
        """Follow a process to its end, and say how it ended: whoever waits for it must hear, whatever happened."""
        failed: str | None = "its process was lost"
        try:
            failed = self._heard(process, order, content)
        finally:
            self._running.remove(process)
            self._events.put(Ended(order, failed))

    def _heard(self, process: subprocess.Popen[bytes], order: Order, content: bytes) -> str | None:
        """Give the order, hear what the process tells until it ends, and return why it failed, if it did."""
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError):  # it may have ended before it heard all
            process.stdin.write(content)
            process.stdin.flush()
        ended, failed = False, None
        with Watchdog(process, order) as watchdog:
            for kind, said in _said(process.stdout):
                watchdog.heard()
                if kind == "told":
                    self._events.put(Told(order, said))
                else:
                    ended, failed = True, said
        with suppress(OSError):
            process.stdin.close()
        status = process.wait()
        return failed if ended else watchdog.reason or how_it_ended(status)


def _said(lines: Any) -> Iterator[tuple[str, Any]]:
    """Read what a process tells; a line that it could not end, or that a library printed, is nothing."""
    for line in lines:
        try:
            kind, said = json.loads(line)
        except (TypeError, ValueError):
            continue
        yield kind, said


def how_it_ended(status: int) -> str:
    """Say how a process ended that said nothing: by a signal, most often for want of memory."""
    if status < 0:
        name = signal.Signals(-status).name
        why = "; the system does so when memory runs out" if -status == signal.SIGKILL else ""
        return f"its process was ended by {name}{why}"
    return f"its process ended with status {status}; log.txt in the run's folder has what it printed"
