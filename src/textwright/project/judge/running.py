"""Judge a project in a process of its own, and hear how far it is."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from textwright.child import with_threads
from textwright.errors import DataError
from textwright.experiment.running.workers import how_it_ended
from textwright.project.files import Project
from textwright.project.judge.asking import key_of, methods_of, write_files
from textwright.project.judge.parts import Parts

COMMAND = [sys.executable, "-P", "-m", "textwright.project.judge.work"]
LOG = "judging.log"
LAST_SECONDS = 5.0
# What is done until the process says so itself: on a busy machine it takes a while to load what it needs.
BEGINNING = "Loading what tests and learns"
LEARNS = "Nothing here can learn yet. Install what learns: pip install 'textwright[train]'"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far judging is, from 0 to 1, and what is being done."""

    share: float
    words: str


class Judging:
    """The judging of a project. One runs at a time; one that was killed goes on where it was when it is started again.

    `tell` hears each new thing that is done; `news` counts how often there was something new to read. `key` is that of
    the texts, labels and rules that are judged, or were judged last; empty before the first.
    """

    def __init__(self, project: Project, parts: Callable[[], Parts], *, tell: Callable[[str], None]) -> None:
        """Prepare; `parts` gives what is annotated at the moment at which judging begins."""
        self._project, self._parts, self._tell = project, parts, tell
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._stopped = False
        self.progress: Progress | None = None
        self.key = ""
        self.fault = ""
        self.news = 0

    @property
    def running(self) -> bool:
        """Say whether it is under way."""
        return self.progress is not None

    def start(self) -> None:
        """Begin, unless it is under way. Raise `DataError` that says what must be done first."""
        with self._lock:
            if self.running:
                return
            parts = self._parts()
            refuse_unready(self._project, parts)
            write_files(self._project, parts)
            self.fault, self._stopped, self.progress = "", False, Progress(0.0, BEGINNING)
            self.key = key_of(self._project, parts)
            self._begin(self.key)

    def _begin(self, key: str) -> None:
        try:
            with (self._project.folder / LOG).open("wb") as log:
                self._process = subprocess.Popen(
                    [*COMMAND, str(self._project.folder.absolute()), key],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env=with_threads(1),
                    start_new_session=True,
                )
        except OSError as error:
            self.progress = None
            raise DataError(f"{self._project.folder}: judging cannot begin: {error.strerror or error}") from error
        self._thread = threading.Thread(
            target=self._follow, args=[self._process], name="textwright judging", daemon=True
        )
        self._thread.start()

    def _follow(self, process: subprocess.Popen[bytes]) -> None:
        fault = ""
        for kind, said in _said(process.stdout):
            if kind == "at":
                self._hear(Progress(*said))
            elif kind == "judged":
                self.news += 1
            elif kind == "failed":
                fault = str(said[0])
        status = process.wait()
        if status and not fault and not self._stopped:
            fault = how_it_ended(status).replace("log.txt in the run's folder", str(self._project.folder / LOG))
        self.fault, self.progress, self.news = fault, None, self.news + 1

    def _hear(self, progress: Progress) -> None:
        if self.progress is None or progress.words != self.progress.words:
            self._tell(progress.words)
        self.progress = progress

    @property
    def process_id(self) -> int:
        """Return the id of the process that judges, or judged last; 0 before the first."""
        return 0 if self._process is None else self._process.pid

    def wait(self) -> None:
        """Wait until it is done."""
        if self._thread is not None:
            self._thread.join()

    def stop(self) -> None:
        """End it. What is learned so far stays for the next time."""
        with self._lock:
            process, self._stopped = self._process, True
        if process is None or process.poll() is not None:
            return
        self.leave()
        try:
            process.wait(LAST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        self.wait()

    def leave(self) -> None:
        """Let go of the process, as one that is killed does: it ends by itself then."""
        with suppress(OSError):
            assert self._process is not None
            assert self._process.stdin is not None
            self._process.stdin.close()

    def close(self) -> None:
        """End it with the workbench."""
        self.stop()


def refuse_unready(project: Project, parts: Parts) -> None:
    """Raise `DataError` that says what must be done before a project can be judged."""
    if parts.lacking:
        raise DataError(parts.lacking)
    if not methods_of(project):
        raise DataError(LEARNS)


def _said(lines: Any) -> Iterator[tuple[str, list[Any]]]:
    """Read what the process tells; a line that it could not end is nothing."""
    for line in lines:
        try:
            kind, *said = json.loads(line)
        except (TypeError, ValueError):
            continue
        yield kind, said
