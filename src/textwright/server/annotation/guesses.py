"""How often somebody may try to log in.

Each try takes from the bucket of the place that it comes from and from that of the name. A name's bucket fills faster
than that of one place, so that nobody keeps it empty from one; who once logged in from a place has a bucket of his own
there, so that he is not locked out by guesses from many either.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterable
from ipaddress import ip_address, ip_network

from textwright.server.annotation.buckets import Buckets
from textwright.server.annotation.limits import AnnotationLimits

MOST_KNOWN = 10_000


class Guesses:
    """The tries to log in of the last minutes. Threads may share it."""

    def __init__(
        self,
        limits: AnnotationLimits,
        *,
        known: Iterable[tuple[str, str]] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with full buckets; `known` are names with the addresses from which they logged in before."""
        self._places = Buckets(1 / limits.log_in_seconds, limits.log_in_burst, clock=clock)
        self._pairs = Buckets(1 / limits.log_in_seconds, limits.log_in_burst, clock=clock)
        self._names = Buckets(1 / limits.name_seconds, limits.name_burst, clock=clock)
        self._known: dict[str, None] = dict.fromkeys(_pair(*each) for each in known)

    def begin(self, name: str, address: str) -> int:
        """Take for a try, or return how many seconds to wait."""
        place = block_of(address)
        wait = self._places.take(place)
        if wait:
            return wait
        buckets, key = self._bucket(name, address)
        wait = buckets.take(key)
        if wait:
            self._places.give(place)
        return wait

    def succeeded(self, name: str, address: str) -> None:
        """Give back what the try took, and remember that the name belongs to this place."""
        self._places.give(block_of(address))
        buckets, key = self._bucket(name, address)
        buckets.give(key)
        if len(self._known) >= MOST_KNOWN:
            self._known.pop(next(iter(self._known)), None)
        self._known[_pair(name, address)] = None

    def _bucket(self, name: str, address: str) -> tuple[Buckets, str]:
        pair = _pair(name, address)
        return (self._pairs, pair) if pair in self._known else (self._names, _written(name))


def block_of(address: str) -> str:
    """Return what somebody cannot change at will: of an address of version 6 the network that one household gets.

    >>> block_of("2001:db8:1:2:3:4:5:6"), block_of("::ffff:10.0.0.5"), block_of("10.0.0.5"), block_of("")
    ('2001:db8:1:2::/64', '10.0.0.5', '10.0.0.5', '')
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def _pair(name: str, address: str) -> str:
    return f"{_written(name)}\n{block_of(address)}"


def _written(name: str) -> str:
    """Fold what is the same account's name, however it is typed."""
    return unicodedata.normalize("NFC", name)
