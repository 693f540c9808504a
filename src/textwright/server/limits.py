"""What one request may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that one request may hold: texts, code points a text, and bytes of its body."""

    texts: int = 1_000
    length: int = 20_000
    body: int = 16 * 1024 * 1024
