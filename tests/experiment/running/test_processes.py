"""What processes of their own do: they tell, they fail alone, they end with whoever wanted them."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path

import pytest

from textwright.experiment.running.order import packed, unpacked
from textwright.experiment.running.prepare import prepared
from textwright.experiment.running.run import Choice
from textwright.experiment.running.workers import Ended, Processes, how_it_ended

from .world import counted, experiment_in, ran

KILLED = """
[[method]]
name = "dies"
fit = "python:words_of_{key}:fit"
options = {words = 1, seconds = 0.0}
[[method]]
name = "lives"
fit = "python:words_of_{key}:fit"
"""


def test_a_process_that_dies_costs_only_its_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.experiment.running.run._judge", lambda *_: None)
    file = experiment_in(tmp_path, KILLED)
    module = next(tmp_path.glob("words_of_*.py"))
    module.write_text(module.read_text() + "\n\n" + DIES)
    file.write_text(file.read_text().replace(":fit", ":dies", 1))
    runs, watcher = ran(file, Choice(jobs=2))
    assert {run.method: run.failed is None for run in runs} == {"dies": False, "lives": True}
    assert "SIGKILL; the system does so when memory runs out" in watcher.failed["dies, seed 0"]
    assert "lives, seed 0: 20 texts" in watcher.heard
    assert counted(file, "ended.txt") == ["2 0"]
    assert "printed by a library" in next((tmp_path / "runs").glob("lives-*/log.txt")).read_text()


DIES = f"""
import os


def dies(train, dev, *, seed, **options):
    os.kill(os.getpid(), {signal.SIGKILL.value})


print("printed by a library")
"""


def test_how_a_process_ended_is_said() -> None:
    assert how_it_ended(-signal.SIGSEGV) == "its process was ended by SIGSEGV"
    assert "status 3" in how_it_ended(3)


@pytest.mark.parametrize("prints", ["5", "[1]", "null", "no JSON", "[[], 1, 2]"])
def test_a_process_that_talks_rubbish_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prints: str) -> None:
    child = [sys.executable, "-c", f"print({prints!r}); raise SystemExit(3)"]
    monkeypatch.setattr("textwright.experiment.running.workers.CHILD", child)
    plan = prepared(experiment_in(tmp_path, KILLED))
    [order] = [plan.fit_order(each) for each in plan.planned if each.method.name == "lives"]
    workers = Processes()
    workers.start(order)
    assert workers.next_event() == Ended(
        order, "its process ended with status 3; log.txt in the run's folder has what it printed"
    )


def test_orders_are_plain_values(tmp_path: Path) -> None:
    plan = prepared(experiment_in(tmp_path))
    order = plan.fit_order(plan.planned[0])
    assert unpacked(io.BytesIO(packed(order))).planned == order.planned
