"""A run goes on where it was, and another is kept out of its folder."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from tests.batch.tables import FIRST, annotated, files_of, rejects_of, rows_of, written
from tests.cli.conftest import Ran
from textwright.cli import main
from textwright.errors import DataError


def test_a_run_that_lost_parts_makes_those_again(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=[f"word {i}" for i in range(9)] + ["x"])
    annotated(source, tmp_path / "whole", rows_per_part=2)
    annotated(source, tmp_path / "out", rows_per_part=2)
    (tmp_path / "out/.batch/done/000002.json").unlink()
    (tmp_path / "out/.batch/done/000004.json").unlink()
    (tmp_path / "out/part-000002.csv").unlink()
    (tmp_path / "out/.part-000004.1234.csv").write_text("half a pa")
    done = annotated(source, tmp_path / "out", rows_per_part=2)
    assert (done.before, done.rows, done.rejected) == (3, 9, 1)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
    assert not (tmp_path / "out/.part-000004.1234.csv").exists()


def test_a_part_that_is_gone_or_cut_short_is_made_again(tmp_path: Path) -> None:
    said: list[str] = []
    source = written(tmp_path / "a.csv", text=[f"word {i}" for i in range(9)] + ["x"])
    annotated(source, tmp_path / "out", rows_per_part=2)
    whole = files_of(tmp_path / "out")
    (tmp_path / "out/part-000001.csv").unlink()
    (tmp_path / "out/part-000002.csv").write_bytes(whole["part-000002.csv"][:-3])
    (tmp_path / "out/rejects/part-000004.jsonl").unlink()
    done = annotated(source, tmp_path / "out", tell=said.append, rows_per_part=2)
    assert (done.before, done.rows, done.rejected) == (2, 9, 1)
    assert files_of(tmp_path / "out") == whole
    assert said == ["made again: 3 parts whose files are gone or cut short"]


def test_an_earlier_try_leaves_no_reject_of_a_row_that_has_an_answer(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out")
    (tmp_path / "out/rejects").mkdir()
    (tmp_path / "out/rejects/part-000000.jsonl").write_text("{}\n")
    annotated(source, tmp_path / "out")
    assert rejects_of(tmp_path / "out") == []


def test_a_run_that_was_done_can_begin_anew_without_its_notes(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out")
    rmtree(tmp_path / "out/.batch")
    with pytest.raises(DataError, match=r"holds a run that was done, without its \.batch.* begin anew with --again"):
        annotated(source, tmp_path / "out")
    assert annotated(source, tmp_path / "out", again=True).before == 0


def test_a_run_that_is_stopped_says_that_it_goes_on(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    ended: list[bool] = []
    monkeypatch.setattr("textwright.batch.run.hand_out", stopped)
    monkeypatch.setattr("textwright.cli.batch.end_at_once", lambda: ended.append(True))
    ran: Ran = run("batch", FIRST, written(tmp_path / "a.csv", text=["one"]), "-o", tmp_path / "out")
    assert (ran.status, ended) == (130, [True])
    assert "textwright: stopped. The same command goes on where it was" in ran.err


def test_a_finished_run_is_told_again(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one", "x"])
    first = annotated(source, tmp_path / "out")
    manifest = (tmp_path / "out/manifest.json").read_text()
    again = annotated(source, tmp_path / "out")
    assert (again.rows, again.rejected, again.before) == (first.rows, first.rejected, 1)
    assert (tmp_path / "out/manifest.json").read_text() == manifest


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"model": "python:tests.batch.models:Slow"}, "the model was python:tests.batch.models:First"),
        ({"rows_per_part": 5}, "rows_per_part was 50000, now 5"),
        ({"format": "jsonl"}, "format was None, now 'jsonl'"),
    ],
)
def test_another_run_is_not_mixed_with_the_one_that_is_there(change: Any, told: str, tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out")
    before = files_of(tmp_path / "out")
    with pytest.raises(DataError, match=told):
        annotated(source, tmp_path / "out", **change)
    assert files_of(tmp_path / "out") == before
    assert annotated(source, tmp_path / "out", again=True, **change).before == 0


def test_a_changed_input_is_noticed(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out")
    written(source, text=["two"])
    with pytest.raises(
        DataError, match=r"a\.csv was changed\. Name another folder with -o, or begin anew with --again"
    ):
        annotated(source, tmp_path / "out")
    annotated(source, tmp_path / "out", again=True)
    assert [row["text"] for row in rows_of(tmp_path / "out")] == ["two"]


def test_a_changed_model_is_noticed(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    main(["rules", "new", str(rules)])
    source = written(tmp_path / "a.csv", text=["one"])
    annotated(source, tmp_path / "out", model=f"{rules}/")
    config = next(each for each in sorted(rules.rglob("*.txt")))
    config.write_text(config.read_text() + "\nwelder\n")
    with pytest.raises(DataError, match=r"the model .* was changed since"):
        annotated(source, tmp_path / "out", model=f"{rules}/")


def test_beginning_anew_takes_away_nothing_but_parts(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one", "x"])
    annotated(source, tmp_path / "out")
    (tmp_path / "out/part-of.speech.csv").write_text("mine")
    annotated(source, tmp_path / "out", again=True, format="jsonl")
    assert (tmp_path / "out/part-of.speech.csv").read_text() == "mine"
    assert not (tmp_path / "out/part-000000.csv").exists()
