"""Where a run was made: what is installed, on which machine, of which commit."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

# Packages whose version can change what is learned or answered.
PACKAGES = (
    "numpy",
    "onnx",
    "onnxruntime",
    "peft",
    "scikit-learn",
    "scipy",
    "spacy",
    "tokenizers",
    "torch",
    "transformers",
    "xllamacpp",
)
CPUS = Path("/proc/cpuinfo")
GIT_SECONDS = 20.0


def environment() -> dict[str, Any]:
    """Say which versions are at work, and on what machine."""
    return {
        "python": platform.python_version(),
        "textwright": version("textwright"),
        "packages": dict(_installed(PACKAGES)),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "processor": _processor(),
        "cores": os.cpu_count(),
    }


def _installed(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def _processor() -> str:
    """Name the processor as the system does."""
    try:
        lines = CPUS.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def commit_of(folder: Path) -> str | None:
    """Name the commit that a folder is of, with `+` when followed files had changed; None without git."""
    commit = _git(folder, "rev-parse", "HEAD")
    if commit is None:
        return None
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    return f"{commit}+" if changed else commit


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=GIT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
