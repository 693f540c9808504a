"""Judging that is slow tells how far it is; judging that hangs has an end, is recorded, and costs only itself."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from textwright.cli import main
from textwright.experiment.running.order import JudgeOrder
from textwright.experiment.running.prepare import prepared
from textwright.experiment.running.run import Choice
from textwright.experiment.running.watchdog import Watchdog

from .world import experiment_in, ran

FUNCTIONS = """
[[method]]
name = "first"
function = "python:words_of_{key}:one"
[[method]]
name = "second"
function = "python:words_of_{key}:one"
"""


@pytest.fixture(autouse=True)
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.experiment.measure.judging.measured_alone", lambda *_, **__: {})


def test_judging_that_hangs_is_ended_and_recorded_and_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs = [sys.executable, "-c", "import time; time.sleep(600)"]
    monkeypatch.setattr("textwright.experiment.running.workers.CHILD", hangs)
    monkeypatch.setattr(JudgeOrder, "patience", 0.2)
    runs, watcher = ran(experiment_in(tmp_path, FUNCTIONS), Choice())
    assert list(watcher.failed) == ["first", "second"]
    for run in runs:
        assert run.failed is None
        assert run.not_judged["test.python"].startswith("it gave no answer for ")
        assert "larger patience than 20 (minutes)" in run.not_judged["test.python"]


class Signs(threading.Event):
    """Gives signs of life as they are listed; None: the work is over."""

    def __init__(self, signs: list[bool | None], over: threading.Event) -> None:
        super().__init__()
        self.signs, self.over = signs, over

    def wait(self, timeout: float | None = None) -> bool:
        sign = self.signs.pop(0)
        if sign is None:
            self.over.set()
        return sign is not False


@pytest.mark.parametrize(("signs", "ended"), [([True, True, None], False), ([True, False], True), ([False], True)])
def test_only_what_gives_no_sign_of_life_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signs: list[bool | None], ended: bool
) -> None:
    plan = prepared(experiment_in(tmp_path, FUNCTIONS))
    order = plan.judge_order(plan.planned[0], None)
    assert order is not None
    killed: list[object] = []
    monkeypatch.setattr("textwright.experiment.running.watchdog._kill", killed.append)
    watchdog = Watchdog("the process", order)  # type: ignore[arg-type]
    watchdog._heard = Signs(signs, watchdog._over)
    watchdog._watch(order)
    assert signs == []
    assert killed == (["the process"] if ended else [])
    assert (watchdog.reason is not None) == ended


def test_the_file_says_how_patient_one_is(tmp_path: Path) -> None:
    file = experiment_in(tmp_path, FUNCTIONS)
    file.write_text("patience = 2.5\n" + file.read_text())
    plan = prepared(file)
    assert plan.experiment.patience == 2.5
    order = plan.judge_order(plan.planned[0], None)
    assert order is not None
    assert order.patience == 150 + 8  # a second more for each text


def test_how_far_judging_is_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.experiment.running.judging.OFTEN", 0.0)
    _, watcher = ran(experiment_in(tmp_path, FUNCTIONS))
    assert "first: on test  3 of 8 texts so far" in watcher.heard


def test_texts_without_an_answer_give_status_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = experiment_in(tmp_path, FUNCTIONS)
    module = next(tmp_path.glob("words_of_*.py"))
    module.write_text(f"{module.read_text()}\n\ndef one(text):\n    raise ValueError('the moon is full')\n")
    ran(file)
    assert main(["experiment", "run", str(file)]) == 4
    printed = " ".join(capsys.readouterr().out.split())
    assert "first: 8 of 8 texts without an answer; the first: " in printed
    assert "the moon is full" in printed
