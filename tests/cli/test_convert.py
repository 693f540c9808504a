"""`textwright convert`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from textwright.cli.convert import convert
from textwright.errors import DataError, LossError

LINE = '{"id": "t-1", "text": "Senior Nurse", "spans": [{"start": 0, "end": 6, "label": "LEVEL"}]}\n'


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(LINE)
    return path


def test_a_file_is_converted_by_its_content_and_the_ending_of_the_other(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    convert(gold, tmp_path / "out.json")
    convert(tmp_path / "out.json", tmp_path / "back.jsonl")
    assert (tmp_path / "back.jsonl").read_text() == LINE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"1 example from {gold} (jsonl) to {tmp_path / 'out.json'} (label_studio)\n" in captured.err


def test_named_formats_win(gold: Path, tmp_path: Path) -> None:
    convert(gold, tmp_path / "out.jsonl", from_format="jsonl", to_format="doccano")
    assert json.loads((tmp_path / "out.jsonl").read_text())["label"] == [[0, 6, "LEVEL"]]


def test_loss_is_refused_and_told_when_allowed(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.txt"
    with pytest.raises(LossError, match="lines cannot hold 1 spans"):
        convert(gold, out)
    assert not out.exists()
    convert(gold, out, lossy=True)
    assert "; lost: 1 spans\n" in capsys.readouterr().err


def test_rejected_records_are_shown_and_the_rest_converted(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold.write_text(LINE + "oops\n" * 12)
    with pytest.raises(typer.Exit) as caught:
        convert(gold, tmp_path / "out.json")
    assert caught.value.exit_code == 4
    told = capsys.readouterr().err
    assert f"rejected: {gold}:2: not JSON" in told
    assert told.count("rejected: ") == 11
    assert "rejected: 2 more like these" in told
    assert "1 example from" in told


def test_rejected_records_go_to_their_file(gold: Path, tmp_path: Path) -> None:
    gold.write_text(LINE + "oops\n")
    with pytest.raises(typer.Exit):
        convert(gold, tmp_path / "out.json", reject=tmp_path / "bad.jsonl")
    found = json.loads((tmp_path / "bad.jsonl").read_text())
    assert (found["line"], found["text"]) == (2, "oops")
    assert found["reason"].startswith("not JSON")


def test_the_file_of_rejected_records_must_be_its_own(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="need a file of their own"):
        convert(gold, tmp_path / "out.json", reject=gold)
    assert gold.read_text() == LINE


def test_a_table_keeps_the_order_of_its_columns(tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text("company,headline\nNHS,Nurse\n")
    convert(tmp_path / "jobs.csv", tmp_path / "out.tsv", column="headline")
    assert (tmp_path / "out.tsv").read_text() == "company\theadline\nNHS\tNurse\n"


def test_edge_white_space_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "t", "text": "Nurse ", "label": [[0, 6, "JOB"]]}\n')
    convert(tmp_path / "a.jsonl", tmp_path / "out.json")
    assert "warning: t: JOB [0, 6) begins or ends with white space; [0, 5) would not" in capsys.readouterr().err


def test_lines_in_windows_1252_keep_their_accents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes("Zürich – £500\nCafé\nKöln\n".encode("cp1252"))
    convert(tmp_path / "a.txt", tmp_path / "b.jsonl")
    assert json.loads((tmp_path / "b.jsonl").read_text("utf-8").splitlines()[0])["text"] == "Zürich – £500"
    assert "a.txt: not UTF-8 near byte 1: read as Windows-1252" in capsys.readouterr().err


def test_one_rejected_record_is_one(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold.write_text(LINE + LINE.replace("t-1", "t-2") + "oops\n")
    with pytest.raises(typer.Exit):
        convert(gold, tmp_path / "out.json")
    told = capsys.readouterr().err
    assert "2 examples from" in told
    assert told.endswith("; 1 record rejected\n")
