"""A process that carries out one order and tells how far it is.

The order comes by standard input, which then stays open: when it closes, whoever wanted the work is gone,
and the process ends. What libraries print goes to the run's `log.txt`; on the standard output stand JSON lines,
`["told", TEXT]` and, at the end, `["failed", REASON or null]`.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textwright.child import end_with_parent

LOG = "log.txt"
SAID = threading.Lock()


def main() -> None:
    """Carry out the order."""
    from textwright.experiment.running.carrying import carry_out, log_folder
    from textwright.experiment.running.order import unpacked

    order = unpacked(sys.stdin.buffer)
    end_with_parent()
    say = _sayer()
    _print_to(log_folder(order) / LOG)
    failed = carry_out(order, lambda line: say(["told", line]))
    say(["failed", failed])


def _sayer() -> Callable[[Any], None]:
    """Keep the standard output for what is told, under another number that no library prints to."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", errors="backslashreplace")

    def say(what: Any) -> None:
        with SAID:
            out.write(json.dumps(what) + "\n")
            out.flush()

    return say


def _print_to(log: Path) -> None:
    """Let everything that is printed, by C code as well, go to the log."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    except OSError:
        descriptor = os.open(os.devnull, os.O_WRONLY)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)


if __name__ == "__main__":
    main()
