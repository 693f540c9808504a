from __future__ import annotations

import sys
from pathlib import Path

import pytest

from textwright.cli import templates as command
from textwright.errors import ModelError
from textwright.llm.prompts.template import open_template, template_files

from .samples import PLAIN, spans_template

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a folder of the test be the user's."""
    monkeypatch.setattr("textwright.packs.templates.user_folder", lambda: tmp_path)
    monkeypatch.setattr("textwright.cli.templates.user_folder", lambda: tmp_path)
    return tmp_path


def test_every_template_is_listed_with_task_source_and_variables(capsys: Printed) -> None:
    command.templates()
    out = capsys.readouterr().out
    heads = [line for line in out.splitlines() if not line.startswith(" ")]
    assert "qa  answer, from textwright" in heads
    assert "job_titles  spans, from the pack job_titles" in heads
    assert "The question. [required]" in out
    assert [head.split()[0] for head in heads] == sorted(head.split()[0] for head in heads)


def test_the_users_own_are_listed_with_their_path(folder: Path, capsys: Printed) -> None:
    spans_template(folder, PLAIN, front='description = "Mine."')
    command.templates()
    printed = capsys.readouterr()
    assert f"mine  spans, from {folder / 'mine.md'}\n  Mine." in printed.out
    assert str(folder) in printed.err


def test_a_broken_one_does_not_hide_the_others(folder: Path, capsys: Printed) -> None:
    (folder / "broken.md").write_text("+++\ntusk = 'spans'\n+++\n", encoding="utf-8")
    command.templates()
    out = capsys.readouterr().out
    assert f"broken  cannot be used: {folder / 'broken.md'}:2: unknown key 'tusk'" in out
    assert "ner  spans" in out


def test_a_name_prints_the_file_itself(capsys: Printed) -> None:
    command.templates("ner")
    assert capsys.readouterr().out == template_files()["ner"].read_text(encoding="utf-8")


def test_what_is_printed_can_be_changed_and_used(folder: Path, capsys: Printed) -> None:
    command.templates("binary")
    (folder / "copy.md").write_text(capsys.readouterr().out, encoding="utf-8")
    assert open_template("copy", folders=[folder]).source == open_template("binary").source


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ModelError, match="Did you mean 'binary'"):
        command.templates("binnary")


def test_nothing_of_the_extra_is_needed_to_list(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.undo()
    for package in ("jinja2", "jsonschema"):
        monkeypatch.setitem(sys.modules, package, None)
    command.templates()
    printed = capsys.readouterr()
    assert "ner  spans, from textwright" in printed.out
    assert "Your own templates stand in " in printed.err
