"""Brotli and gzip, as a client says in Accept-Encoding (RFC 9110, 12.5.3); brotli where its package is installed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec

from starlette.concurrency import run_in_threadpool

Pack = Callable[[bytes, int], bytes]
# How hard to try: an answer is sent once, a file as long as the server runs; above a size that takes too long.
QUICKLY, WELL, WELL_ENOUGH = {"br": 4, "gzip": 1}, {"br": 9, "gzip": 9}, {"br": 5, "gzip": 6}
LARGE = 4 * 1024 * 1024
# Smaller answers are sent as they are; larger ones are packed in a thread.
WORTH_PACKING, SLOW_PACKING = 2 * 1024, 64 * 1024


@cache
def packers() -> Mapping[str, Pack]:
    """Return what can pack here, the best first."""
    found: dict[str, Pack] = {}
    if find_spec("brotli"):
        import brotli  # type: ignore[import-untyped]  # it ships no types

        found["br"] = lambda content, level: bytes(brotli.compress(content, quality=level))
    found["gzip"] = lambda content, level: zlib.compress(content, level, wbits=31)
    return found


def packed(content: bytes, coding: str, levels: Mapping[str, int] = QUICKLY) -> bytes:
    """Pack an answer, or with other `levels` a file."""
    return packers()[coding](content, levels[coding])


@lru_cache(maxsize=256)
def coding_for(header: str) -> str | None:
    """Choose among the codings that a client takes; of equal ones brotli. None: as it is.

    >>> coding_for("gzip;q=1.0, br;q=0"), coding_for("identity"), coding_for("")
    ('gzip', None, None)
    """
    wishes = dict(_wish(each) for each in header.lower().split(",") if each.strip())
    weights = {coding: wishes.get(coding, wishes.get("*", 0.0)) for coding in packers()}
    best = max(weights, key=lambda coding: weights[coding])
    return best if weights[best] > 0 and weights[best] >= wishes.get("identity", 0.0) else None


def _wish(part: str) -> tuple[str, float]:
    """Read a coding with its weight; a weight that is none counts as nothing."""
    name, _, rest = part.partition(";")
    _, _, weight = rest.partition("q=")
    try:
        value = float(weight) if rest.strip() else 1.0
    except ValueError:
        value = 0.0
    return name.strip(), value if 0 <= value <= 1 else 0.0


def asked_for(headers: Sequence[tuple[bytes, bytes]]) -> str | None:
    """Choose by the headers of a request."""
    return coding_for(",".join(value.decode("latin-1") for name, value in headers if name == b"accept-encoding"))


async def packed_for(headers: Sequence[tuple[bytes, bytes]], body: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Pack an answer as the headers of a request ask, where that is worth it; return it with its own headers."""
    if len(body) < WORTH_PACKING:
        return body, []
    coding, vary = asked_for(headers), (b"vary", b"Accept-Encoding")
    if coding is None:
        return body, [vary]
    slow = len(body) >= SLOW_PACKING
    small = await run_in_threadpool(packed, body, coding) if slow else packed(body, coding)
    return small, [vary, (b"content-encoding", coding.encode())]
