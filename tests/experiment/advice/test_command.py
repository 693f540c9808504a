"""`textwright advise` on an experiment whose runs were written by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import textwright.cli
from tests.evaluate.fakes import Known
from tests.experiment.advice.weighed import candidates, method
from tests.experiment.table.made import GOLD, judged, run_of, texts_with, wrong_in
from textwright.cli import main
from textwright.cli.advise import show_advice, tell_unasked
from textwright.cli.reports import show
from textwright.dataset import Dataset
from textwright.experiment.advice.advising import Advice, Part
from textwright.experiment.file import judgement_key
from textwright.experiment.running.prepare import prepared
from textwright.runs import write_judgement, write_run
from textwright.types import Example

FILE = """
name = "Small"
labels = ["JOB", "LEVEL"]
measure = "exact:JOB"
[data]
test = "test.jsonl"
train = "train.jsonl"
pool = "pool.jsonl"
[[method]]
name = "good"
function = "python:mine_to_advise:good"
[[method]]
name = "quick"
function = "python:mine_to_advise:quick"
"""
CODE = """
def good(text):
    return [(7, 12, "JOB"), (0, 6, "LEVEL")] if text.startswith("Senior Nurse") else []
def quick(text):
    return [(0, 6, "LEVEL")]
"""


@pytest.fixture
def experiment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write an experiment with two methods that were judged: good makes no mistake, quick takes a tenth of the time."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "mine_to_advise.py").write_text(CODE)
    (tmp_path / "experiment.toml").write_text(FILE)
    data = texts_with()
    data.write(tmp_path / "test.jsonl")
    seen = next(iter(GOLD.values()))
    Dataset([Example("n", "Junior Cook 7", seen)], schema=data.schema).write(tmp_path / "train.jsonl")
    pool = [Example(f"p{place}", text) for place, text in enumerate(("Senior Nurse 99", "Gardener", "Senior Nurse 7"))]
    Dataset(pool).write(tmp_path / "pool.jsonl")
    plan = prepared(tmp_path)
    for each in plan.planned:
        quick = each.method.name == "quick"
        speed = {"latency_ms_p50": 0.1 if quick else 1.0, "latency_ms_p95": 0.1 if quick else 1.0}
        key = judgement_key(each, plan.data["test"], plan.experiment, "python")
        answers = wrong_in([0]) if quick else wrong_in([])
        found = replace(judged(answers, plan.data["test"], speed=speed), key=key)
        run = run_of(each.method.name, id=each.run_id, key=each.key, model="python:mine_to_advise:good")
        write_run(run, plan.experiment.runs / each.run_id)
        write_judgement(found, [], plan.experiment.runs / each.run_id)
    return tmp_path


def test_the_advice_is_printed_by_question(experiment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", str(experiment)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith("Which method to ship Ship quick: 97.5 of 100 texts are right in JOB")
    assert "100 µs instead of 1.0 ms" in out
    for question in ("The test set", "Whether to label more", "Unclear labels"):
        assert question in out


def test_the_numbers_are_written(experiment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", str(experiment), "--json", str(experiment / "advice.json"), "--latency-ms", "0.05"]) == 0
    data = json.loads((experiment / "advice.json").read_text())
    assert data["advice"][0]["numbers"]["ship"] is None
    assert data["advice"][0]["numbers"]["nearest"] == "quick"
    assert data["advice"][0]["words"][0].startswith("Nothing keeps the budget.")
    assert [each["method"] for each in data["methods"]] == ["good", "quick"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--test", "other"], "the experiment judges on test"),
        (["--next", "3"], "--next and --pool go together"),
        (["--pool", "pool"], "--next and --pool go together"),
        (["--next", "3", "--pool", "lake"], "data sets are test, train, pool"),
        (["--next", "3", "--pool", "test"], "which is judged on"),
        (["--latency-ms", "-1"], "expected a number from 0 on"),
        (["--runtime", "node"], "of good: was not judged in node"),
        (["--measure", "exact:TOWN"], "was not judged by exact:TOWN"),
        (["--json", "nowhere/advice.json"], "the folder nowhere does not exist"),
    ],
)
def test_what_cannot_be_advised_is_a_line(
    experiment: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert main(["advise", str(experiment), *options]) == 2
    assert said in capsys.readouterr().err


def test_texts_that_are_annotated_are_not_offered(
    experiment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("textwright.references.open_reference", lambda reference: Known(GOLD))
    assert main(["advise", str(experiment), "--next", "3", "--pool", "train"]) == 2
    assert "is annotated or judged on already" in capsys.readouterr().err
    file = experiment / "pool.jsonl"
    seen = {"id": "seen", "text": "Florist 3", "spans": []}
    file.write_text(f"{file.read_text()}{json.dumps(seen)}\n")
    assert main(["advise", str(experiment), "--next", "9", "--pool", "pool"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {json.loads(line)["text"] for line in lines} == {"Senior Nurse 99", "Gardener"}


def test_a_method_that_is_not_asked_is_named_with_its_own_reason(capsys: pytest.CaptureFixture[str]) -> None:
    runs = [method("a, then b", needs={"a": "a-0"}), method("slow", ms=500), method("dear", cost=0.01), method("quick")]
    tell_unasked(candidates(*runs), 1000)
    said = capsys.readouterr().err
    assert said.startswith("Not asked about the pool: ")
    for each in ("“a, then b” (made of other methods)", "slow (too slow)", "dear (sends a bill)"):
        assert each in said


def test_what_looks_like_an_emoji_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    part = Part("Which", ("Ship :x: g; python:m:nothing [b] has no answer.",), {})
    show_advice(Advice("e", "test", "python", "whole_text", (), (part,)), stderr=False)
    show(["python:m:nothing"], [])
    out = capsys.readouterr().out
    assert "Ship :x: g; python:m:nothing [b] has no answer." in out
    assert out.rstrip().endswith("python:m:nothing")


def test_consoles_that_print_replace_no_emoji() -> None:
    """Consoles of progress bars, which print plain text, need not say it."""
    for file in Path(textwright.cli.__file__).parent.glob("*.py"):
        made = [line for line in file.read_text().splitlines() if "Console(" in line and "transient" not in line]
        assert [line for line in made if "emoji=False" not in line and ".status(" not in line] == [], file.name


def test_an_experiment_that_has_not_run_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine_to_advise.py").write_text(CODE)
    (tmp_path / "experiment.toml").write_text(FILE)
    for name in ("test", "train", "pool"):
        texts_with().write(tmp_path / f"{name}.jsonl")
    assert main(["advise", str(tmp_path)]) == 2
    assert "Run: textwright experiment run" in capsys.readouterr().err
