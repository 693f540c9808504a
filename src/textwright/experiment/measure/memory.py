"""The most memory that a process ever held."""

from __future__ import annotations

import sys
from pathlib import Path

KB = 1024


def peak_bytes(process: int | str = "self") -> int | None:
    """Return the peak of resident memory of a process by its id, or of this one; None where nobody knows.

    Linux tells it of every process. What `getrusage` says there is of no use: a new process begins
    with the peak of the one that started it.
    """
    status = Path(f"/proc/{process}/status")
    if status.is_file():
        return _high_water(status)
    return _peak_by_rusage() if process == "self" else None


def _high_water(status: Path) -> int | None:
    try:
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        # The process has ended meanwhile.
        return None
    found = next((line.split()[1] for line in lines if line.startswith("VmHWM:")), None)
    return None if found is None else int(found) * KB


def _peak_by_rusage() -> int | None:
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return None
    peak = getrusage(RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * KB
