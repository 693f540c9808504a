"""A plain function in an experiment: judged by what it speaks of, beside models that learn, whatever it raises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.experiment.running.world import experiment_in, ran
from textwright.references import open_model

RAISES = """

def one(text):
    if "York" in text:
        raise ValueError("\\ud800 half\\u2028a character")
    if "Bath" in text:
        raise SystemExit(3)
    if "Hove" in text:
        raise BaseException("odd")
    return [(0, 1, "TITLE")]
"""
FUNCTION = '[[method]]\nname = "function"\nfunction = "python:words_of_{key}:one"\n'
LEARNS = '[[method]]\nname = "two words"\nfit = "python:words_of_{key}:fit"\n'
CASCADE = '[[method]]\nname = "both"\ncascade = ["function", "two words"]\npass_on = "empty"\n'


def without(file: Path, line: str) -> None:
    """Take a line of the experiment away."""
    assert line in file.read_text()
    file.write_text(file.read_text().replace(f"{line}\n", ""))


def with_tones(folder: Path) -> None:
    """Annotate the test with a task that the function says nothing of; the schema has it."""
    path, schema = folder / "test.jsonl", json.loads((folder / "schema.json").read_text())
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    toned = [{**line, "categories": [{"task": "tone", "label": "calm"}]} for line in lines]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in toned))
    schema["tasks"] = {"tone": {"labels": {"calm": {}}}}
    (folder / "schema.json").write_text(json.dumps(schema))


@pytest.mark.parametrize("closed", [True, False])
def test_a_layer_that_a_function_says_nothing_of_is_left_out(tmp_path: Path, closed: bool) -> None:
    file = experiment_in(tmp_path, FUNCTION)
    with_tones(tmp_path)
    without(file, 'labels = ["TITLE"]')
    if not closed:
        without(file, 'schema = "schema.json"')
    [run], watcher = ran(file)
    assert watcher.failed == {}
    dataset = run.judgements[0].report["dataset"]
    assert (dataset["tasks"], dataset["not_scored"]) == ([], ["tone"])
    assert "TITLE" in dataset["labels"]


def test_a_cascade_of_a_function_and_a_model_that_learns_needs_no_schema(tmp_path: Path) -> None:
    file = experiment_in(tmp_path, FUNCTION + LEARNS + CASCADE)
    without(file, 'schema = "schema.json"')
    runs, watcher = ran(file)
    assert watcher.failed == {}
    made = next(run for run in runs if run.method == "both")
    assert made.judged("test")
    schema = open_model(f"run:{made.folder}").schema
    assert schema.open
    assert "TITLE" in schema.spans


def test_steps_that_do_not_fit_are_called_by_their_methods_names(tmp_path: Path) -> None:
    pack = '[[method]]\nname = "a pack"\nmodel = "job_titles.split"\n'
    file = experiment_in(tmp_path, pack + LEARNS + CASCADE.replace('"function"', '"a pack"'))
    runs, _ = ran(file)
    failed = str(next(run for run in runs if run.method == "both").failed)
    assert failed.startswith("both: a pack and two words do not have the same labels; they differ in ")


def test_whatever_a_function_raises_costs_one_text(tmp_path: Path) -> None:
    file = experiment_in(tmp_path, FUNCTION)
    module = next(tmp_path.glob("words_of_*.py"))
    module.write_text(module.read_text() + RAISES)
    [run], watcher = ran(file)
    assert watcher.failed == {}
    lines = [json.loads(line) for line in (run.folder / "judged/test.python.jsonl").read_text().split("\n")[:-1]]
    said = {line["text"].split(" - ")[1]: line.get("error", "")[:24] for line in lines}
    raised = {"York": "ValueError: \\ud800 half\u2028", "Bath": "SystemExit: 3 (", "Hove": "BaseException: odd ("}
    assert said.keys() >= raised.keys()
    for town, error in said.items():
        assert error.startswith(raised[town]) if town in raised else error == ""
