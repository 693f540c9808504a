"""Runs are planned in an order in which they can be made, and judgements are known by what changes them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.experiment.file.plans import edit, made, plan
from textwright.errors import DataError
from textwright.experiment.file import judgement_key, open_data, planned, read_experiment


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return made(tmp_path)


def test_runs_stand_after_those_they_need_and_else_in_the_files_order(place: Path) -> None:
    names = list(dict.fromkeys(name for name, _ in plan(place)))
    assert names[:5] == ["big", "distilled", "small", "folder", "both"]
    assert names[5:] == ["pack", "prompt", "prompt file", "cascade file", "peer", "function", "tuned", "served"]


def test_what_learns_has_a_run_for_each_seed(place: Path) -> None:
    seeds: dict[str, list[int]] = {}
    for name, seed in plan(place):
        seeds.setdefault(name, []).append(seed)
    assert {name for name, each in seeds.items() if each == [0, 1]} == {"distilled", "big", "peer", "tuned"}
    assert all(each == [0] for name, each in seeds.items() if name in ("small", "both", "pack", "prompt"))


def test_needed_run_is_that_of_the_same_seed_else_the_first(place: Path) -> None:
    runs = plan(place)
    assert runs["distilled", 1].needs == {"big": runs["big", 1].run_id}
    assert runs["small", 0].needs == {"big": runs["big", 0].run_id}
    edit(place, "experiment.toml", "epochs = 2", "epochs = 2\nseeds = [5, 1]")
    runs = plan(place)
    assert runs["small", 0].needs == {"big": runs["big", 5].run_id}
    assert runs["distilled", 1].needs == {"big": runs["big", 1].run_id}


def test_run_is_called_by_name_seed_and_key(place: Path) -> None:
    run = plan(place)["prompt file", 0]
    assert run.run_id == f"prompt-file-0-{run.key[:8]}"


@pytest.mark.parametrize("name", ["folder", "peers", "plain.py", "ask.md", "answers.jsonl", "ask.toml", "steps.toml"])
def test_what_is_not_there_is_said_with_the_method(place: Path, name: str) -> None:
    gone = place / name
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    with pytest.raises(DataError, match=r"experiment\.toml: method '[a-z ]+'"):
        plan(place)


def test_cascade_file_that_asks_itself_is_refused(place: Path) -> None:
    edit(place, "steps.toml", "prompt:ask.toml", "cascade:steps.toml")
    with pytest.raises(DataError, match=r"method 'cascade file': .*cascades in cascades"):
        plan(place)


# --- judgements -----------------------------------------------------------------------------


def test_judgement_is_known_by_all_that_changes_it(place: Path) -> None:
    experiment = read_experiment(place)
    data = open_data(experiment)
    run, test = planned(experiment, data)[0], data["test"]
    schema = read_experiment(_with_schema(place)).schema
    others = [
        judgement_key(replace(run, key="other"), test, experiment, "python"),
        judgement_key(run, data["dev"], experiment, "python"),
        judgement_key(run, test, replace(experiment, labels=("LOCATION",)), "python"),
        judgement_key(run, test, replace(experiment, slice_by=()), "python"),
        judgement_key(run, test, replace(experiment, schema=schema), "python"),
        judgement_key(run, test, experiment, "node"),
    ]
    first = judgement_key(run, test, experiment, "python")
    assert len({first, *others}) == 7
    same = replace(experiment, name="other", measure="exact:LOCATION", runtimes=("node",), methods=())
    assert judgement_key(replace(run, run_id="other", seed=9), test, same, "python") == first


def _with_schema(place: Path) -> Path:
    edit(place, "experiment.toml", 'name = "titles"', 'schema = "job_titles"')
    return place
