from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest

from tests.project.ship.making import rules_project
from textwright.project.files import Project
from textwright.project.ship import work
from textwright.project.ship.work import Shipping


def test_what_takes_longer_is_told_and_what_was_asked_last_is_done_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going_on, asked = threading.Event(), []

    def slow(project: Project, method: str | None) -> None:
        asked.append(method)
        going_on.wait(60)

    monkeypatch.setattr(work, "ship", slow)
    shipping = Shipping(rules_project(tmp_path))
    shipping.begin("rules", seconds=0)
    assert shipping.state()["busy"]
    for method in ("another", "a third", None):
        shipping.begin(method, seconds=0)
    going_on.set()
    assert shipping._thread is not None
    shipping._thread.join(60)
    assert not shipping.busy
    assert asked in (["rules", None], [None])


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(project: Project, method: str | None) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(work, "ship", full)
    shipping = Shipping(rules_project(tmp_path))
    shipping.begin(None)
    assert shipping.fault == "the model cannot be written: No space left on device"
    monkeypatch.undo()
    shipping.begin(None)
    assert shipping.state()["fault"] is None
    assert shipping.state()["ready"]


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    (project.folder / ".model-abc/model").mkdir(parents=True)
    Shipping(project).begin(None)
    assert not list(project.folder.glob(".model-*"))
    assert (project.model / "config.json").is_file()
