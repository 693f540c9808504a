"""What cannot be: input, models, folders and disks that do not do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.batch.tables import FIRST, annotated, in_this_process, written
from tests.cli.conftest import Ran
from textwright.batch import annotate_table
from textwright.errors import DataError, MissingExtraError, ModelError


@pytest.mark.parametrize(
    ("package", "ray", "extra"), [("daft", None, "batch"), ("pyarrow", None, "batch"), ("ray", "local", "ray")]
)
def test_a_missing_library_is_named_with_its_extra_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, ray: str | None, extra: str
) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"{package} is not installed.*textwright\[{extra}\]"):
        annotate_table(FIRST, source, tmp_path / "out", ray=ray)
    assert not (tmp_path / "out").exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    source = written(tmp_path / "a.csv", text=["one"])
    with pytest.raises(DataError, match=r"holds a\.csv and no run of batch"):
        annotated(source, tmp_path)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("no.csv", "no such file or folder"),
        ("*.csv", "no file that could be read"),
        ("a.txt", "batch reads parquet, csv, jsonl"),
        ("mixed", "holds csv and jsonl files"),
        ("s3:/nothing", "no such file"),
    ],
)
def test_input_that_cannot_be_read_is_refused(source: str, told: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.syspath_prepend(str(Path.cwd()))
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("a text")
    Path("mixed").mkdir()
    written(Path("mixed/a.csv"), text=["a"])
    written(Path("mixed/a.jsonl"), text=["a"])
    with pytest.raises(DataError, match=told):
        annotated(source, tmp_path / "out")


def test_a_model_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        annotated(written(tmp_path / "a.csv", text=["a"]), tmp_path / "out", model="no_such_model")


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    from textwright.batch.folder import Folder

    source = written(tmp_path / "a.csv", text=["one"])
    folder = Folder(tmp_path / "out")
    folder.prepare()
    with folder.locked(), pytest.raises(DataError, match=r"another textwright batch is at work in it$") as refused:
        annotated(source, tmp_path / "out")
    assert refused.value.__cause__ is None  # the command would print it


def test_no_workers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="0 workers: at least 1"):
        annotate_table(FIRST, written(tmp_path / "a.csv", text=["one"]), tmp_path / "out", workers=0)


def test_a_full_disk_is_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    source = written(tmp_path / "a.csv", text=["one"])
    monkeypatch.setattr("textwright.batch.write.write_rows", full)
    with pytest.raises(DataError, match=r"part-000000\.csv: cannot be written: No space left"):
        annotated(source, tmp_path / "out")
    monkeypatch.undo()
    monkeypatch.setattr("textwright.batch.run.hand_out", in_this_process)
    assert annotated(source, tmp_path / "out").rows == 1


def test_an_input_that_changes_meanwhile_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(tmp_path / "a.csv", text=["one"])

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        source.write_text("text\nanother\n")
        return in_this_process(*arguments, **options)

    monkeypatch.setattr("textwright.batch.run.hand_out", meanwhile)
    with pytest.raises(DataError, match=r"a\.csv: was changed while it was read"):
        annotated(source, tmp_path / "out")


def test_the_command_says_what_it_did(tmp_path: Path, run: Any) -> None:
    source = written(tmp_path / "a.csv", headline=["one", "x"])
    ran: Ran = run("batch", FIRST, source, "-o", tmp_path / "out", "--column", "headline")
    assert ran.status == 4
    assert ran.out == ""
    assert "1 row in 1 part" in ran.err
    assert "1 without an answer, in" in ran.err
    assert run("batch", FIRST, source, "-o", tmp_path / "other").status == 2
