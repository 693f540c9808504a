"""`textwright check`: findings with their places, repaired files, and an exit status for continuous integration."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Ran, Run


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines_of(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def rules_of(ran: Ran) -> list[list[str]]:
    return [[finding["rule"] for finding in line["findings"]] for line in lines_of(ran)]


def test_each_line_gets_its_findings_and_the_repaired_text(run: Run) -> None:
    ran = run("check", write("a.txt", "Staff  Nurse\nUX Designer / UI Developer\nHead of Design\n"))
    assert ran.status == 0
    assert rules_of(ran) == [["double_space"], ["two_jobs"], []]
    first = lines_of(ran)[0]
    assert first["repaired"] == "Staff Nurse"
    [finding] = first["findings"]
    assert {key: finding[key] for key in ("start", "end", "severity")} == {"start": 5, "end": 7, "severity": "warning"}
    assert finding["repairs"][0] == {"start": 5, "end": 7, "text": " ", "safe": True}
    assert ran.err.startswith("3 texts in ")
    assert "something in 2: double_space 1, two_jobs 1" in ran.err


def test_without_a_model_nothing_is_said_of_jobs_but_spans_of_the_file_count(run: Run) -> None:
    lines = '{"text": "Nothing at all"}\n{"text": "Nothing at all", "spans": []}\n'
    assert rules_of(run("check", write("a.jsonl", lines), "--model", "none")) == [[], ["no_job"]]


def test_rules_can_be_chosen(run: Run) -> None:
    file = write("a.txt", "STAFF  NURSE £££")
    assert rules_of(run("check", file, "--rules", "shouting, masked_pay")) == [["shouting", "masked_pay"]]
    assert rules_of(run("check", file, "--pack", "none")) == [["shouting", "double_space"]]
    assert rules_of(run("check", file, "--rules", "too_long", "--longest", "5")) == [["too_long"]]


def test_lines_are_repaired_in_their_kind(run: Run) -> None:
    file = write("a.txt", "STAFF  NURSE!!\n\nÂ£30k Chef")
    assert run("check", file, "--repair").out == "Staff Nurse!\n\n£30k Chef\n"
    assert run("check", file, "--repair", "-o", "b.txt").status == 0
    assert Path("b.txt").read_text(encoding="utf-8") == "Staff Nurse!\n\n£30k Chef\n"


def test_spans_are_carried_over_to_the_repaired_text(run: Run) -> None:
    line = {
        "id": "7",
        "text": "***  Staff  Nurse",
        "spans": [{"start": 5, "end": 17, "label": "JOBTITLE"}],
        "meta": {"a": 1},
    }
    [found] = lines_of(run("check", write("a.jsonl", json.dumps(line)), "--repair"))
    assert found == {**line, "text": "Staff Nurse", "spans": [{"start": 0, "end": 11, "label": "JOBTITLE"}]}


def test_a_table_keeps_its_columns(run: Run) -> None:
    file = write("a.csv", "ref,headline\n7,STAFF  NURSE\n8,Chef\n")
    assert run("check", file, "--column", "headline", "--repair").out == "ref,headline\n7,Staff Nurse\n8,Chef\n"
    assert rules_of(run("check", file, "--column", "headline", "--model", "none")) == [["shouting", "double_space"], []]


def test_fail_is_for_continuous_integration(run: Run) -> None:
    assert run("check", write("a.txt", "Staff  Nurse"), "--fail", "--model", "none").status == 3
    assert run("check", write("a.txt", "Staff Nurse"), "--fail", "--model", "none").status == 0


def test_a_line_that_cannot_be_read_keeps_its_place(run: Run) -> None:
    file = write("a.txt", b"Caf\xc3\xa9\n\xff\xfa\nNurse!!\n")
    ran = run("check", file, "--model", "none")
    assert ran.status == 4
    assert [("error" in line, line.get("line")) for line in lines_of(ran)] == [(False, None), (True, 2), (False, None)]
    assert "1 could not be read. The first: line 2: not UTF-8" in ran.err


def test_a_line_that_cannot_be_read_is_left_out_of_what_is_repaired(run: Run) -> None:
    ran = run("check", write("a.txt", b"Caf\xc3\xa9\n\xff\xfa\nNurse!!\n"), "--repair")
    assert (ran.status, ran.out) == (4, "Café\nNurse!\n")
    assert "1 could not be read, left out. The first: line 2: not UTF-8" in ran.err
    ran = run("check", write("a.jsonl", 'not json\n{"text": "Nurse!!"}\n'), "--repair", "-o", "b.txt")
    assert (ran.status, Path("b.txt").read_text()) == (4, "Nurse!\n")
    ran = run("check", write("a.csv", "id,text\n1,Nurse!!\n2,x,y,z\n"), "--repair")
    assert (ran.status, ran.out) == (4, "id,text\n1,Nurse!\n")


def test_a_repaired_table_keeps_its_delimiter(run: Run) -> None:
    ran = run("check", write("a.csv", "id;text\n1;Nurse!!\n"), "--repair")
    assert (ran.status, ran.out) == (0, "id;text\n1;Nurse!\n")


@pytest.mark.parametrize("more", [[], ["--repair"]])
def test_lines_that_cannot_be_read_can_be_put_aside(run: Run, more: list[str]) -> None:
    ran = run("check", write("a.txt", b"Caf\xc3\xa9\n\xff\xfa\n"), "--model", "none", "--reject", "bad.jsonl", *more)
    assert (ran.status, len(ran.out.splitlines())) == (4, 1)
    assert "1 could not be read, in bad.jsonl" in ran.err
    [found] = map(json.loads, Path("bad.jsonl").read_text("utf-8").splitlines())
    assert (found["line"], found["reason"][:9]) == (2, "not UTF-8")


@pytest.mark.parametrize("more", [[], ["--repair"]])
def test_the_file_that_is_read_is_not_written_over(run: Run, more: list[str]) -> None:
    file = write("a.txt", b"Chef!!\n\xff\n")
    ran = run("check", file, *more, "-o", "./a.txt")
    assert (ran.status, file.read_bytes()) == (2, b"Chef!!\n\xff\n")
    assert "is the file that is read" in ran.err


def test_standard_input_and_an_empty_file(fed: Run, run: Run) -> None:
    ran = fed("check", "--model", "none", given=b'{"text": "Nurse!!"}\n')
    assert (ran.status, rules_of(ran)) == (0, [["repeated_signs"]])
    assert run("check", write("a.txt", "")).out == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rules", "shout"], "no rule is called 'shout'. Known: bracket, "),
        (["--pack", "jobs"], "no pack is called 'jobs'. Installed packs: "),
        (["--model", "nonsense"], "nonsense"),
        (["--repair", "-o", "b.conll"], "b.conll: check writes .txt, .jsonl, .csv and .parquet"),
        (["--repair", "-o", "b.xlsx"], "b.xlsx: check writes .txt, .jsonl, .csv and .parquet"),
        (["--longest", "0"], "--longest"),
    ],
)
def test_bad_usage_is_one_line(run: Run, arguments: list[str], message: str) -> None:
    ran = run("check", write("a.txt", "Chef"), *arguments)
    assert ran.status == 2
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_drawing_shows_places_reasons_and_the_repaired_text() -> None:
    from rich.console import Console

    from textwright.cli.check_shown import drawing
    from textwright.packs.job_titles.headline import check_headline

    text = "Staff  Nurse, £££\x1b[31m"
    console = Console(width=60, color_system=None, record=True, file=io.StringIO())
    console.print(drawing(text, check_headline(text), "Staff Nurse", 60))
    shown = console.export_text().splitlines()
    assert shown[0] == "Staff  Nurse, £££␛[31m"
    assert any(line.startswith("     └┘ double_space") for line in shown)
    assert "  double_space  More than one space. → “ ”" in shown
    assert "  = Staff Nurse" in shown
    assert "\x1b" not in "".join(shown)
