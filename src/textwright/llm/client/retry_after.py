"""How long a server asks to wait."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Read how many seconds a server asks to wait for; None when it does not, or says it wrongly.

    >>> asked_to_wait({"retry-after-ms": "1500"})
    1.5
    >>> asked_to_wait({"retry-after": "20"})
    20.0
    >>> asked_to_wait({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"})
    30.0
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        seconds = _number(headers.get(name), unit)
        if seconds is not None:
            return seconds
    return _until(headers.get("retry-after"), headers.get("date"))


def _number(value: str | None, unit: float) -> float | None:
    try:
        seconds = float(value or "") * unit
    except ValueError:
        return None
    return seconds if seconds > 0 and not math.isnan(seconds) else None


def _until(value: str | None, date: str | None) -> float | None:
    """Count from the server's own clock where it shows it: the two may differ."""
    then = _time(value)
    if then is None:
        return None
    now = _time(date)
    seconds = then - (time.time() if now is None else now)
    return seconds if seconds > 0 else None


def _time(value: str | None) -> float | None:
    try:
        return parsedate_to_datetime(value or "").timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
