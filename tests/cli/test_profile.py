"""`textwright profile`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXTS = "Senior Nurse\n<b>Cook</b>\nPilot\nPilot\n"
GOLD = '{"id": "1", "text": "Senior Nurse", "spans": [{"start": 0, "end": 6, "label": "LEVEL"}]}\n'


@pytest.fixture
def titles(tmp_path: Path) -> Path:
    path = tmp_path / "titles.txt"
    path.write_text(TEXTS)
    return path


def test_words_go_out_and_the_report_and_the_figures_into_files(run: Run, titles: Path, tmp_path: Path) -> None:
    page, figures = tmp_path / "report.html", tmp_path / "profile.json"
    ran = run("profile", titles, "-o", page, "--json", figures)
    assert ran.status == 0
    assert "! HTML tags: 1 text (25 %)" in ran.out
    assert f"    textwright predict MODEL {titles} --markup html\n" in ran.out
    assert "4 texts in " in ran.err
    assert f"the report is {page}" in ran.err
    html = page.read_text(encoding="utf-8")
    assert "<title>Profile of titles.txt</title>" in html
    assert "http" not in html.replace("http-equiv", "")
    assert "<mark>&lt;b&gt;</mark>Cook" in html
    found = json.loads(figures.read_text(encoding="utf-8"))
    assert (found["texts"], found["copies"]["copies"]) == (4, 1)
    assert found["findings"][0]["weight"] == "act"


def figures_of(run: Run, *arguments: object, folder: Path) -> tuple[int, dict[str, object]]:
    ran = run("profile", *arguments, "--json", folder / "figures.json")
    return ran.status, json.loads((folder / "figures.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["gold.jsonl", "gold.json", "gold.csv", "gold.parquet", "gold.spacy", "gold.conll"])
def test_every_format_is_read_with_its_annotations(run: Run, tmp_path: Path, name: str) -> None:
    source, file = tmp_path / "source.jsonl", tmp_path / name
    source.write_text(GOLD)
    if name != "gold.jsonl":
        assert run("convert", source, file, *(["--lossy"] if name == "gold.conll" else [])).status == 0
    else:
        file.write_text(GOLD)
    status, found = figures_of(run, file, folder=tmp_path)
    assert status == 0
    assert found["texts"] == 1
    assert found["annotations"]["labels"][0]["name"] == "LEVEL"  # type: ignore[index]  # decoded JSON


def test_a_column_and_a_format_can_be_named(run: Run, tmp_path: Path) -> None:
    table, odd = tmp_path / "jobs.csv", tmp_path / "gold.data"
    table.write_text("headline,town\nNurse,Leeds\nCook,Leeds\n")
    odd.write_text(GOLD)
    status, found = figures_of(run, table, "--column", "headline", folder=tmp_path)
    assert (status, found["texts"]) == (0, 2)
    assert [(each["name"], each["values"]) for each in found["columns"]] == [("town", [["Leeds", 2]])]  # type: ignore[attr-defined]
    assert figures_of(run, odd, "--from", "jsonl", folder=tmp_path)[1]["texts"] == 1


def test_few_words_have_no_language(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Staff Nurse\n")
    assert "The language is not told from so little: 2 words." in run("profile", file).out
    file.write_text("The nurse works at night on a small ward by the sea\n" * 20)
    assert "The language is English" in run("profile", file).out


def test_what_comes_next_can_be_run(run: Run, titles: Path) -> None:
    assert f"    textwright annotate {titles}\n" in run("profile", titles).out


def test_bad_lines_are_counted_and_shown(run: Run, tmp_path: Path) -> None:
    file, page = tmp_path / "gold.jsonl", tmp_path / "report.html"
    file.write_bytes(GOLD.encode() + b"oops <b>\n" + b'{"text": 3}\n' + b'{"text": "\xff"}\n')
    ran = run("profile", file, "-o", page)
    assert ran.status == 4
    assert "3 records could not be read. The first: line 2: not JSON" in ran.out
    assert "; 3 could not be read; " in ran.err
    assert "oops &lt;b&gt;" in page.read_text(encoding="utf-8")
    assert "line 4" in page.read_text(encoding="utf-8")


def test_standard_input_is_read(fed: Run) -> None:
    ran = fed("profile", "-", given=TEXTS.encode())
    assert ran.status == 0
    assert "textwright predict MODEL FILE --markup html" in ran.out


def test_an_empty_file_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none.txt").write_text("")
    ran = run("profile", tmp_path / "none.txt")
    assert (ran.status, ran.out) == (0, "! There is no text.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.txt"], "no such file"),
        (["{folder}"], "is a folder"),
        (["{titles}", "-o", "{titles}"], "is the file that is read"),
        (["{titles}", "-o", "{folder}/no/report.html"], "there is no folder"),
        (["{titles}", "-o", "{folder}/x", "--json", "{folder}/x"], "two results need a file each"),
        (["{titles}", "--from", "word"], "unknown format 'word'"),
    ],
)
def test_what_cannot_be_done_is_said_at_once(run: Run, titles: Path, arguments: list[str], said: str) -> None:
    ran = run("profile", *(each.format(folder=titles.parent, titles=titles) for each in arguments))
    assert ran.status == 2
    assert said in ran.err
    assert titles.read_text() == TEXTS


def test_a_reader_that_goes_away_is_no_fault(titles: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "textwright", "profile", str(titles)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60)
    os.close(writing)
    assert (done.returncode, b"Traceback" in done.stderr) == (141, False)
