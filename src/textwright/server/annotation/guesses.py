"""How often somebody may try to log in.

Each try takes from the bucket of the address and from that of the name. A stranger who guesses at a name empties its
bucket; who once logged in from his address has a bucket of his own there, so that he is not locked out by that.
"""

from __future__ import annotations

from textwright.server.annotation.buckets import Buckets
from textwright.server.annotation.limits import AnnotationLimits

MOST_KNOWN = 10_000


class Guesses:
    """The tries to log in of the last minutes. Threads may share it."""

    def __init__(self, limits: AnnotationLimits) -> None:
        """Begin with full buckets."""
        a_second = 1 / limits.log_in_seconds
        self._addresses = Buckets(a_second, limits.log_in_burst)
        self._names = Buckets(a_second, limits.log_in_burst)
        self._known: dict[str, None] = {}

    def begin(self, name: str, address: str) -> int:
        """Take for a try, or return how many seconds to wait."""
        wait = self._addresses.take(address)
        if wait:
            return wait
        wait = self._names.take(self._bucket(name, address))
        if wait:
            self._addresses.give(address)
        return wait

    def succeeded(self, name: str, address: str) -> None:
        """Give back what the try took, and remember that the name belongs to this address."""
        self._addresses.give(address)
        self._names.give(self._bucket(name, address))
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[_pair(name, address)] = None

    def _bucket(self, name: str, address: str) -> str:
        pair = _pair(name, address)
        return pair if pair in self._known else name


def _pair(name: str, address: str) -> str:
    return f"{name}\n{address}"
