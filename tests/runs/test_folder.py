"""Runs on disk: read as they were written, found by their id, whole or told."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from textwright.errors import DataError, ModelError
from textwright.runs import (
    Judgement,
    Run,
    answers_of,
    find_run,
    make_runs_folder,
    read_run,
    read_runs,
    reference_of,
    write_judgement,
    write_not_judged,
    write_run,
)

RUN = Run(
    id="rules-0-1a2b3c4d",
    experiment="titles",
    method="rules",
    kind="model",
    seed=0,
    key="1a2b3c4d",
    settings={"model": "job_titles.rules"},
    data={},
    needs={},
    model="job_titles.rules",
    size_bytes=7,
    began="2026-01-01T00:00:00+00:00",
    seconds=1.5,
    cpu_seconds=1.0,
    environment={"python": "3.11"},
)
JUDGED = Judgement("test", "python", "key", {"ids": ["a", "b"]}, ("board", None), parts={"length": ["1", "2"]})
# A sign that Python's own splitlines takes for the end of a line.
ODD = "Nurse\u2028York"
LINES: list[dict[str, Any]] = [
    {"id": "a", "text": ODD, "spans": [{"start": 0, "end": 5, "label": "TITLE"}]},
    {"id": "b", "text": "Chef", "error": "no answer"},
]


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = tmp_path / RUN.id
    write_run(RUN, folder)
    write_judgement(JUDGED, LINES, folder)
    found = read_run(folder)
    assert found == replace(RUN, judgements=(JUDGED,), folder=folder)
    answers = answers_of(found, "test")
    assert [each and [span.label for span in each.spans or ()] for each in answers] == [["TITLE"], None]


def test_why_there_is_no_judgement_stands_until_there_is_one(tmp_path: Path) -> None:
    write_run(RUN, tmp_path)
    write_judgement(JUDGED, LINES, tmp_path)
    write_not_judged("test", "python", "the server is down", tmp_path)
    found = read_run(tmp_path)
    assert (found.judgements, found.not_judged) == ((), {"test.python": "the server is down"})
    write_judgement(JUDGED, LINES, tmp_path)
    assert read_run(tmp_path).not_judged == {}


def test_runs_are_read_from_the_oldest_on_and_half_made_ones_passed_over(tmp_path: Path) -> None:
    later = replace(RUN, id="network-0-5e6f7a8b", began="2026-01-02T00:00:00+00:00")
    for run, place in ((later, later.id), (RUN, RUN.id), (RUN, f".{RUN.id}.part")):
        write_run(run, tmp_path / place)
    assert [run.id for run in read_runs(tmp_path)] == [RUN.id, later.id]
    assert read_runs(tmp_path / "nothing") == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is no JSON"),
        ("[]", "found list, expected an object"),
        ("{}", "the key 'id' is missing"),
        (json.dumps({**RUN.to_data(), "colour": "red"}), "the key 'colour' is unknown"),
    ],
)
def test_a_damaged_record_is_told(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "run.json").write_text(content)
    with pytest.raises(DataError, match=reason):
        read_run(tmp_path)


def test_a_run_is_found_above_and_below(tmp_path: Path) -> None:
    folder = tmp_path / "titles" / "runs" / RUN.id
    write_run(RUN, folder)
    (tmp_path / "titles" / "deep").mkdir()
    assert {find_run(RUN.id, tmp_path / start) for start in ("", "titles", "titles/deep", "titles/runs")} == {folder}
    write_run(RUN, tmp_path / "other" / "runs" / RUN.id)
    with pytest.raises(ModelError, match=r"2 runs have this id: .*Name the folder"):
        find_run(RUN.id, tmp_path)
    with pytest.raises(ModelError, match="no run has this id"):
        find_run("none-0-00000000", tmp_path)


@pytest.mark.parametrize(
    ("model", "reference"),
    [
        ("job_titles.rules", "job_titles.rules"),
        ("http://127.0.0.1/v1/models/x", "http://127.0.0.1/v1/models/x"),
        ("/whole/path/", "/whole/path/"),
        ("model/", "FOLDER/model/"),
        ("prompt:model/prompt.toml", "prompt:FOLDER/model/prompt.toml"),
        ("cascade:model/cascade.toml", "cascade:FOLDER/model/cascade.toml"),
        ("function:python:mine:titles", "run:FOLDER"),
        ("python:mine:MODEL", "run:FOLDER"),
    ],
)
def test_a_model_is_named_from_wherever_one_stands(tmp_path: Path, model: str, reference: str) -> None:
    run = replace(RUN, model=model, folder=tmp_path)
    assert reference_of(run) == reference.replace("FOLDER", str(tmp_path))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DataError, match="cannot be made: Permission denied"):
        make_runs_folder(tmp_path / "runs")
