from __future__ import annotations

import json
from pathlib import Path

import pytest

from textwright.errors import DataError
from textwright.project import open_project
from textwright.project.files import Project
from textwright.project.suggest import folder
from textwright.project.suggest.folder import PUT_ASIDE, follow_schema, is_by_hand, save_rules, use_page_rules
from textwright.project.suggest.forms import PageRule, read_rules
from textwright.references import open_model
from textwright.types import Span

SONY = PageRule("BRAND", "words", "Sony")
ODD = PageRule("BRAND", "words", "\"\"\"\\, ''', [[x]], \x7f, #, é\n{y}", '"')


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = open_project(tmp_path / "mine.textwright")
    made.schema_file.write_text("[labels.BRAND]\n", encoding="utf-8")
    return made


def marks(project: Project, text: str) -> tuple[Span, ...] | None:
    return open_model(f"{project.rules}/").predict([text])[0].spans


def write_by_hand(project: Project) -> None:
    path = project.rules / "rules.toml"
    path.write_text(path.read_text().replace("Sony", "Nike"), encoding="utf-8")


def test_rules_are_a_model_and_the_pages_form(project: Project) -> None:
    save_rules(project, [SONY, ODD])
    assert marks(project, "a Sony") == (Span(2, 6, "BRAND"),)
    assert read_rules(project).rules == (SONY, ODD)
    assert not is_by_hand(project)


def test_rules_of_the_page_can_be_checked_and_hold_no_warning(project: Project) -> None:
    from textwright.predictors.rules.check import check_folder

    between = PageRule("BRAND", "between", "(", ")")
    save_rules(project, [SONY, ODD, between, PageRule("BRAND", "after", "by, made by"), PageRule("BRAND", "capitals")])
    found = check_folder(project.rules)
    assert (found.errors, found.warnings) == ((), ())


def test_rules_written_by_hand_are_kept(project: Project) -> None:
    save_rules(project, [SONY])
    write_by_hand(project)
    assert is_by_hand(project)
    with pytest.raises(DataError, match="was changed by hand"):
        save_rules(project, [SONY])
    assert marks(project, "Sony Nike") == (Span(5, 9, "BRAND"),)


def test_a_folder_that_somebody_put_there_is_by_hand(project: Project) -> None:
    save_rules(project, [SONY])
    project.page_rules_file.unlink()
    assert is_by_hand(project)


def test_the_pages_rules_can_be_taken_again(project: Project) -> None:
    save_rules(project, [SONY])
    write_by_hand(project)
    use_page_rules(project)
    assert marks(project, "Sony Nike") == (Span(0, 4, "BRAND"),)
    assert "Nike" in (project.folder / PUT_ASIDE).read_text()
    use_page_rules(project)
    assert not is_by_hand(project)


def test_killed_between_the_form_and_the_folder_is_not_by_hand(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    save_rules(project, [SONY])
    monkeypatch.setattr(folder, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        save_rules(project, [SONY, PageRule("BRAND", "capitals")])
    monkeypatch.undo()
    assert not is_by_hand(project)
    save_rules(project, [SONY])
    save_rules(project, [PageRule("BRAND", "capitals")])
    save_rules(project, [SONY])
    assert not is_by_hand(project)


def test_rules_follow_labels_that_are_renamed_or_go(project: Project) -> None:
    save_rules(project, [SONY, PageRule("BRAND", "after", "by")])
    project.schema_file.write_text("[labels.MAKER]\n", encoding="utf-8")
    follow_schema(project, {"BRAND": "MAKER"})
    assert marks(project, "Sony") == (Span(0, 4, "MAKER"),)
    project.schema_file.write_text("[labels.SIZE]\n", encoding="utf-8")
    follow_schema(project, {})
    assert marks(project, "Sony") == ()
    assert [rule.label for rule in read_rules(project).rules] == ["MAKER", "MAKER"]


def test_without_rules_nothing_follows(project: Project) -> None:
    follow_schema(project, {"BRAND": "MAKER"})
    assert not project.rules.exists()
    assert not project.page_rules_file.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "Expecting property name"),
        ("[]", "holds no rules of version 1"),
        ('{"version": 9, "rules": []}', "holds no rules of version 1"),
        ('{"version": 1, "rules": [{"label": "A", "kind": "magic"}]}', "no rule is of the kind 'magic'"),
        ('{"version": 1, "rules": [{"label": "A", "words": 3}]}', "something other than text"),
        ('{"version": 1, "rules": [{"label": "A", "most": 30}]}', "1 to 3 words, not 30"),
        ('{"version": 1, "rules": [{"label": "A", "first": 1}]}', "true or false"),
        ('{"version": 1, "rules": [{"colour": "red"}]}', "colour"),
        ('{"version": 1}', "rules"),
        ("\xff", "utf-8"),
    ],
)
def test_form_that_cannot_be_read_is_said(project: Project, content: str, said: str) -> None:
    project.page_rules_file.write_bytes(content.encode("latin-1"))
    with pytest.raises(DataError, match=said) as raised:
        read_rules(project)
    assert str(project.page_rules_file) in str(raised.value)


def test_full_disk_is_said(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    save_rules(project, [SONY])
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(DataError, match="No space left"):
        save_rules(project, [SONY, SONY])
    monkeypatch.undo()
    assert json.loads(project.page_rules_file.read_text())["rules"][0]["words"] == "Sony"
    assert marks(project, "Sony") == (Span(0, 4, "BRAND"),)
