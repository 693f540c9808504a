"""Exit statuses, and one line for each mistake of a user."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import textwright
from textwright.cli import COMMANDS, main
from textwright.errors import DataError

from .conftest import Run


def test_version_is_printed(run: Run) -> None:
    assert run("-V").out == run("--version").out == f"textwright {textwright.__version__}\n"


def test_without_a_command_the_help_lists_all(run: Run) -> None:
    ran = run()
    assert ran.status == 0
    assert [command.name for command in COMMANDS if f"  {command.name} " not in ran.out] == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["modles"], "No such command 'modles'. Did you mean 'models'? Try: textwright --help"),
        (["models", "--fast"], "textwright models: No such option: --fast"),
        (["predict"], "textwright predict: Missing argument 'MODEL'"),
        (["predict", "zebra", "/dev/null"], "no model is called 'zebra'"),
        (["predict", ".", "/dev/null"], "no model is called '.'. For a folder write ./. instead."),
        (["predict", "job_titles.split", "nowhere.txt"], "nowhere.txt: no such file"),
        (["predict", "job_titles.split", "/"], "is a folder"),
    ],
)
def test_mistake_gives_one_line_and_status_2(run: Run, arguments: list[str], expected: str) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert expected in ran.err
    assert ran.err.count("\n") == 1


def test_causes_are_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        cause = ValueError("the disk is on fire")
        cause.__cause__ = OSError("somebody smoked")
        raise DataError("the file cannot be read:\nsee below") from cause

    monkeypatch.setattr("textwright.cli.run", broken)
    assert run().err == ("textwright: the file cannot be read: see below: the disk is on fire: somebody smoked\n")


def test_system_error_names_the_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "closed"
    out.mkdir()
    ran = run("predict", "job_titles.split", "/dev/null", "--reject", out)
    assert (ran.status, ran.err) == (2, f"textwright: {out}: Is a directory\n")


def test_bug_crashes_with_a_traceback_and_status_1(run: Run, shell: Run) -> None:
    here = Path(__file__).parent
    code = f"import sys; sys.path.insert(0, {str(here)!r}); from textwright.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "predict", "python:fake_models:Crashes", "-"]
    done = subprocess.run(command, input=b"a\n", capture_output=True, timeout=60)
    assert done.returncode == 1
    assert b"ZeroDivisionError: a bug" in done.stderr


def test_interrupt_is_status_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("textwright.packs.installed", interrupted)
    assert main(["models"]) == 130


def test_reader_that_goes_away_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text("Nurse\n" * 50_000, encoding="utf-8")
    command = f"{sys.executable} -m textwright predict job_titles.split many.txt | head -n 1; echo $PIPESTATUS"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert done.stdout.splitlines()[1] == "141"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("pre", "predict"), ("predict job_titles.s", "job_titles.split"), ("predict --re", "--reject")],
)
def test_shell_completion_offers(typed: str, offered: str) -> None:
    words = f"textwright {typed}"
    setting = {"_TEXTWRIGHT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-m", "textwright"], env={**os.environ, **setting}, capture_output=True, text=True, timeout=60
    )
    assert offered in done.stdout.split()


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_script_is_written_for(name: str) -> None:
    setting = {"_TEXTWRIGHT_COMPLETE": f"source_{name}"}
    done = subprocess.run(
        [sys.executable, "-m", "textwright"], env={**os.environ, **setting}, capture_output=True, text=True, timeout=60
    )
    assert f"complete_{name}" in done.stdout


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        ("a.toml: No such file or directory", FileNotFoundError(2, "No such file or directory", "a.toml")),
        (
            "jinja2 is not installed. Install it with: pip install 'textwright[llm]'",
            ImportError("No module named 'jinja2'"),
        ),
    ],
)
def test_a_cause_that_the_message_tells_is_not_told_again(
    run: Run, monkeypatch: pytest.MonkeyPatch, message: str, cause: Exception
) -> None:
    def fails(arguments: object) -> int:
        raise DataError(message) from cause

    monkeypatch.setattr("textwright.cli.run", fails)
    assert run("models").err == f"textwright: {message}\n"
