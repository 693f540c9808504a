from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from tests.evaluate.fakes import Known, dataset, spans
from textwright.cli import main
from textwright.cli.compare import compare
from textwright.cli.evaluate import evaluate
from textwright.cli.leaks import leaks
from textwright.errors import DataError

GOLD = {"Senior Nurse": spans((0, 12, "JOB"), (0, 6, "LEVEL")), "Nurse": spans((0, 5, "JOB"))}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    dataset(GOLD, domain="care").write(path)
    return path


@pytest.fixture(autouse=True)
def models() -> Iterator[None]:
    module = ModuleType("evaluated_models")
    module.__dict__.update(
        good=Known(GOLD), bad=Known({text: spans() for text in GOLD}), failing=Known({"Nurse": GOLD["Nurse"]})
    )
    sys.modules["evaluated_models"] = module
    yield
    del sys.modules["evaluated_models"]


GOOD, BAD, FAILING = (f"python:evaluated_models:{name}" for name in ("good", "bad", "failing"))


def test_evaluate_prints_tables_and_writes_files(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    json_file, html_file = data.with_name("r.json"), data.with_name("r.html")
    evaluate(BAD, data, json_file=json_file, html_file=html_file, slice_by=["domain"])
    printed = capsys.readouterr()
    assert "Exact match" in printed.out
    assert "By domain" in printed.out
    assert printed.err.splitlines() == [f"wrote {json_file}", f"wrote {html_file}"]
    assert json.loads(json_file.read_text())["exact"]["LEVEL"]["accuracy"] == 0.5
    assert html_file.read_text().startswith("<!doctype html>")


def test_evaluate_says_by_its_status_that_texts_have_no_answer(data: Path) -> None:
    with pytest.raises(typer.Exit) as stopped:
        evaluate(FAILING, data)
    assert stopped.value.exit_code == 4


def test_evaluate_refuses_a_place_to_write_before_it_works(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DataError, match="does not exist"):
        evaluate("no such model", data, html_file=Path("/no/such/folder/r.html"))
    assert capsys.readouterr().out == ""


def test_labels_are_read_with_commas(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evaluate(GOOD, data, labels=["LEVEL"])
    assert "Not scored: JOB." in capsys.readouterr().out
    evaluate(GOOD, data, labels=["LEVEL,JOB"])
    assert "Not scored" not in capsys.readouterr().out


def test_labels_may_be_named_one_by_one(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(data.parent)
    for command in (["evaluate", GOOD, data.name], ["compare", GOOD, BAD, "--data", data.name]):
        file = Path("r.json")
        assert main([*command, "--labels", "JOB", "--labels", "LEVEL", "--json", str(file)]) == 0
        found = json.loads(file.read_text())
        assert found.get("reports", [found])[0]["dataset"]["labels"] == ["JOB", "LEVEL"]
    assert "Not scored" not in capsys.readouterr().out


def test_compare_prints_figures_and_words(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    json_file = data.with_name("c.json")
    compare([GOOD, BAD], data, json_file=json_file, html_file=data.with_name("c.html"))
    printed = capsys.readouterr().out
    assert "Side by side" in printed
    assert "cannot be told apart" in printed
    assert len(json.loads(json_file.read_text())["pairs"]) == 3


def test_compare_wants_two_models(data: Path) -> None:
    with pytest.raises(DataError, match="expected two or more"):
        compare([GOOD], data)


def test_leaks_prints_a_line_each_and_the_summary_apart(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = data.with_name("other.jsonl")
    dataset({"SENIOR NURSE!": spans(), "Pilot": spans()}).write(other)
    leaks(data, other)
    printed = capsys.readouterr()
    assert [json.loads(line) for line in printed.out.splitlines()] == [
        {
            "id_a": "t0",
            "id_b": "t0",
            "kind": "same",
            "similarity": 1.0,
            "text_a": "Senior Nurse",
            "text_b": "SENIOR NURSE!",
        }
    ]
    assert printed.err == "found 1 same and 0 near-same of 2 texts\n"


@pytest.mark.parametrize("option", ["json_file", "html_file"])
def test_a_report_is_not_written_over_the_gold_that_it_judges(data: Path, option: str) -> None:
    before = data.read_bytes()
    same: dict[str, Any] = {option: data}
    for command in (lambda: evaluate("no such model", data, **same), lambda: compare(["no", "such"], data, **same)):
        with pytest.raises(DataError, match=r"gold\.jsonl: is the file that is read\. Name another"):
            command()
    assert data.read_bytes() == before


def test_two_results_are_not_written_into_one_file(data: Path) -> None:
    twice = data.with_name("r.json")
    for command in (
        lambda: evaluate("no such model", data, json_file=twice, html_file=twice),
        lambda: compare(["no", "such"], data, json_file=twice, html_file=twice),
    ):
        with pytest.raises(DataError, match=r"r\.json: two results need a file each"):
            command()
    assert not twice.exists()


def test_leaks_are_printed_in_their_own_letters(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset({"Zürich – £500": spans()}).write(data)
    leaks(data, data)
    assert '"text_a": "Zürich – £500"' in capsys.readouterr().out
