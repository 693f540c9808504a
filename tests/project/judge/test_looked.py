from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.judge.working import SCHEMA
from textwright.project import open_project
from textwright.project.files import Project
from textwright.project.judge.judged import Judged
from textwright.project.judge.looked import FILE, look, read_looked, seen_in
from textwright.project.suggest.folder import save_rules
from textwright.project.suggest.forms import PageRule

TEST = ("a", "b", "c", "d")
TOWN = PageRule("TOWN", "words", "Leeds")


def found(*mistakes: str) -> Judged:
    return Judged("key", "whole_text", 4, 20, (), mistakes=tuple({"id": each} for each in mistakes))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = open_project(tmp_path / "towns.textwright")
    project.schema_file.write_text(SCHEMA, encoding="utf-8")
    save_rules(project, [TOWN])
    return project


def test_what_stands_as_it_was_is_named_by_nothing(project: Project) -> None:
    assert seen_in(project, TEST) == {}
    look(project, found("a", "b"), TEST)
    assert seen_in(project, TEST) == {}


def test_rules_that_were_changed_after_the_first_look_are_named(project: Project) -> None:
    look(project, found("a", "b"), TEST)
    save_rules(project, [TOWN, PageRule("DAY", "words", "Monday")])
    look(project, found("b", "c"), TEST)
    assert seen_in(project, TEST) == {"rules": 3}
    save_rules(project, [TOWN])
    assert seen_in(project, TEST) == {}


def test_rules_are_not_blamed_for_texts_that_are_tests_no_more(project: Project) -> None:
    look(project, found("a"), TEST)
    save_rules(project, [])
    others = ("x", "y")
    assert seen_in(project, others) == {}
    look(project, found("x"), others)
    assert read_looked(project.folder).texts == {"x"}
    assert seen_in(project, others) == {}


def test_other_words_for_labels_are_named_and_change_what_a_prompt_asks(project: Project) -> None:
    look(project, found("a"), TEST)
    project.schema_file.write_text(SCHEMA.replace("A town.", "Any town."), encoding="utf-8")
    assert seen_in(project, TEST) == {"wording": 1}
    project.prompt_file.write_text("version = 1\n", encoding="utf-8")
    assert seen_in(project, TEST) == {"prompt": 1, "wording": 1}


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"texts": 1, "written": {}}', '{"texts": [], "written": 1}'])
def test_what_cannot_be_read_is_as_if_nothing_was_shown(project: Project, damage: str) -> None:
    (project.folder / FILE).write_text(damage, encoding="utf-8")
    assert seen_in(project, TEST) == {}
