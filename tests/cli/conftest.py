"""Running the command as a user does, in this process or in one of its own."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.known_rules import know_rules
from textwright.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status and what it printed."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def known_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open the rules of a pack once for all commands that are run in this process."""
    know_rules(monkeypatch)


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
def fed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, in an empty folder, with bytes as its input."""

    def run_fed(*arguments: object, given: bytes) -> Ran:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(given)), encoding="utf-8"))
        return run(*arguments)

    return run_fed


@pytest.fixture
def shell(tmp_path: Path) -> Run:
    """Run a command in a process of its own, in an empty folder, with bytes as its input."""

    def run_process(*arguments: object, given: bytes = b"") -> Ran:
        command = [sys.executable, "-m", "textwright", *map(str, arguments)]
        done = subprocess.run(command, input=given, capture_output=True, cwd=tmp_path, timeout=60)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_process
