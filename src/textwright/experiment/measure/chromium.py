"""Ask Chromium, through Playwright, in a process of its own."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from textwright.errors import ModelError
from textwright.experiment.measure.asking import SAFE, ask
from textwright.experiment.measure.node import RUNTIME

PROCESS = "textwright.experiment.measure.browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
NO_PLAYWRIGHT = "playwright is not installed. Install it with: pip install playwright"
NO_CHROMIUM = (
    f"there is no Chromium to measure in: none of {', '.join(NAMES)} is on the PATH. "
    "Install one, on Debian with: apt-get install chromium"
)


def chromium() -> str | None:
    """Return the path of the browser that is measured in, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def in_chromium(folder: Path, *, who: str, seconds: float, runtime: Path = RUNTIME) -> dict[str, Any]:
    """Let a page answer the texts of a job's folder. Raise `ModelError` when no browser is there or it fails."""
    if find_spec("playwright") is None:
        raise ModelError(f"{who}: {NO_PLAYWRIGHT}")
    executable = chromium()
    if executable is None:
        raise ModelError(f"{who}: {NO_CHROMIUM}")
    command: list[str | Path] = [sys.executable, *SAFE, "-m", PROCESS, folder, runtime, executable, str(seconds)]
    return ask(command, folder, who=who, seconds=seconds)
