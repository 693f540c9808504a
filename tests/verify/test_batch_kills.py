"""The command, or it and its workers, are killed again and again at random moments: every row is there, once."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from tests.batch.killing import begun, finished, table, whole
from tests.batch.tables import files_of

pytestmark = pytest.mark.verify


@pytest.mark.parametrize("seed", range(3))
def test_a_run_that_is_killed_at_any_moment_loses_nothing(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    source, out = table(tmp_path / "table.csv", 2000), tmp_path / "out"
    for _ in range(6):
        with begun("Slow", source, out, workers=2) as run:
            time.sleep(chance.uniform(0.2, 6))
            os.killpg(run.pid, signal.SIGKILL) if chance.random() < 0.5 else run.kill()
    finished("Slow", source, out)
    assert files_of(out) == whole(source, tmp_path / "whole", monkeypatch)
    assert list(out.glob(".part-*")) == []


def test_a_run_that_is_stopped_ends_in_order_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = table(tmp_path / "table.csv", 300), tmp_path / "out"
    with begun("Slow", source, out) as run:
        while len(list(out.glob("part-*"))) < 4:
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=120)
    assert run.returncode == 130
    assert "stopped. The same command goes on where it was" in said
    finished("Slow", source, out)
    assert files_of(out) == whole(source, tmp_path / "whole", monkeypatch)
