"""`textwright demo`, `models`, `packs` and `doctor`: what they print on a fresh machine."""

from __future__ import annotations

import json
import shlex
from contextlib import chdir
from pathlib import Path

import pytest

from tests.snippets import run_command
from textwright.cli.demo import called

from .conftest import Run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(folder: Path) -> str:
    with chdir(folder):
        status, out, err = run_command("textwright demo")
    assert status == 0, err
    return out


def test_demo_draws_scores_and_writes(shown: str, folder: Path) -> None:
    assert "└────┘ SENIORITY" in shown
    assert "job_titles.rules" in shown
    assert "job_titles.split" in shown
    written = (folder / "out/demo/titles.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(written) >= 300
    assert all("spans" in json.loads(line) for line in written)
    assert (folder / "out/demo/report.html").read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


def test_demo_names_the_command_by_its_path_only_where_the_shell_would_not_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin/textwright"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert called(program) == str(Path("bin/textwright"))
    monkeypatch.setenv("PATH", str(program.parent))
    assert called(program) == "textwright"


def test_demo_names_commands_that_exist(shown: str, run: Run) -> None:
    commands = [
        line.split("textwright ", 1)[1]
        for line in shown.splitlines()
        if line.startswith("  ") and "textwright " in line
    ]
    assert len(commands) >= 4
    for command in commands:
        assert run(shlex.split(command)[0], "--help").status == 0


def test_models_says_what_each_is(run: Run) -> None:
    lines = [line.split(maxsplit=1) for line in run("models").out.splitlines()]
    assert ["job_titles", "the same as job_titles.network"] in lines
    assert [name for name, _ in lines if name.startswith("job_titles")] == [
        "job_titles",
        *(f"job_titles.{name}" for name in ("network", "rules", "split")),
    ]
    assert {"job_adverts", "emotion"} <= {name for name, _ in lines}


def test_packs_shows_labels_and_sample(run: Run) -> None:
    out = run("packs").out
    assert "JOBTITLE, COREJOBTITLE, SENIORITY" in out
    assert "advertiser: agency, direct" in out
    assert "sample.jsonl" in out


def test_doctor_tells_versions_and_what_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.cli.doctor._version", lambda package: None if package == "pyarrow" else "1.0")
    out = run("doctor").out
    assert "Python 3." in out
    assert "parquet  missing; add it: pip install 'textwright[parquet]'" in out
    assert "serve\n" in out
