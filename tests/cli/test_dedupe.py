from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

LINES = ["Night Nurse in Leeds General Infirmary", "Chef", "chef!", "Night Nurses in Leeds General Infirmary", "Baker"]


@pytest.fixture
def titles(tmp_path: Path) -> Path:
    path = tmp_path / "titles.txt"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


def test_lines_come_out_of_lines(run: Run, titles: Path) -> None:
    ran = run("dedupe", titles)
    assert (ran.status, ran.out.splitlines()) == (0, [LINES[0], "Chef", "Baker"])
    assert "kept 3 of 5 texts; took out 1 the same and 1 near" in ran.err


def test_only_the_same_go_at_one(run: Run, titles: Path) -> None:
    assert run("dedupe", titles, "--near", 1).out.splitlines() == [*LINES[:2], *LINES[3:]]


def test_the_report_says_what_went_with_whom(run: Run, titles: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert run("dedupe", titles, "-o", tmp_path / "out.jsonl", "--json", report).status == 0
    data = json.loads(report.read_text(encoding="utf-8"))
    assert (data["texts"], data["kept"]) == (5, 3)
    assert [(each["text"], each["kept_text"]) for each in data["taken"]] == [("chef!", "Chef"), (LINES[3], LINES[0])]
    assert data["taken"][0]["similarity"] == 1 > data["taken"][1]["similarity"] >= 0.8
    kept = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {each["kept_id"] for each in data["taken"]} <= {each["id"] for each in kept}


def test_the_annotated_one_is_kept_with_all_that_it_has(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    gold = {"id": "b", "text": "chef", "spans": [{"start": 0, "end": 4, "label": "JOB"}], "meta": {"n": 1}, "own": 2}
    path.write_text("\n".join(map(json.dumps, [{"id": "a", "text": "Chef!"}, gold, {"id": "c", "text": "Cook"}])))
    ran = run("dedupe", path)
    assert [json.loads(line) for line in ran.out.splitlines()] == [gold, {"id": "c", "text": "Cook"}]


def test_a_table_keeps_its_columns_in_order(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "jobs.csv", tmp_path / "out.csv"
    path.write_text("ref,headline,town\n1,Chef,Bath\n2,chef!,Hove\n3,Baker,Ayr\n", encoding="utf-8")
    assert run("dedupe", path, "--column", "headline", "-o", out).status == 0
    header, *rows = out.read_text(encoding="utf-8").splitlines()
    assert [name for name in header.split(",") if name in ("ref", "headline", "town")] == ["ref", "headline", "town"]
    assert len(rows) == 2


def test_a_table_keeps_its_delimiter(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "jobs.csv", tmp_path / "out.csv"
    path.write_text("ref;text\n1;Chef, Bath\n2;Chef, Bath\n", encoding="utf-8")
    assert run("dedupe", path, "-o", out).status == 0
    assert out.read_text(encoding="utf-8") == "ref;text\n1;Chef, Bath\n"


def test_standard_input_is_read(fed: Run) -> None:
    ran = fed("dedupe", "-", given=b"Chef\nBaker\nCHEF\n")
    assert (ran.status, ran.out) == (0, "Chef\nBaker\n")


def test_lines_that_cannot_be_read_are_told(fed: Run) -> None:
    ran = fed("dedupe", "-", given=b"Chef\nB\xff\n")
    assert (ran.status, ran.out) == (4, "Chef\n")
    assert "standard input:2: left out: not UTF-8" in ran.err


def test_nothing_comes_out_of_nothing(fed: Run) -> None:
    ran = fed("dedupe", "-", given=b"")
    assert (ran.status, ran.out) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no.txt"], "no.txt: no such file"),
        (["titles.txt", "--near", "0"], "near is 0.0, must be above 0 and at most 1"),
        (["titles.txt", "-o", "a.jsonl", "--json", "a.jsonl"], "two results need a file each"),
        (["titles.txt", "-o", "titles.txt"], "titles.txt: is the file that is read"),
        (["titles.txt", "-o", "a.jsonl", "--json", "./titles.txt"], "titles.txt: is the file that is read"),
        (["titles.txt", "-o", "nowhere/a.jsonl"], "the folder nowhere does not exist"),
    ],
)
def test_mistakes_are_told_in_a_line(
    run: Run, titles: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(titles.parent)
    before = titles.read_bytes()
    ran = run("dedupe", *arguments)
    assert (ran.status, ran.out, titles.read_bytes()) == (2, "", before)
    assert said in ran.err
