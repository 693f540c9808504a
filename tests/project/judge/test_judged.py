from __future__ import annotations

import json
from pathlib import Path

import pytest

from textwright.project import open_project
from textwright.project.judge.judged import (
    FILE,
    Behind,
    Forecast,
    Judged,
    Marks,
    Method,
    Score,
    judged,
    write_judged,
)

FORECAST = Forecast("linear", 60, 36, 0.8, 0.9, 0.85, 0.95, 600.0)


def found(folder: Path) -> Judged:
    network = Method(
        "network", "The network", "network-0-1", f"{folder}/runs/network-0-1/model/", 0.9, 0.7, 0.97, 20, 1000, 0.5,
        True, {"TOWN": Score(0.9, 0.7, 0.97, 12)}, None, Marks(0.9, 0.8),
    )  # fmt: skip
    prompt = Method(
        "prompt", "Your prompt", "prompt-0-1", f"prompt:{folder}/runs/prompt-0-1/model/p.toml", 0.8, 0.6, 0.9, 20, None,
        None, False, {}, Behind(0.1, False, 130),
    )  # fmt: skip
    return Judged(
        "key", "whole_text", 20, 60, (prompt, network), {"linear": "memory ran out"}, ("rules",), ("DAY",), 2,
        {"job_titles": "nobody can see"}, ({"id": "a", "text": "b"},), FORECAST,
    )  # fmt: skip


def test_all_comes_back_and_a_project_can_be_moved(tmp_path: Path) -> None:
    project = open_project(tmp_path / "here.textwright")
    write_judged(project.folder, found(project.folder))
    assert judged(project) == found(project.folder)
    moved = project.folder.rename(tmp_path / "there.textwright")
    assert judged(open_project(moved)) == found(moved)


def test_best_that_can_be_taken_along_is_another_than_the_best(tmp_path: Path) -> None:
    each = found(tmp_path)
    assert (each.best and each.best.name, each.best_shippable and each.best_shippable.name) == ("prompt", "network")
    assert each.method("network") == each.methods[1]
    assert each.method("none") is None


@pytest.mark.parametrize("damage", [None, "", "[]", "{}", '{"version": 2}', '{"version": 1, "methods": [{}]}', "\x00"])
def test_what_cannot_be_read_is_as_if_nothing_was_judged(tmp_path: Path, damage: str | None) -> None:
    project = open_project(tmp_path / "here.textwright")
    if damage is not None:
        (project.folder / FILE).write_text(damage, encoding="utf-8")
    assert judged(project) is None


def test_the_file_names_nothing_outside_of_the_project(tmp_path: Path) -> None:
    project = open_project(tmp_path / "here.textwright")
    write_judged(project.folder, found(project.folder))
    written = (project.folder / FILE).read_text(encoding="utf-8")
    assert str(tmp_path) not in written
    assert json.loads(written)["version"] == 1
