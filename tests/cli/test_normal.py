from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SPANS = [{"start": 0, "end": 8, "label": "JOBTITLE"}, {"start": 0, "end": 8, "label": "COREJOBTITLE"}]
LINE = json.dumps({"id": "a", "text": "Midwives wanted", "spans": SPANS})


@pytest.fixture
def titles(tmp_path: Path) -> Path:
    path = tmp_path / "titles.jsonl"
    path.write_text(LINE + "\n", encoding="utf-8")
    return path


def test_what_is_marked_gets_its_normal_form(run: Run, titles: Path) -> None:
    ran = run("normal", titles)
    assert (ran.status, json.loads(ran.out)["normal"]) == (0, [{"title": "Midwife", "core": "Midwife", "seniority": 3}])
    assert ran.err == "1 text, 0 without an answer\n"


def test_the_texts_are_not_written_over(run: Run, titles: Path) -> None:
    ran = run("normal", titles, "-o", titles)
    assert (ran.status, ran.out, titles.read_text(encoding="utf-8")) == (2, "", LINE + "\n")
    assert "is the file that is read" in ran.err


def test_a_pack_without_a_normal_form_is_named(run: Run, titles: Path) -> None:
    ran = run("normal", titles, "--pack", "emotion")
    assert ran.status == 2
    assert "emotion defines no normal form. Packs that do: job_titles" in ran.err
