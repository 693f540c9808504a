"""Workers and the command itself are killed: every row is there, once. `make verify` kills more often."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
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


def begun(model: str, source: Path, out: Path, workers: int = 1) -> subprocess.Popen[str]:
    """Start the command in a session of its own, so that it can be killed with its workers."""
    command = [sys.executable, "-m", "textwright", "batch", f"{MODELS}:{model}", str(source), "-o", str(out)]
    options = ["--workers", str(workers), "--rows-per-part", str(ROWS_PER_PART)]
    return subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True)


def finished(model: str, source: Path, out: Path) -> str:
    with begun(model, source, out) as run:
        _, said = run.communicate(timeout=120)
    assert run.returncode == 0, said
    return said


def test_a_worker_that_dies_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = table(tmp_path / "table.csv", 60)
    monkeypatch.setenv("TEXTWRIGHT_TEST_DIED", str(tmp_path / "died"))
    said = finished("Dies", source, tmp_path / "out")
    assert (tmp_path / "died").exists()
    assert said.splitlines()[0] == "textwright: a worker ended unexpectedly; its task is made again"
    assert files_of(tmp_path / "out") == whole(source, tmp_path / "whole", monkeypatch)


def test_a_run_that_was_killed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = table(tmp_path / "table.csv", 200), tmp_path / "out"
    with begun("Slow", source, out) as run:
        while len(list(out.glob("part-*"))) < 4:
            time.sleep(0.01)
        run.kill()
    kept = len(list((out / ".batch/done").glob("[0-9]*.json")))
    assert 0 < kept < 20
    assert "of them from before" in finished("Slow", source, out)
    assert files_of(out) == whole(source, tmp_path / "whole", monkeypatch)


@pytest.mark.verify
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(3))
def test_a_run_that_is_killed_at_any_moment_loses_nothing(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    source, out = table(tmp_path / "table.csv", 2000), tmp_path / "out"
    for _ in range(8):
        with begun("Slow", source, out, workers=2) as run:
            time.sleep(chance.uniform(0.2, 6))
            os.killpg(run.pid, signal.SIGKILL) if chance.random() < 0.5 else run.kill()
    finished("Slow", source, out)
    assert files_of(out) == whole(source, tmp_path / "whole", monkeypatch)
    assert list(out.glob(".part-*")) == []
