"""Several processes on one port: each opens the models for itself, and one that dies is replaced."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from tempfile import TemporaryDirectory
from typing import Any

from textwright.errors import TextwrightError
from textwright.server.hosted import open_hosted
from textwright.server.memory import give_memory_back
from textwright.server.metrics import FOLDER
from textwright.server.run import STOP_SECONDS, Settings, address, serve_models

# One that dies so soon after its start would die again; a pause keeps the machine usable.
SOON, PAUSE = 10.0, 2.0
LOOK_SECONDS = 0.2
READY, FAILED = "ready", "failed"


@dataclass(slots=True)
class _Worker:
    """A process with what it tells, and when it began."""

    process: SpawnProcess
    told: Connection
    since: float


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
    signals, url = _Signals(), address(listening)
    with _counts_in_files(), _sockets(listening, workers) as sockets:
        start = _starter(references, settings)
        running = [start(each) for each in sockets]
        try:
            names = {_first_word(worker, signals) for worker in running}.pop()
            if not signals.stop:
                say(f"Serving {names} at {url} with {workers} processes (Ctrl+C stops)")
            _keep_alive(running, sockets, start, signals, say)
        finally:
            for each in sockets:  # nobody would answer what came here now
                each.close()
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


@contextmanager
def _sockets(listening: socket.socket, workers: int) -> Iterator[list[socket.socket]]:
    """Give each process a socket of its own, among which the system shares out connections; else all have one.

    They stay open here, so that connections which a process has not yet taken wait for the one that replaces it.
    """
    if not hasattr(socket, "SO_REUSEPORT"):
        yield [listening] * workers
        return
    place, family = listening.getsockname()[:2], listening.family
    listening.close()
    with ExitStack() as opened:
        yield [
            opened.enter_context(socket.create_server(place, family=family, reuse_port=True)) for _ in range(workers)
        ]


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
    return str(rest)


def _keep_alive(
    running: list[_Worker],
    sockets: Sequence[socket.socket],
    start: Callable[[socket.socket], _Worker],
    signals: _Signals,
    say: Callable[[str], None],
) -> None:
    """Replace processes that die, until somebody wants all to stop."""
    while not signals.stop:
        wait([worker.process.sentinel for worker in running], LOOK_SECONDS)
        for place, worker in enumerate(running):
            if signals.stop or worker.process.is_alive():
                continue
            _forget(worker)
            say(f"process {worker.process.pid} ended ({worker.process.exitcode}); another takes its place")
            if time.monotonic() - worker.since < SOON:
                time.sleep(PAUSE)
            running[place] = start(sockets[place])


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
