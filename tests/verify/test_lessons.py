"""Every lesson as a script, and at full size where the large data sets lie beside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.notebook.lessons import DATA, check_page
from tests.spec import ROOT

from textwright.notebook.frame.lesson import Lesson, copy_lesson, installed_lessons

pytestmark = [pytest.mark.verify, pytest.mark.timeout(3600)]
SHARED = Path(os.environ.get("TEXTWRIGHT_SHARED", ROOT.parent / "shared")) / "data"
LESSONS = installed_lessons()
# The others have no larger texts to ask for.
LARGER = [lesson for lesson in LESSONS if DATA in lesson.path.read_text(encoding="utf-8")]


def name_of(lesson: Lesson) -> str:
    return lesson.name


@pytest.mark.parametrize("lesson", LESSONS, ids=name_of)
def test_a_lesson_runs_as_a_script(lesson: Lesson, tmp_path: Path) -> None:
    """Run the copy with plain Python, as somebody would who knows nothing of marimo."""
    environment = {name: value for name, value in os.environ.items() if name != DATA}
    command: list[str | Path] = [sys.executable, copy_lesson(lesson, tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("lesson", LARGER, ids=name_of)
@pytest.mark.skipif(not (SHARED / "titles/train.jsonl").is_file(), reason="needs the large data sets")
def test_a_lesson_runs_at_full_size(lesson: Lesson, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    command: list[str | Path] = [sys.executable, "-m", "textwright", "notebook", lesson.name, "--html", page]
    environment = {**os.environ, DATA: str(SHARED)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    check_page(page.read_text(encoding="utf-8"))
