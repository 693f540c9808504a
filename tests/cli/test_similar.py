from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, Run

LINES = ["Java Developer", "Staff Nurse", "Sous Chef", "Staff Nurse", "Ward sister"]


@pytest.fixture
def titles(tmp_path: Path) -> Path:
    path = tmp_path / "titles.txt"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


def answers(ran: Ran) -> list[dict[str, Any]]:
    assert ran.status == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def test_the_nearest_in_meaning_come_first(run: Run, titles: Path) -> None:
    found = answers(run("similar", "a programmer of software", titles, "--top", 2))
    assert found[0]["text"] == "Java Developer"
    assert len(found) == 2
    assert found[0]["similarity"] >= found[1]["similarity"]


def test_by_words_only_what_shares_one_is_named(run: Run, titles: Path) -> None:
    [found] = answers(run("similar", "night nurse", titles, "--words"))
    assert (found["text"], found["copies"]) == ("Staff Nurse", 2)


@pytest.mark.parametrize("text", ["", " \t"])
@pytest.mark.parametrize("by", ["--words", "--meaning"])
def test_nothing_is_like_an_empty_text(run: Run, titles: Path, text: str, by: str) -> None:
    ran = run("similar", text, titles, by)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "textwright: the text is empty: nothing is like it. Expected words, such as 'ward nurse'\n"


def test_ids_are_those_of_the_data(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text('{"id": "n-7", "text": "Staff Nurse"}\n', encoding="utf-8")
    assert answers(run("similar", "nurse", path, "--words"))[0]["id"] == "n-7"


def test_standard_input_is_read(fed: Run) -> None:
    assert answers(fed("similar", "chef", "-", "--words", given=b"Sous Chef\nNurse\n"))[0]["text"] == "Sous Chef"


def test_there_may_be_no_texts(fed: Run) -> None:
    assert answers(fed("similar", "chef", "-", given=b"")) == []


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("similar", "chef", tmp_path / "no.txt")
    assert ran.status == 2
    assert "no such file" in ran.err


def test_a_top_of_nothing_is_bad_usage(run: Run, titles: Path) -> None:
    assert run("similar", "chef", titles, "--top", 0).status == 2
