"""What is missing is made, once; what stands stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from textwright.errors import DataError, ModelError
from textwright.experiment.running.lock import locked
from textwright.experiment.running.parts import part_of
from textwright.experiment.running.prepare import prepared
from textwright.experiment.running.run import Choice
from textwright.references import open_model
from textwright.runs import read_runs, reference_of

from .world import NOT_FITTED, TWO, counted, experiment_in, ran

HERE = Choice(own_process=False)


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure memory in no process of its own: that is another test's."""
    monkeypatch.setattr("textwright.experiment.measure.judging.measured_alone", lambda *_, **__: {})


def test_each_method_is_fitted_and_judged(tmp_path: Path) -> None:
    runs, watcher = ran(experiment_in(tmp_path))
    assert [run.method for run in runs] == ["two words", "function"]
    assert watcher.fits == ["two words, seed 0", "function"]
    assert [run.judged("test").report["exact"]["TITLE"]["accuracy"] for run in runs][1] == 1.0  # type: ignore[union-attr]
    assert "two words, seed 0: 20 texts" in watcher.heard


def test_nothing_is_done_twice(tmp_path: Path) -> None:
    file = experiment_in(tmp_path)
    first, _ = ran(file)
    again, watcher = ran(file)
    assert (watcher.fits, watcher.judgements) == ([], 0)
    assert again == first
    assert counted(file) == ["2 0"]


@pytest.mark.parametrize(
    ("before", "after", "fitted"),
    [
        ('tests = ["test"]', 'tests = ["test", "other"]', []),
        ('labels = ["TITLE"]', 'labels = ["TITLE", "CORE"]', []),
        ('name = "two words"', 'name = "two words"\noptions = {words = 1}', ["two words, seed 0"]),
        ('name = "two words"', 'name = "two words"\nseeds = [0, 1]', ["two words, seed 1"]),
    ],
)
def test_only_what_changed_is_fitted(tmp_path: Path, before: str, after: str, fitted: list[str]) -> None:
    file = experiment_in(tmp_path)
    ran(file)
    file.write_text(file.read_text().replace(before, after))
    _, watcher = ran(file)
    assert watcher.fits == fitted
    assert watcher.judgements


def test_other_train_texts_are_learned_anew_and_functions_stay(tmp_path: Path) -> None:
    file = experiment_in(tmp_path)
    ran(file)
    lines = (tmp_path / "train.jsonl").read_text().split("\n")
    (tmp_path / "train.jsonl").write_text("\n".join(lines[1:]))
    _, watcher = ran(file)
    assert watcher.fits == ["two words, seed 0"]


def test_a_method_that_fails_costs_itself_and_what_needs_it(tmp_path: Path) -> None:
    file = experiment_in(tmp_path, NOT_FITTED + TWO)
    runs, watcher = ran(file)
    reasons = {run.method: run.failed for run in runs}
    assert (reasons["two words"], reasons["function"]) == (None, None)
    assert "ValueError: the moon is full" in str(reasons["fails"])
    assert "it needs fails, which failed" in str(reasons["after it"])
    assert set(watcher.failed) == {"fails, seed 0", "after it"}


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    file = experiment_in(tmp_path, NOT_FITTED + TWO)
    ran(file)
    module = next(tmp_path.glob("words_of_*.py"))
    _, watcher = ran(file)
    assert watcher.fits == ["fails, seed 0", "after it"]
    assert counted(file).count("fails") == 2
    assert module.exists()


def test_a_method_is_fitted_again_with_what_is_made_of_it(tmp_path: Path) -> None:
    cascade = '[[method]]\nname = "both"\ncascade = ["two words", "function"]\npass_on = "empty"\n'
    file = experiment_in(tmp_path, TWO + cascade)
    ran(file)
    runs, watcher = ran(file, Choice(again=["two words"], own_process=False))
    assert watcher.fits == ["two words, seed 0", "both"]
    assert counted(file) == ["2 0", "2 0"]
    assert all(run.judged("test") for run in runs)


def test_only_what_was_asked_for_is_made(tmp_path: Path) -> None:
    cascade = '[[method]]\nname = "both"\ncascade = ["function", "two words"]\npass_on = "empty"\n'
    file = experiment_in(
        tmp_path, TWO + cascade + '[[method]]\nname = "other"\nfunction = "python:words_of_{key}:one"\n'
    )
    runs, _ = ran(file, Choice(only=["both"], own_process=False))
    assert [run.method for run in runs] == ["two words", "function", "both"]


