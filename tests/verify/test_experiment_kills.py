"""An experiment that is killed at random moments: the same table, and nothing run twice but what was interrupted."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.experiment.running.world import counted, experiment_in

METHODS = """
[[method]]
name = "words"
fit = "python:words_of_{key}:fit"
seeds = [0, 1, 2]
options = {seconds = 0.5}
[[method]]
name = "network"
recipe = "network"
epochs = 2
[[method]]
name = "smaller"
quantise = "network"
precision = "int4"
[[method]]
name = "student"
recipe = "distil"
epochs = 2
teachers = ["network"]
unlabelled = "other"
[[method]]
name = "both"
cascade = ["words", "network"]
pass_on = "empty"
[[method]]
name = "function"
function = "python:words_of_{key}:one"
"""
COMMAND = [sys.executable, "-m", "textwright", "experiment", "run"]
MOST = 60
# Everything else in a run or a judgement must be the same, whatever was killed.
TIMES = {"began", "seconds", "cpu_seconds", "speed", "memory_bytes", "empty_bytes", "opening_seconds", "folder"}


@pytest.mark.verify
@pytest.mark.parametrize("jobs", [1, 2])
def test_kills_change_nothing(tmp_path: Path, jobs: int) -> None:
    (tmp_path / "world").mkdir()
    file = experiment_in(tmp_path / "world", METHODS)
    shutil.copytree(file.parent, tmp_path / "whole")
    whole = tmp_path / "whole" / file.name
    began = time.monotonic()
    assert subprocess.run([*COMMAND, str(whole)], capture_output=True, check=False).returncode == 0
    killer = Killer(file, time.monotonic() - began, random.Random(jobs))
    kills, seen = killer.until_done([*COMMAND, str(file), "--jobs", str(jobs)])
    assert kills >= 3
    assert _kept(file) == _kept(whole)
    assert {each: _when(each) for each in seen} == seen
    assert set(counted(file, "ended.txt")) == {"2 0", "2 1", "2 2"}
    assert len(counted(file)) <= 3 + kills * jobs
    assert not list((file.parent / "runs").glob(".*.part"))


@dataclass(frozen=True, slots=True)
class Killer:
    """Kills a command that takes about so many seconds at random moments, until it comes to its end by itself."""

    file: Path
    seconds: float
    chance: random.Random

    def until_done(self, command: list[str]) -> tuple[int, dict[Path, int]]:
        """Return how often it was killed, and what was whole after any kill, with the time at which it was written."""
        seen = dict[Path, int]()
        for kills in range(MOST):
            status = self._killed(command)
            seen = {**{each: _when(each) for each in _files(self.file) if each.suffix == ".json"}, **seen}
            if status == 0:
                return kills, seen
            assert status == -signal.SIGKILL
        raise AssertionError("the command came to no end")

    def _killed(self, command: list[str]) -> int:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return process.wait(self.seconds * self.chance.uniform(0.03, 0.25))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            return process.wait()


def _when(path: Path) -> int:
    return path.stat().st_mtime_ns


def _files(file: Path) -> list[Path]:
    """Find what is whole: each run's record, and its judgements."""
    runs = file.parent / "runs"
    return [*runs.glob("[!.]*/run.json"), *runs.glob("[!.]*/judged/*")]


def _kept(file: Path) -> dict[str, Any]:
    """Read all that is kept of the runs, but for times."""
    runs = file.parent / "runs"
    return {str(each.relative_to(runs)): _without_times(each) for each in _files(file)}


def _without_times(file: Path) -> Any:
    if file.suffix == ".jsonl":
        return file.read_text()
    return _bare(json.loads(file.read_text()))


def _bare(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items() if key not in TIMES}
    return [_bare(each) for each in data] if isinstance(data, list) else data
