"""Workers and the command itself are killed: every row is there, once. `make verify` kills more often."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.batch.killing import begun, finished, table, whole
from tests.batch.tables import files_of


def test_a_worker_that_dies_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = table(tmp_path / "table.csv", 60)
    monkeypatch.setenv("TEXTWRIGHT_TEST_DIED", str(tmp_path / "died"))
    said = finished("Dies", source, tmp_path / "out")
    assert (tmp_path / "died").exists()
    assert said.splitlines()[0] == "textwright: a worker ended unexpectedly; its task is made again"
    assert files_of(tmp_path / "out") == whole(source, tmp_path / "whole", monkeypatch)


def test_a_run_that_was_killed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = table(tmp_path / "table.csv", 200), tmp_path / "out"
    with begun("Slow", source, out) as run:
        while len(list(out.glob("part-*"))) < 4:
            time.sleep(0.01)
        run.kill()
    kept = len(list((out / ".batch/done").glob("[0-9]*.json")))
    assert 0 < kept < 20
    assert "of them from before" in finished("Slow", source, out)
    assert files_of(out) == whole(source, tmp_path / "whole", monkeypatch)


def test_workers_end_with_the_command(tmp_path: Path) -> None:
    source, out = table(tmp_path / "table.csv", 9000), tmp_path / "out"
    with begun("Slow", source, out, rows_per_part=9000) as run:
        while not (note := out / ".batch/begun/000000").is_file() or not note.read_text():
            time.sleep(0.01)
        worker = int(note.read_text().split()[1])
        run.kill()
    while Path(f"/proc/{worker}").exists():
        time.sleep(0.05)
    assert list(out.glob("part-*")) == []
