"""Starting is quick, and loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

HEAVY = {"numpy", "scipy", "pandas", "pyarrow", "torch", "spacy", "sklearn", "transformers", "onnxruntime", "fastapi"}
# The promise is 0.3 s where an empty interpreter takes 0.02 s; a slower machine gets its share more. A bound
# in multiples of the empty interpreter alone fails now and then, since that one takes only milliseconds.
SECONDS = 0.3
EMPTY_SECONDS = 0.02


def modules_after(code: str) -> set[str]:
    """Return the top names of what is loaded after `code` has run in a new interpreter."""
    printed = f"{code}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", printed], capture_output=True, text=True, timeout=60, check=True)
    return {name.split(".")[0] for name in done.stdout.splitlines()}


@pytest.mark.parametrize(
    "code",
    [
        "from textwright.cli import main; main(['--help'])",
        "from textwright.cli import main; main(['predict', '--help'])",
        "import textwright",
        "from textwright import *",
        "from textwright.cli import COMMANDS, lazy; [lazy.load(command) for command in COMMANDS]",
    ],
    ids=["help", "predict help", "import", "public names", "every command"],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert modules_after(code) & HEAVY == set()


def test_a_prediction_by_rules_loads_nothing_heavy() -> None:
    code = "import textwright as tw; tw.open_model('job_titles.rules').predict(['Senior Nurse, Leeds'])"
    assert modules_after(code) & HEAVY == set()


def seconds(*command: str) -> float:
    started = time.perf_counter()
    subprocess.run(command, capture_output=True, timeout=60, check=True)
    return time.perf_counter() - started


def test_help_starts_quickly() -> None:
    empty = min(seconds(sys.executable, "-c", "pass") for _ in range(7))
    helped = min(seconds(sys.executable, "-m", "textwright", "--help") for _ in range(7))
    limit = SECONDS * max(1.0, empty / EMPTY_SECONDS)
    assert helped < limit, f"{helped:.3f} s; an empty interpreter takes {empty:.3f} s"
