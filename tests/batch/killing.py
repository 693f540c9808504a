"""Running the command so that it can be killed, and what an undisturbed run writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.tables import files_of, in_this_process
from textwright.batch import Settings, annotate_table

ROOT = Path(__file__).parents[2]
MODELS = "python:tests.batch.models"
ROWS_PER_PART = 10


def table(path: Path, rows: int) -> Path:
    path.write_text("n,text\n" + "".join(f'{i},"row {i},\nof many{" die" if i == 25 else ""}"\n' for i in range(rows)))
    return path


def whole(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Return what a run that nobody disturbs writes."""
    with monkeypatch.context() as patched:
        patched.setattr("textwright.batch.run.hand_out", in_this_process)
        patched.setattr("textwright.batch.table.use_this_machine", lambda: None)
        annotate_table(f"{MODELS}:First", source, out, settings=Settings(rows_per_part=ROWS_PER_PART))
    return files_of(out)


def begun(
    model: str, source: Path, out: Path, workers: int = 1, rows_per_part: int = ROWS_PER_PART
) -> subprocess.Popen[str]:
    """Start the command in a session of its own, so that it can be killed with its workers."""
    command = [sys.executable, "-m", "textwright", "batch", f"{MODELS}:{model}", str(source), "-o", str(out)]
    options = ["--workers", str(workers), "--rows-per-part", str(rows_per_part)]
    return subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True)


def finished(model: str, source: Path, out: Path) -> str:
    with begun(model, source, out) as run:
        _, said = run.communicate(timeout=120)
    assert run.returncode == 0, said
    return said
