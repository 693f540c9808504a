"""Shipping at work: a model is written in a thread, so that a large one keeps nobody waiting for an answer."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textwright.errors import TextwrightError
from textwright.project.files import Project
from textwright.project.judge.asking import key_of
from textwright.project.judge.judged import judged
from textwright.project.judge.parts import parts_of
from textwright.project.ship.offer import offer
from textwright.project.ship.shipping import ship

if TYPE_CHECKING:
    from textwright.project.workbench import Workbench

# Most models are written within this time; then the first answer says so already.
SOON_SECONDS = 8.0


def age(bench: Workbench) -> dict[str, bool]:
    """Say whether texts, labels or rules were changed since the methods were judged, and whether some still are not."""
    found = judged(bench.project)
    if found is None:
        return {"stale": False, "unfinished": False}
    stale = found.key != key_of(bench.project, parts_of(bench.desk))
    return {"stale": stale, "unfinished": not stale and not found.finished}


@dataclass(frozen=True, slots=True)
class Wish:
    """The method whose model somebody wants; None: the best that can be shipped."""

    method: str | None


class Shipping:
    """Writes one model at a time; what was asked for last is written in the end. Threads share it."""

    def __init__(self, project: Project) -> None:
        """Prepare; nothing is written before somebody asks."""
        self._project = project
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wish: Wish | None = None
        self._at_work = False
        self.fault: str | None = None

    @property
    def busy(self) -> bool:
        """Say whether a model is being written."""
        return self._at_work and self._thread is not None and self._thread.is_alive()

    def begin(self, method: str | None, *, seconds: float = SOON_SECONDS) -> None:
        """Write the model of a method, and wait so long for it. Where one is being written, it comes after that."""
        with self._lock:
            self._wish = Wish(method)
            if not self.busy:
                self._at_work = True
                self._thread = threading.Thread(target=self._work, name="shipping")
                self._thread.start()
            thread = self._thread
        assert thread is not None
        thread.join(seconds)

    def _work(self) -> None:
        while (wish := self._next()) is not None:
            self._ship(wish.method)

    def _next(self) -> Wish | None:
        """Take what was asked for last; None: nothing is, and the work ends."""
        with self._lock:
            wish, self._wish = self._wish, None
            self._at_work = wish is not None
            return wish

    def _ship(self, method: str | None) -> None:
        self.fault = None
        try:
            ship(self._project, method)
        except TextwrightError as error:
            self.fault = str(error)
        except OSError as error:
            self.fault = f"the model cannot be written: {error.strerror or error}"

    def state(self) -> dict[str, Any]:
        """Return what the step shows."""
        return {**offer(self._project), "busy": self.busy, "fault": self.fault}
