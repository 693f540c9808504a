"""What a command says beside its result: on standard error and at once, so that a result can be piped."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    """Say a line."""
    print(line, file=sys.stderr, flush=True)


def tell(line: str) -> None:
    """Say what happened meanwhile, and who says so: it may stand among the lines of another program."""
    say(f"textwright: {line}")
