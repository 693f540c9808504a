"""Shipping at work: a model is written in a thread, so that a large one keeps nobody waiting for an answer."""

from __future__ import annotations

import threading
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


def is_stale(bench: Workbench) -> bool:
    """Say whether texts, labels or rules were changed since the methods were judged."""
    found = judged(bench.project)
    return found is not None and found.key != key_of(bench.project, parts_of(bench.desk))


class Shipping:
    """Writes one model at a time. Threads share it."""

    def __init__(self, project: Project) -> None:
        """Prepare; nothing is written before somebody asks."""
        self._project = project
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.fault: str | None = None

    @property
    def busy(self) -> bool:
        """Say whether a model is being written."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self, method: str | None, *, seconds: float = SOON_SECONDS) -> None:
        """Write the model of a method, and wait so long for it. While one is written, nothing else is begun."""
        with self._lock:
            if not self.busy:
                self.fault = None
                self._thread = threading.Thread(target=self._ship, args=(method,), name="shipping")
                self._thread.start()
        assert self._thread is not None
        self._thread.join(seconds)

    def _ship(self, method: str | None) -> None:
        try:
            ship(self._project, method)
        except TextwrightError as error:
            self.fault = str(error)
        except OSError as error:
            self.fault = f"the model cannot be written: {error.strerror or error}"

    def state(self) -> dict[str, Any]:
        """Return what the step shows."""
        return {**offer(self._project), "busy": self.busy, "fault": self.fault}
