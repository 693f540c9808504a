"""A project whose judging is killed at random moments: what learns is judged all the same, as the command says."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.project.judge.working import project_in

from textwright.project.files import Project
from textwright.project.judge import judge, judged
from textwright.project.judge.judged import Judged
from textwright.project.judge.parts import annotated
from textwright.project.judge.running import Judging

TEXTS, KILLS, LATEST = 100, 5, 12.0
TEXTWRIGHT = [sys.executable, "-m", "textwright"]


@pytest.mark.verify
def test_kills_change_nothing_and_the_command_line_says_the_same(tmp_path: Path) -> None:
    project, seeds = project_in(tmp_path, TEXTS), random.Random(0)
    for _ in range(KILLS):
        _killed(project, seeds.uniform(0.5, LATEST))
    table = judge(project, tell=lambda _: None)
    found = judged(project)
    assert found is not None
    assert [row.method for row in table.rows] == [each.name for each in found.methods]
    assert {each.name for each in found.methods} == {"rules", "linear", "network"}
    assert found.failed == {}
    assert found.forecast is not None or found.doubt
    _evaluated_alike(project, found, tmp_path)
    _nothing_to_run(project)


def _killed(project: Project, after: float) -> None:
    work = Judging(project, lambda: annotated(project), tell=lambda _: None)
    work.start()
    time.sleep(after)
    if work.running:
        os.kill(work.process_id, signal.SIGKILL)
    work.wait()


def _evaluated_alike(project: Project, found: Judged, folder: Path) -> None:
    for method in found.methods:
        file = folder / f"{method.name}.json"
        _run("evaluate", method.reference, project.held_out_file, "--json", file)
        report: Any = json.loads(file.read_bytes())
        whole = report["whole_text"]
        assert (method.right, method.low, method.high) == (whole["accuracy"], whole["low"], whole["high"])
        for name, score in method.scores.items():
            assert score.right == report["exact"][name]["accuracy"]


def _nothing_to_run(project: Project) -> None:
    said = _run("experiment", "run", project.folder)
    assert "nothing has changed, nothing to run: 3 runs" in said


def _run(*words: str | Path) -> str:
    done = subprocess.run([*TEXTWRIGHT, *map(str, words)], capture_output=True, text=True, check=True, timeout=300)
    return done.stderr
