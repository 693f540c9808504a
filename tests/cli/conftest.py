"""Running the command as a user does, in this process or in one of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from textwright.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status and what it printed."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run_command(*arguments: object) -> Ran:
        capfd.readouterr()
        status = main([str(each) for each in arguments])
        sys.stdout.flush()
        printed = capfd.readouterr()
        return Ran(status, printed.out, printed.err)

    return run_command


@pytest.fixture
def shell(tmp_path: Path) -> Run:
    """Run a command in a process of its own, in an empty folder, with bytes as its input."""

    def run_process(*arguments: object, given: bytes = b"") -> Ran:
        command = [sys.executable, "-m", "textwright", *map(str, arguments)]
        done = subprocess.run(command, input=given, capture_output=True, cwd=tmp_path, timeout=60)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_process
