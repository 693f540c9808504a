"""The sample experiment: what its file names is there, nothing leaks, and its texts are made as it says."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from textwright.experiment.file import checked, open_data, planned, read_experiment
from textwright.schema import Schema

EXAMPLE = Path(__file__).parents[3] / "examples/experiment"


def module(name: str) -> ModuleType:
    """Load a module of the example."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_example_is_ready_to_run() -> None:
    experiment = read_experiment(EXAMPLE)
    data, checks = checked(experiment, open_data(experiment))
    assert {name: len(each) for name, each in data.items()} == {"test": 88, "dev": 22, "train": 90}
    assert [each for each in checks.found if each.same] == []
    assert not {each.meta["source"] for each in data["test"]} & {each.meta["source"] for each in data["train"]}
    runs = planned(experiment, data)
    assert [run.method.name for run in runs] == ["split", "rules", "plain function", "linear"]


def test_its_texts_are_those_that_its_script_makes() -> None:
    written = (EXAMPLE / "titles.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line) for line in written.splitlines()] == list(module("make_titles").lines())


def test_its_annotations_keep_the_rules_of_their_schema() -> None:
    experiment = read_experiment(EXAMPLE)
    schema = experiment.schema
    assert isinstance(schema, Schema)
    for each in open_data(experiment).values():
        assert [fault for example in each for fault in schema.problems(example.text, example.gold)] == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Senior Plumber - Leeds", [(0, 14, "JOBTITLE"), (0, 6, "SENIORITY")]),
        ("Leeds - Plumber", [(8, 15, "JOBTITLE")]),
        ("Plumber | temporary", [(10, 19, "JOBTITLE")]),
        ("", []),
    ],
)
def test_its_function_marks_the_longest_piece(text: str, spans: list[tuple[int, int, str]]) -> None:
    assert module("longest_piece").titles(text) == spans
