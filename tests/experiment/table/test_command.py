"""`textwright experiment report`, on runs that stand, lack something, or are held against a gate."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evaluate.fakes import SCHEMA
from tests.experiment.table.made import experiment_of, judged, run_of, texts_with, wrong_in
from textwright.cli import main
from textwright.cli.experiment_report import show_table
from textwright.dataset import Dataset
from textwright.experiment.file import judgement_key
from textwright.experiment.running.missing import Plan
from textwright.experiment.running.prepare import prepared
from textwright.experiment.table import table_of
from textwright.runs import write_judgement, write_run

FILE = """
name = "Small"
labels = ["JOB", "LEVEL"]
measure = "exact:JOB"
slice_by = ["town"]
leaks = "tell"

[data]
test = "test.jsonl"

[[method]]
name = "good"
function = "python:answering:good"

[[method]]
name = "bad"
function = "python:answering:bad"
"""
ANSWERING = "def good(text):\n    return []\n\n\ndef bad(text):\n    return []\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make an experiment whose runs stand: `good` is always right, `bad` in half of the texts."""
    Dataset(list(texts_with()), schema=SCHEMA).write(tmp_path / "test.jsonl")
    (tmp_path / "experiment.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "answering.py").write_text(ANSWERING, encoding="utf-8")
    plan = prepared(tmp_path)
    for method, places in (("good", []), ("bad", range(20))):
        _keep(plan, method, list(places))
    return tmp_path


def _keep(plan: Plan, method: str, places: list[int], *, key: str | None = None) -> None:
    planned = next(each for each in plan.planned if each.method.name == method)
    data = plan.data["test"]
    judgement = judged(wrong_in(places), data)
    held = replace(judgement, key=key or judgement_key(planned, data, plan.experiment, "python"))
    run = run_of(method, id=planned.run_id, key=planned.key)
    write_run(run, plan.experiment.runs / planned.run_id)
    write_judgement(held, [], plan.experiment.runs / planned.run_id)


def test_the_table_is_printed_and_written_in_all_forms(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [folder / f"table.{ending}" for ending in ("json", "html", "md")]
    options = [f"--{kind}={name}" for kind, name in zip(("json", "html", "markdown"), names, strict=True)]
    assert main(["experiment", "report", str(folder), *options]) == 0
    printed = capsys.readouterr().out
    assert "good is the best by JOB exact on these texts; all others are behind it by more than chance." in printed
    assert "Before you trust" not in printed
    assert [each["method"] for each in json.loads(names[0].read_text())["methods"]] == ["good", "bad"]
    assert "<h1>Small: test</h1>" in names[1].read_text()
    assert "## Small" in names[2].read_text()


@pytest.mark.parametrize(("option", "first"), [("--markdown", "## Small"), ("--json", "{")])
def test_a_minus_prints_what_a_file_would_hold_and_nothing_else(
    folder: Path, option: str, first: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert main(["experiment", "report", str(folder), option, "-"]) == 0
    printed = capsys.readouterr().out
    assert main(["experiment", "report", str(folder), option, "file"]) == 0
    assert printed.startswith(first)
    assert printed == (folder / "file").read_text(encoding="utf-8")
    assert not (folder / "-").exists()


def test_the_terminal_says_which_methods_it_leaves_out_of_parts(capsys: pytest.CaptureFixture[str]) -> None:
    data = texts_with(small=20)
    for methods in (5, 6):
        runs = [run_of(f"m{place}", judged(wrong_in([place]), data)) for place in range(methods)]
        show_table(table_of(experiment_of(*(run.method for run in runs)), runs))
        printed = " ".join(capsys.readouterr().out.split())
        said = "Parts of the test are shown for the best 5 of 6 methods; --html, --markdown and --json have all."
        assert (said in printed) == (methods == 6)


def test_a_judgement_of_other_data_does_not_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _keep(prepared(folder), "bad", [0], key="another")
    assert main(["experiment", "report", str(folder)]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "Not judged on test as it is now: bad. To do so: textwright experiment run" in printed


def test_a_method_that_nobody_ran_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "experiment.toml"
    file.write_text(FILE + '[[method]]\nname = "new"\nmodel = "job_titles.split"\n', encoding="utf-8")
    assert main(["experiment", "report", str(folder)]) == 0
    assert "Not run yet, so not in the table: new." in capsys.readouterr().out


def _gated(folder: Path, least: float, *options: str) -> int:
    gate = folder / "gate.toml"
    gate.write_text(f'[[threshold]]\nmeasure = "exact:JOB"\nat_least = {least}\nby = "value"\n', encoding="utf-8")
    return main(["experiment", "report", str(folder), "--gate", str(gate), *options])


def test_a_gate_says_the_exit_status(folder: Path) -> None:
    assert _gated(folder, 0.8, f"--json={folder / 'table.json'}", f"--junit={folder / 'gate.xml'}") == 0
    assert "gate" in json.loads((folder / "table.json").read_text())
    assert "<testsuite" in (folder / "gate.xml").read_text()
    _keep(prepared(folder), "good", list(range(35)))
    assert _gated(folder, 0.8) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--test", "other"], "--test other: the experiment has no such test. Its tests: test"),
        (["--junit", "x.xml"], "--junit writes the verdicts of a gate, so it needs --gate GATE"),
        (["--json", "-", "--html", "-"], "- is standard output, which holds one of --json, --html and --markdown"),
        (["--json", "-", "--gate", "gate.toml"], "and no verdicts of --gate: name files"),
        (["--html", "nowhere/x.html"], "the folder nowhere does not exist"),
    ],
)
def test_wrong_options_are_refused(
    folder: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["experiment", "report", str(folder), *options]) == 2
    assert said in capsys.readouterr().err


def test_without_runs_it_says_what_makes_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "answering.py").write_text(ANSWERING + "# another\n", encoding="utf-8")
    assert main(["experiment", "report", str(folder)]) == 2
    assert "textwright experiment run" in capsys.readouterr().err
