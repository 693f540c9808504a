"""What one request, and all that wait at once, may ask for."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is taken.

    Of one request: texts, code points a text, and bytes of its body. Of all: requests that wait for one model, and
    bytes of bodies that are held. In time: seconds until the answer, and until the body has come.
    """

    texts: int = 1_000
    length: int = 20_000
    body: int = 16 * MIB
    waiting: int = 256
    held: int = 64 * MIB
    seconds: float = 30.0
    body_seconds: float = 30.0
