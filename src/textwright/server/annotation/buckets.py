"""How often somebody may do something: buckets that fill again as time goes by."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

MOST_NAMES = 50_000


class Buckets:
    """A bucket for each name. Threads may share it; a bucket that is full again is forgotten."""

    def __init__(self, a_second: float, burst: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Let `burst` through at once, and `a_second` after that."""
        self._rate, self._burst, self._clock = a_second, burst, clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, name: str, amount: float = 1.0) -> int:
        """Take from the bucket, or return how many whole seconds to wait until it holds as much."""
        with self._lock:
            left = self._filled(name)
            if left < min(amount, self._burst):
                return max(1, math.ceil((min(amount, self._burst) - left) / self._rate))
            self._keep(name, left - amount)
            return 0

    def give(self, name: str, amount: float = 1.0) -> None:
        """Put back what was taken."""
        with self._lock:
            self._keep(name, min(self._burst, self._filled(name) + amount))

    def _filled(self, name: str) -> float:
        left, then = self._left.get(name, (self._burst, self._clock()))
        return min(self._burst, left + (self._clock() - then) * self._rate)

    def _keep(self, name: str, left: float) -> None:
        if name not in self._left and len(self._left) >= MOST_NAMES:
            self._forget()
        self._left[name] = (left, self._clock())

    def _forget(self) -> None:
        """Drop what is full again; a flood of strangers that are not drops all, which is better than to grow."""
        self._left = {name: kept for name, kept in self._left.items() if self._filled(name) < self._burst}
        if len(self._left) >= MOST_NAMES:
            self._left.clear()
