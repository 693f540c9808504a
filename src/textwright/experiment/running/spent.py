"""What a run has taken so far, kept beside it, so that a run that was stopped counts the time before."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from textwright.formats.files import atomically
from textwright.trust import parsed_json

SPENT = "spent.json"
# How often it is written, in seconds.
OFTEN = 5.0


@dataclass(slots=True)
class Spent:
    """Counts seconds, of the clock and of the processor, from the first beginning of a run on."""

    folder: Path
    began: str
    seconds_before: float = 0.0
    cpu_before: float = 0.0
    start: float = field(default_factory=time.monotonic)
    cpu_start: float = field(default_factory=lambda: processor_seconds())
    written: float = 0.0

    @staticmethod
    def of(folder: Path) -> Spent:
        """Go on from what was counted when the run was stopped, if it was."""
        try:
            kept = parsed_json((folder / SPENT).read_bytes())
            return Spent(folder, str(kept["began"]), float(kept["seconds"]), float(kept["cpu_seconds"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Spent(folder, datetime.now(UTC).isoformat(timespec="seconds"))

    @property
    def seconds(self) -> float:
        """Return the seconds of the clock."""
        return round(self.seconds_before + time.monotonic() - self.start, 3)

    @property
    def cpu_seconds(self) -> float:
        """Return the seconds of the processor, those of processes that were waited for included."""
        return round(self.cpu_before + processor_seconds() - self.cpu_start, 3)

    def keep(self) -> None:
        """Write what was counted, at most every few seconds."""
        if self.seconds < self.written + OFTEN:
            return
        self.written = self.seconds
        said = {"began": self.began, "seconds": self.seconds, "cpu_seconds": self.cpu_seconds}
        atomically(self.folder / SPENT, lambda path: _write(path, json.dumps(said)))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def processor_seconds() -> float:
    """Return what this process and those that it waited for took of the processor."""
    return sum(os.times()[:4])
