"""Several processes on one port: each opens the models for itself, and one that dies is replaced."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from tempfile import TemporaryDirectory
from typing import Any

from textwright.errors import TextwrightError
from textwright.server.hosted import open_hosted
from textwright.server.memory import give_memory_back
from textwright.server.metrics import FOLDER
from textwright.server.run import STOP_SECONDS, Settings, at, serve_models

# One that dies so soon after its start would die again; a pause, twice as long each time, keeps the machine usable.
SOON, PAUSE, LONGEST_PAUSE = 10.0, 2.0, 60.0
LOOK_SECONDS = 0.2
READY, FAILED = "ready", "failed"


@dataclass(slots=True)
class _Worker:
    """A process with what it tells, when it began, and whether it has served."""

    process: SpawnProcess
    told: Connection
    since: float
    served: bool = False


class _Signals:
    """Remembers that somebody wants the processes to stop."""

    def __init__(self) -> None:
        self.stop = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)

    def _note(self, *_: Any) -> None:
        self.stop = True


def serve_with_workers(
    references: Sequence[str],
    listening: socket.socket,
    workers: int,
    *,
    settings: Settings,
    say: Callable[[str], None],
) -> None:
    """Serve with several processes until SIGINT or SIGTERM; each finishes what it has taken.

    Raise `TextwrightError` when a model cannot be opened.
    """
    signals = _Signals()
    place = at(listening, settings)  # now, for the doors may close this socket
    with _counts_in_files(), _Doors(listening, workers) as doors:
        start = _starter(references, settings)
        running = [start(each) for each in doors.sockets]
        try:
            names = {_first_word(worker, signals) for worker in running}.pop()
            if not signals.stop:
                say(f"Serving {names} at {place} with {workers} processes (Ctrl+C stops)")
            _keep_alive(running, doors, start, signals, say)
        finally:
            doors.close()  # nobody would answer what came here now
            _stop(running)


@contextmanager
def _counts_in_files() -> Iterator[None]:
    """Let the processes count into one folder; it must be named before they load the package that counts."""
    with TemporaryDirectory(prefix="textwright-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]


class _Doors:
    """A socket for each process, among which the system shares out connections; else all have one.

    They stay open here, so that connections which a process has not yet taken wait for the one that replaces it.
    A process listens when its models are open: nobody waits at a door behind which there is nobody yet.
    """

    def __init__(self, listening: socket.socket, workers: int) -> None:
        """Open the doors in the place of `listening`."""
        self.place, self.family = listening.getsockname()[:2], listening.family
        self.own = hasattr(socket, "SO_REUSEPORT")
        if self.own:
            listening.close()
        self.sockets = [self._opened() if self.own else listening for _ in range(workers)]

    def _opened(self) -> socket.socket:
        made = socket.socket(self.family)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if self.family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(self.place)
        return made

    def renew(self, number: int) -> None:
        """Send those away who wait at a door, so that they come to another."""
        if self.own:
            new = self._opened()  # before the old one closes: somebody else might take the port
            self.sockets[number].close()
            self.sockets[number] = new

    def close(self) -> None:
        """Close all of them."""
        for each in self.sockets:
            each.close()

    def __enter__(self) -> _Doors:
        """Keep them open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all of them."""
        self.close()


def _starter(references: Sequence[str], settings: Settings) -> Callable[[socket.socket], _Worker]:
    context: SpawnContext = multiprocessing.get_context("spawn")

    def start(listening: socket.socket) -> _Worker:
        told, tells = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(tuple(references), listening, settings, tells))
        process.start()
        tells.close()
        return _Worker(process, told, time.monotonic())

    return start


def _first_word(worker: _Worker, signals: _Signals) -> str:
    """Wait until a process serves, and return the names of its models."""
    while not worker.told.poll(LOOK_SECONDS):
        if signals.stop:
            return ""
    try:
        word, rest = worker.told.recv()
    except EOFError:
        raise TextwrightError("a process ended before it served; what it says of that stands above") from None
    if word == FAILED:
        raise TextwrightError(rest)
    worker.served = True
    return str(rest)


def _keep_alive(
    running: list[_Worker],
    doors: _Doors,
    start: Callable[[socket.socket], _Worker],
    signals: _Signals,
    say: Callable[[str], None],
) -> None:
    """Replace processes that die, until somebody wants all to stop."""
    due, pauses = dict[int, float](), [0.0] * len(running)
    while not signals.stop:
        wait([worker.process.sentinel for place, worker in enumerate(running) if place not in due], LOOK_SECONDS)
        dead = [place for place, worker in enumerate(running) if place not in due and not worker.process.is_alive()]
        for place in dead if not signals.stop else ():
            pauses[place] = _bury(running[place], place, doors, pauses[place], say)
            due[place] = time.monotonic() + pauses[place]
        for place in [place for place, when in due.items() if when <= time.monotonic()]:
            del due[place]
            running[place] = start(doors.sockets[place])


def _bury(worker: _Worker, place: int, doors: _Doors, last: float, say: Callable[[str], None]) -> float:
    """Say that a process ended and why; return how long to wait before the next one starts."""
    why = _last_word(worker)
    if not worker.served:
        doors.renew(place)
    pause = _pause(worker, last)
    say(_obituary(worker, why, pause))
    return pause


def _last_word(worker: _Worker) -> str:
    """Return why a dead process could not open its models, if that was it; let it count no more."""
    word, rest = "", ""
    with suppress(EOFError):
        if worker.told.poll():
            word, rest = worker.told.recv()
    worker.served = worker.served or word == READY
    _forget(worker)
    return str(rest) if word == FAILED else ""


def _pause(worker: _Worker, last: float) -> float:
    """Return how long to wait before the next one starts."""
    if worker.served and time.monotonic() - worker.since >= SOON:
        return 0.0
    return min(LONGEST_PAUSE, max(PAUSE, 2 * last))


def _obituary(worker: _Worker, why: str, pause: float) -> str:
    when = f" in {pause:g} seconds" if pause else ""
    reason = f": {why}" if why else ""
    return f"process {worker.process.pid} ended ({worker.process.exitcode}){reason}; another takes its place{when}"


def _forget(worker: _Worker) -> None:
    """Let what a dead process was at count no more."""
    from prometheus_client.multiprocess import mark_process_dead

    worker.told.close()
    if worker.process.pid is not None:
        mark_process_dead(worker.process.pid)  # type: ignore[no-untyped-call]  # it has no types


def _stop(running: Sequence[_Worker]) -> None:
    """Let all processes end in order, and end those that do not."""
    for worker in running:
        worker.process.terminate()
    end = time.monotonic() + 2 * STOP_SECONDS
    for worker in running:
        worker.process.join(max(0.0, end - time.monotonic()))
    for worker in running:
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


# --- in a process ---------------------------------------------------------------------------


def _work(references: Sequence[str], listening: socket.socket, settings: Settings, tells: Connection) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    give_memory_back()
    try:
        models = open_hosted(references)
    except TextwrightError as error:
        _tell(tells, FAILED, str(error))
        return
    names = ", ".join(model.name for model in models)
    serve_models(models, listening, settings=settings, ready=lambda: _tell(tells, READY, names))


def _tell(tells: Connection, word: str, rest: str) -> None:
    try:
        tells.send((word, rest))
    except OSError:  # nobody listens any more
        return


def _end_with_parent() -> None:
    """Stop in order when the process that watches is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