def test_a_method_under_another_name_is_not_fitted_again(tmp_path: Path) -> None:
    cascade = '[[method]]\nname = "both"\ncascade = ["two words", "function"]\npass_on = "empty"\n'
    file = experiment_in(tmp_path, TWO + cascade)
    before, _ = ran(file)
    file.write_text(file.read_text().replace("two words", "a pair"))
    after, watcher = ran(file)
    assert watcher.fits == ["both"]
    assert [run.method for run in after] == ["a pair", "function", "both"]
    assert after[0].judgements == before[0].judgements
    assert after[2].needs["a pair"] == after[0].id
    assert not before[0].folder.exists()
    shutil.rmtree(after[2].folder)
    ran(file)
    assert counted(file) == ["2 0"]


def test_a_run_that_was_whole_when_its_command_was_killed_takes_its_place(tmp_path: Path) -> None:
    file = experiment_in(tmp_path)
    runs, _ = ran(file)
    run = runs[0]
    run.folder.rename(part_of(run.folder.parent, run.id))
    again, watcher = ran(file)
    assert watcher.fits == []
    assert again == runs
    assert counted(file) == ["2 0"]


def test_half_made_runs_are_made_and_leave_nothing(tmp_path: Path) -> None:
    file = experiment_in(tmp_path)
    plan = prepared(file)
    part = part_of(plan.experiment.runs, plan.planned[0].run_id)
    (part / "model").mkdir(parents=True)
    (part / "model" / "half.bin").write_bytes(b"half")
    (part / "spent.json").write_text('{"began": "2020-01-01T00:00:00+00:00", "seconds": 7.5, "cpu_seconds": 7}')
    runs, _ = ran(file)
    assert runs[0].seconds >= 7.5
    assert runs[0].began.startswith("2020")
    assert not list(plan.experiment.runs.glob(".*.part"))


def test_two_commands_never_run_one_experiment(tmp_path: Path) -> None:
    file = experiment_in(tmp_path)
    ran(file)
    with locked(tmp_path / "runs"), pytest.raises(DataError, match=r"the process \d+ is at work here"):
        ran(file)
    (tmp_path / "runs" / ".lock").write_text("999999999\n")
    assert ran(file)[1].fits == []


def test_a_damaged_judgement_is_told(tmp_path: Path) -> None:
    file = experiment_in(tmp_path)
    runs, _ = ran(file)
    (runs[0].folder / "judged" / "test.python.json").write_text("{")
    with pytest.raises(DataError, match=r"test\.python\.json: is no JSON"):
        ran(file)


def test_what_cannot_be_judged_says_why_and_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = experiment_in(tmp_path)

    def gone(*_: object, **__: object) -> None:
        raise ModelError("the server is down")

    with monkeypatch.context() as patched:
        patched.setattr("textwright.experiment.measure.judging.open_reference", gone)
        runs, watcher = ran(file)
    assert runs[0].not_judged == {"test.python": "the server is down"}
    assert watcher.failed["function"] == "on test in python: the server is down"
    runs, watcher = ran(file)
    assert (watcher.fits, watcher.judgements, runs[0].not_judged) == ([], 2, {})


def test_models_stay_out_of_git(tmp_path: Path) -> None:
    ran(experiment_in(tmp_path))
    assert "*/model/" in (tmp_path / "runs" / ".gitignore").read_text()


def test_a_run_says_all_that_it_was_made_of(tmp_path: Path) -> None:
    runs, _ = ran(experiment_in(tmp_path))
    data = json.loads((runs[0].folder / "run.json").read_text())
    assert data["data"]["train"]["examples"] == 20
    assert data["environment"]["python"]
    assert data["commit"] is None
    assert data["key"].startswith(runs[0].id[-8:])


def test_runs_open_by_reference_and_by_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs, _ = ran(experiment_in(tmp_path))
    for run in runs:
        monkeypatch.chdir(tmp_path)
        by_id = open_model(f"run:{run.id}").predict(["Senior Nurse - York"])
        monkeypatch.chdir("/")
        assert open_model(reference_of(run)).predict(["Senior Nurse - York"]) == by_id
        assert by_id[0].spans


def test_a_run_that_failed_opens_no_model(tmp_path: Path) -> None:
    runs, _ = ran(experiment_in(tmp_path, NOT_FITTED + TWO))
    with pytest.raises(ModelError, match="it failed: ValueError: the moon is full"):
        open_model(f"run:{runs[0].folder}")


def test_a_runs_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = experiment_in(tmp_path)
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(DataError, match="runs: cannot be made: File exists"):
        ran(file)
    assert not read_runs(tmp_path / "runs")
