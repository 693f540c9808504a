"""`textwright predict --markup`: texts that are HTML or Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

ADVERT = """<!doctype html>
<title>Careers</title>
<h1>Senior Charge <em>Nurse</em> (Nights), Leith</h1>
<p>For our client, a group of clinics.<br>
&pound;38k &ndash; &pound;42k &amp; relocation</p>
"""


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["advert.html", "ADVERT.HTM"])
def test_a_page_is_one_text(run: Run, name: str) -> None:
    Path(name).write_text(ADVERT, encoding="utf-8")
    ran = run("predict", "job_titles", name, "--markup", "html")
    [line] = [json.loads(each) for each in ran.out.splitlines()]
    marked = {span["label"]: line["text"][span["start"] : span["end"]] for span in line["spans"]}
    assert line["text"] == ADVERT
    assert marked["JOBTITLE"] == "Senior Charge <em>Nurse"
    assert marked["SALARY"] == "&pound;38k &ndash; &pound;42k"


def test_json_lines_hold_a_source_each(run: Run) -> None:
    sources = ["# *Charge Nurse*", "no title"]
    Path("a.jsonl").write_text("".join(json.dumps({"text": each}) + "\n" for each in sources), encoding="utf-8")
    ran = run("predict", "job_titles.rules", "a.jsonl", "--markup", "markdown")
    found = [json.loads(each) for each in ran.out.splitlines()]
    assert [each["text"] for each in found] == sources
    assert [sources[0][s["start"] : s["end"]] for s in found[0]["spans"] if s["label"] == "JOBTITLE"] == [
        "Charge Nurse"
    ]
    assert found[1]["spans"] == []


def test_a_page_without_markup_stays_lines(run: Run) -> None:
    Path("a.html").write_text("<p>\nnurse", encoding="utf-8")
    assert len(run("predict", "job_titles.rules", "a.html").out.splitlines()) == 2


HTML = "looks like HTML, whose tags are taken for words. To read its text alone: --markup html\n"


def test_html_that_is_read_as_plain_text_is_told_once(run: Run) -> None:
    Path("a.html").write_text(ADVERT, encoding="utf-8")
    assert run("predict", "job_titles.rules", "a.html").err.count(f"textwright: a.html: {HTML}") == 1
    assert HTML not in run("predict", "job_titles.rules", "a.html", "--markup", "html").err


@pytest.mark.parametrize("text", ["Nurse", "pay < £20k, hours > 30", "R&D <3 C++", ""])
def test_plain_texts_are_not_taken_for_html(run: Run, text: str) -> None:
    Path("a.txt").write_text(text, encoding="utf-8")
    ran = run("predict", "job_titles.rules", "a.txt")
    assert (ran.status, HTML in ran.err) == (0, False)


def test_html_on_standard_input_is_told(fed: Run) -> None:
    ran = fed("predict", "job_titles.rules", given=b"<p>Nurse</p>\n")
    assert f"textwright: standard input: {HTML}" in ran.err


def test_a_page_that_is_not_utf_8_is_rejected(run: Run) -> None:
    Path("a.html").write_bytes("<p>caf\xe9".encode("latin-1"))
    ran = run("predict", "job_titles.rules", "a.html", "--markup", "html")
    assert ran.status == 4
    assert "not UTF-8 at byte 6" in json.loads(ran.out)["error"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--markup", "xml"], "Known: html, markdown"),
        (["--markup", "html", "--explain"], "Leave out --markup or --explain"),
    ],
)
def test_what_cannot_be_is_said(run: Run, options: list[str], said: str) -> None:
    Path("a.html").write_text("<p>nurse", encoding="utf-8")
    ran = run("predict", "job_titles.rules", "a.html", *options)
    assert ran.status == 2
    assert said in ran.err
