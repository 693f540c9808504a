"""Give memory back: a server lives long, and a long text needs much for a moment."""

from __future__ import annotations

import ctypes
import sys

# Of glibc's malloc.h. Fixed thresholds keep it from learning that large blocks are frequent and had better be kept.
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
SETTINGS = {ARENA_MAX: 2, MMAP_THRESHOLD: 1024 * 1024, TRIM_THRESHOLD: 16 * 1024 * 1024}


def give_memory_back() -> bool:
    """Let the C library return large blocks to the system when they are free; say whether it is one that can."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and all(mallopt(name, value) for name, value in SETTINGS.items())
