"""Let threads that come at the same time have their work done in one go."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any


class Waiting:
    """An item that a thread waits with. `found` is its result or its error, once it is done."""

    def __init__(self, item: Any) -> None:
        """Wait with an item."""
        self.item = item
        self.turn = threading.Event()
        self.found: Any = None
        self.is_done = False


class Together:
    """Hands items of many threads to one of them. Threads may share it."""

    def __init__(self, work: Callable[[Sequence[Any]], Sequence[Any]], *, most: int = 200) -> None:
        """Take what does the work: it returns a result or an exception for each item, and raises nothing."""
        self._work, self._most = work, most
        self._lock = threading.Lock()
        self._waiting: list[Waiting] = []
        self._is_at_work = False

    def run(self, item: Any) -> Any:
        """Return the result of the item. Raise its exception."""
        mine = Waiting(item)
        with self._lock:
            self._waiting.append(mine)
            leads = not self._is_at_work
            self._is_at_work = True
        if not leads:
            mine.turn.wait()
        if not mine.is_done:
            self._lead()
        if isinstance(mine.found, BaseException):
            raise mine.found
        return mine.found

    def _lead(self) -> None:
        """Do all that waits, this thread's own among it, and let the first of those who came meanwhile go on."""
        with self._lock:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            for each, found in zip(batch, self._work([each.item for each in batch]), strict=True):
                each.found = found
        except BaseException as error:
            for each in batch:
                each.found = error
        finally:
            self._hand_over(batch)

    def _hand_over(self, batch: Sequence[Waiting]) -> None:
        for each in batch:
            each.is_done = True
            each.turn.set()
        with self._lock:
            self._is_at_work = bool(self._waiting)
            if self._waiting:
                self._waiting[0].turn.set()
