"""What one request, one annotator and one address may ask for, and all of them at once."""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationLimits:
    """Sizes in bytes, times in seconds, rates a second; `burst` is what may come at once after a pause.

    A stranger's body is a name and a password. `held` is the most of all bodies that are read or answered, apart from
    `uploads_held`, of which one person may have an `upload`.
    """

    stranger_body: int = 16 * KIB
    body: int = 16 * MIB
    values: int = 200_000
    held: int = 128 * MIB
    upload: int = 1024 * MIB
    uploads_held: int = 2048 * MIB
    acts: int = 1_000
    pause: float = 30.0
    body_seconds: float = 120.0
    upload_seconds: float = 3_600.0
    requests_a_second: float = 50.0
    requests_burst: float = 500.0
    acts_a_second: float = 50.0
    acts_burst: float = 5_000.0
    stranger_requests_a_second: float = 20.0
    stranger_requests_burst: float = 200.0
    log_in_seconds: float = 30.0
    log_in_burst: float = 10.0
    name_seconds: float = 10.0
    name_burst: float = 30.0
    hashing_at_once: int = 2
    hashing_waiting: int = 16
    files_at_once: int = 4
    texts_at_once: int = 2
