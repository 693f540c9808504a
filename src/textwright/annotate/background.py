"""Work that goes on behind the people who annotate: one thread that takes a step whenever there is one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from textwright.errors import StoreError

Say = Callable[[str], None]
CLOSING_SECONDS = 0.3
AGAIN_SECONDS = 5.0
LONGEST_REST = 0.2


class Worker:
    """A thread that calls `step` until nothing is left to do, and again whenever it is woken.

    `step` returns whether there is more. While the database cannot be written it waits and tries again; a
    fault of any other kind is said and ends this work alone.
    """

    def __init__(
        self, name: str, step: Callable[[], bool], *, say: Say, every: float | None = None, gentle: bool = False
    ) -> None:
        """Prepare a worker; `every` so many seconds it looks by itself. A `gentle` one rests as long as it works."""
        self._step, self._say, self._every, self.name = step, say, every, name
        self._gentle = gentle
        self._woken, self._closed = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def wake(self) -> None:
        """Say that there may be something to do."""
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name=f"textwright {self.name}", daemon=True)
                self._thread.start()
        self._woken.set()

    @property
    def closed(self) -> bool:
        """Say whether the work is to end."""
        return self._closed.is_set()

    def end(self) -> None:
        """Say that the work is to end after the step that is under way."""
        self._closed.set()
        self._woken.set()

    def close(self) -> None:
        """End the work, and wait a moment for the step that is under way; once is enough."""
        self.end()
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(CLOSING_SECONDS)

    def _run(self) -> None:
        while not self._closed.is_set():
            self._woken.clear()
            began = time.monotonic()
            try:
                more = self._step()
            except StoreError as error:
                self._say(f"{self.name}: {error}; trying again in {AGAIN_SECONDS:.0f} s")
                self._closed.wait(AGAIN_SECONDS)
                continue
            except Exception as error:
                if not self._closed.is_set():
                    self._say(f"{self.name} stopped: {type(error).__name__}: {error}")
                return
            if more and self._gentle:
                self._closed.wait(min(time.monotonic() - began, LONGEST_REST))
            if not more:
                self._woken.wait(self._every)
