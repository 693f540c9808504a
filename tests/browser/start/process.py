"""`textwright start` as somebody runs it in a terminal: a process that can be killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.local import Local, local_in

# A busy machine may take long to import everything.
PATIENCE = 60


# The same command where PyTorch is not installed: nothing learns, so that all is quick.
WITHOUT_TORCH = "import sys; sys.modules['torch'] = None; from textwright.cli import main; sys.exit(main())"


class Command:
    """The command in a folder. Started again, it listens at the same address."""

    def __init__(self, folder: Path, *arguments: str, learns: bool = True) -> None:
        self.folder, self._arguments = folder, arguments
        self._program = ("-m", "textwright") if learns else ("-c", WITHOUT_TORCH)
        self._port, self._local = 0, Local("", "")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address that it prints, with the token of this run."""
        return self._local.opened

    @property
    def said(self) -> str:
        """What it wrote since it was started last."""
        return (self.folder / "said.txt").read_text(encoding="utf-8")

    def start(self) -> None:
        """Run the command; return when it says where it listens."""
        words = ("start", *self._arguments, "--no-browser", "--port", str(self._port))
        with (self.folder / "said.txt").open("wb") as said:
            self._process = subprocess.Popen(
                [sys.executable, *self._program, *words],
                cwd=self.folder,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self._local = self._listening_at()
        self._port = int(self._local.url[:-1].rpartition(":")[2])

    def _listening_at(self) -> Local:
        deadline = time.monotonic() + PATIENCE
        while self._process is not None and self._process.poll() is None and time.monotonic() < deadline:
            if (found := local_in(self.said)) and self.said.endswith("\n"):
                return found
            time.sleep(0.02)
        raise AssertionError(f"the command gives no address: {self.said}")

    def kill(self, *, children: bool = True) -> None:
        """Kill the command, as a power cut does with its children, as `kill -9` does without."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            (os.killpg if children else os.kill)(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


@contextmanager
def started(folder: Path, *arguments: str, learns: bool = True) -> Iterator[Command]:
    """Run `textwright start` in a folder, and end it when done."""
    command = Command(folder, *arguments, learns=learns)
    command.start()
    try:
        yield command
    finally:
        command.kill()
