"""`textwright notebook`: the list, a copy that is never written over, a page, and marimo."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from textwright.cli import notebook as command
from textwright.notebook.frame import lesson as frame
from textwright.notebook.frame.lesson import find_lesson, installed_lessons

from .conftest import Run

SMALL = """
import marimo

app = marimo.App(app_title="Small")


@app.cell
def _():
    answer = 6 * 7
    answer
    return


if __name__ == "__main__":
    app.run()
"""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Take marimo's place; keep the commands that would start it."""
    commands: list[Sequence[str]] = []

    class Marimo:
        def __init__(self, arguments: Sequence[str]) -> None:
            commands.append(arguments[3:])

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(command.subprocess, "Popen", Marimo)
    return commands


def test_the_lessons_are_listed_with_a_line_and_a_time_each(run: Run) -> None:
    ran = run("notebook")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines] == [lesson.name for lesson in installed_lessons()]
    assert all("second" in line or "minute" in line for line in lines)
    assert "textwright notebook NAME" in ran.err


def test_a_lesson_is_copied_and_opened(run: Run, tmp_path: Path, opened: list[Sequence[str]]) -> None:
    ran = run("notebook", "rules", "--folder", tmp_path / "new", "--no-browser", "--port", 9999)
    mine = tmp_path / "new" / "rules.py"
    assert (ran.status, ran.out) == (0, f"{mine}\n")
    assert mine.read_bytes() == find_lesson("rules").path.read_bytes()
    assert opened == [["edit", str(mine), "--host", "127.0.0.1", "--port", "9999", "--headless"]]


def test_run_opens_it_without_changing_its_code(run: Run, tmp_path: Path, opened: list[Sequence[str]]) -> None:
    run("notebook", "rules", "--folder", tmp_path, "--run")
    assert opened == [["run", str(tmp_path / "rules.py"), "--host", "127.0.0.1", "--include-code"]]


def test_a_changed_copy_is_opened_as_it_is_and_said(run: Run, tmp_path: Path, opened: list[Sequence[str]]) -> None:
    mine = tmp_path / "rules.py"
    mine.write_text("# mine\n", encoding="utf-8")
    ran = run("notebook", "rules", "--folder", tmp_path)
    assert ran.err.startswith(f"{mine}: this is your own copy, which differs from the lesson; --fresh begins again\n")
    assert mine.read_text(encoding="utf-8") == "# mine\n"
    assert opened[0][1] == str(mine)


def test_fresh_keeps_what_was_changed_under_another_name(run: Run, tmp_path: Path, opened: list[Sequence[str]]) -> None:
    mine = tmp_path / "rules.py"
    for number, written in enumerate(["# mine\n", "# mine again\n"], start=1):
        mine.write_text(written, encoding="utf-8")
        ran = run("notebook", "rules", "--folder", tmp_path, "--copy", "--fresh")
        aside = tmp_path / f"rules_{number}.py"
        assert ran.err == f"{mine}: your copy is now {aside}\n"
        assert aside.read_text(encoding="utf-8") == written
    assert mine.read_bytes() == find_lesson("rules").path.read_bytes()
    assert opened == []


def test_fresh_does_nothing_to_a_copy_that_is_the_lesson(run: Run, tmp_path: Path) -> None:
    run("notebook", "rules", "--folder", tmp_path, "--copy")
    ran = run("notebook", "rules", "--folder", tmp_path, "--copy", "--fresh")
    assert ran.err == ""
    assert [path.name for path in tmp_path.iterdir()] == ["rules.py"]


def test_an_unknown_lesson_is_refused_with_those_that_there_are(run: Run) -> None:
    ran = run("notebook", "cooking")
    assert ran.status == 2
    assert ran.err.startswith("textwright: no lesson is called 'cooking'. Lessons: wrangling, annotate, rules")


def test_without_marimo_the_line_that_installs_it_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    ran = run("notebook", "rules", "--folder", tmp_path)
    assert ran.status == 2
    assert "marimo is not installed. Install it with: pip install 'textwright[notebook]'" in ran.err
    assert list(tmp_path.iterdir()) == []
    assert run("notebook").status == 0


def test_ones_own_copy_is_written_as_a_page(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(SMALL.lstrip(), encoding="utf-8")
    page = tmp_path / "rules.html"
    ran = run("notebook", "rules", "--folder", tmp_path, "--html", page)
    assert ran.status == 0
    assert str(tmp_path / "rules.py") in ran.err
    written = page.read_text(encoding="utf-8")
    assert "<title>Small</title>" in written
    assert '<pre class="said">42</pre>' in written


WRITES = SMALL.replace("answer = 6 * 7", "answer = open('gold.jsonl', 'w').write('{}')")


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the lesson be one that writes, and stand in a folder with a file of one's own of the same name."""
    monkeypatch.setattr(frame, "FOLDER", tmp_path / "package")
    frame.FOLDER.mkdir()
    (frame.FOLDER / "rules.py").write_text(WRITES.lstrip(), encoding="utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "gold.jsonl").write_text("my work", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def test_a_lesson_written_as_a_page_leaves_nothing_but_the_page(run: Run, mine: Path) -> None:
    ran = run("notebook", "rules", "--html", "page.html")
    assert ran.status == 0, ran.err
    assert sorted(path.name for path in mine.iterdir()) == ["gold.jsonl", "page.html"]
    assert (mine / "gold.jsonl").read_text(encoding="utf-8") == "my work"


def test_ones_own_copy_runs_where_it_stands(run: Run, mine: Path, tmp_path: Path) -> None:
    run("notebook", "rules", "--copy", "--folder", tmp_path / "copies")
    assert run("notebook", "rules", "--folder", "../copies", "--html", "page.html").status == 0
    # Python keeps what it compiled beside the copy, unless it is told not to.
    assert {path.name for path in (tmp_path / "copies").iterdir()} - {"__pycache__"} == {"gold.jsonl", "rules.py"}
    assert (mine / "gold.jsonl").read_text(encoding="utf-8") == "my work"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("answer = 42\n", "rules.py: there is no @app.cell, expected a marimo notebook"),
        ("def broken(:\n", "rules.py:1: invalid syntax, expected a marimo notebook"),
        (SMALL.replace("6 * 7", "6 / 0"), "rules.py: a cell failed with ZeroDivisionError: division by zero"),
    ],
)
def test_a_copy_that_is_no_notebook_is_said(run: Run, tmp_path: Path, source: str, message: str) -> None:
    (tmp_path / "rules.py").write_text(source, encoding="utf-8")
    ran = run("notebook", "rules", "--folder", tmp_path, "--html", tmp_path / "page.html")
    assert ran.status == 2
    assert message in ran.err
    assert not (tmp_path / "page.html").exists()


def test_a_missing_folder_is_said_before_anything_runs(run: Run, tmp_path: Path) -> None:
    ran = run("notebook", "rules", "--html", tmp_path / "nowhere" / "page.html")
    assert ran.status == 2
    assert f"there is no folder {tmp_path / 'nowhere'}" in ran.err


def test_marimo_is_started_by_this_python(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> None:
    started: list[Sequence[str]] = []

    class Marimo:
        def __init__(self, arguments: Sequence[str]) -> None:
            started.append(arguments)

        def wait(self) -> int:
            return 7

    monkeypatch.setattr(command.subprocess, "Popen", Marimo)
    assert run("notebook", "rules", "--folder", tmp_path).status == 7
    assert started[0][:3] == [sys.executable, "-m", "marimo"]
