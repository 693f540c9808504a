"""The talk's experiment: its files can be read, nothing learns what is judged on, and the page tells no names."""

from __future__ import annotations

import runpy
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest

from tests.spec import ROOT
from textwright import trust
from textwright.experiment.file import read_experiment
from textwright.predictors.module import open_function

tool = SimpleNamespace(**runpy.run_path(str(ROOT / "tools/benchmarks.py")))
FILES = [path.stem for path in tool.EXPERIMENTS]


@pytest.mark.parametrize("name", FILES)
def test_nothing_learns_or_chooses_on_what_is_judged_on(name: str) -> None:
    experiment = read_experiment(ROOT / f"experiments/talk/{name}.toml")
    used = {data for method in experiment.methods for data in (method.train, method.dev, method.unlabelled)}
    assert set(experiment.tests).isdisjoint(used)
    assert experiment.runs.is_relative_to(ROOT / "out")
    models = [str(method.settings.get("model", "")) for method in experiment.methods]
    assert [each for each in models if each not in {"", "job_titles.split", "job_titles.rules"}] == []


def test_the_talks_methods_are_all_there() -> None:
    experiment = read_experiment(ROOT / "experiments/talk/experiment.toml")
    kinds = {"cascade", "fit", "function", "model", "prompt", "quantise", "recipe", "tune"}
    assert {method.kind for method in experiment.methods} == kinds
    recipes = {method.settings.get("recipe") for method in experiment.methods} - {None}
    assert recipes == {"linear", "network", "transformer", "distil"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senior Gardener - Hove", [(0, 15, "JOBTITLE"), (0, 6, "SENIORITY")]),
        ("Gardener (part time)", [(0, 8, "JOBTITLE")]),
        ("Leading Hand in Hull", [(0, 12, "JOBTITLE")]),
        ("Cook-Manager", [(0, 12, "JOBTITLE")]),
        ("| nobody", []),
        ("", []),
    ],
)
def test_the_plain_function_cuts_at_the_first_sign(
    text: str, expected: list[tuple[int, int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "experiments/talk"))
    trust.name(["python:before_the_sign:titles"])
    function: Any = open_function("python:before_the_sign:titles")
    assert function(text) == expected


@dataclass(frozen=True)
class Table:
    slices: tuple[SimpleNamespace, ...]


def test_parts_that_are_named_by_where_texts_come_from_are_left_out() -> None:
    table = Table((SimpleNamespace(key="source"), SimpleNamespace(key="length")))
    assert tool.without_names(table) == replace(table, slices=table.slices[1:])


def test_runs_say_what_they_are_made_of() -> None:
    environment = {"processor": "A processor", "cores": 2}
    runs = [SimpleNamespace(cpu_seconds=90.0, environment=environment, commit=each) for each in ("a" * 40 + "+", None)]
    expected = "Made of 2 runs: 3 minutes of a processor for fitting; A processor, 2 cores; commit aaaaaaaa+.\n"
    assert tool.made_of(runs) == expected


def test_the_page_holds_the_marks_once() -> None:
    page = tool.PAGE.read_text(encoding="utf-8")
    assert [page.count(mark) for mark in (tool.BEGIN, tool.END)] == [1, 1]
