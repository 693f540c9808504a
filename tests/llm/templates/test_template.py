from __future__ import annotations

from pathlib import Path

import pytest

from textwright.errors import ModelError
from textwright.llm.prompts.template import open_template, template_files, templates, user_folder
from textwright.packs.templates import template_folders

from .samples import PLAIN, spans_template, written

CHILD = '{% extends "ner" %}{% block role %}Hello.{% endblock %}'


def test_a_path_is_opened() -> None:
    packaged = template_files()["ner"]
    assert open_template(str(packaged)).name == "ner"


def test_a_folder_comes_before_the_package(tmp_path: Path) -> None:
    spans_template(tmp_path, PLAIN, name="ner", front='description = "Mine."')
    assert open_template("ner", folders=[tmp_path]).description == "Mine."
    assert open_template("ner").description != "Mine."


def test_the_packs_own_templates_are_found() -> None:
    assert open_template("job_titles", folders=template_folders()).task == "spans"


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(ModelError, match=r"no template is called 'sumary'\. Did you mean 'summary'\?"):
        open_template("sumary")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.md: the template cannot be read: No such file"):
        open_template(str(tmp_path / "gone.md"))


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "bytes.md").write_bytes(b"+++\n\xff\n+++\n")
    with pytest.raises(ModelError, match=r"bytes\.md: the template cannot be read: it is not UTF-8"):
        open_template(str(tmp_path / "bytes.md"))


def test_every_name_is_listed_once_and_the_folders_win(tmp_path: Path) -> None:
    spans_template(tmp_path, PLAIN, name="ner", front='description = "Mine."')
    (tmp_path / "read me.md").write_text("no template", encoding="utf-8")
    found = {each.name: each for each in templates([tmp_path, tmp_path / "not there"])}
    assert found["ner"].description == "Mine."
    assert set(found) == {each.name for each in templates()}


def test_the_users_folder_is_among_the_settings_of_textwright(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTWRIGHT_CONFIG")
    assert user_folder().parts[-2:] == ("textwright", "templates")


# --- extending ------------------------------------------------------------------------------


def test_a_child_takes_what_it_does_not_state(tmp_path: Path) -> None:
    mine = written(tmp_path, f'+++\nstop = "END"\n[parameters]\nmax_tokens = 9\n+++\n{CHILD}')
    assert (mine.name, mine.task, mine.stop) == ("mine", "spans", ("END",))
    assert mine.parameters == {"temperature": 0.0, "max_tokens": 9}
    assert list(mine.variables) == list(open_template("ner").variables)


def test_a_child_needs_no_front_matter(tmp_path: Path) -> None:
    assert written(tmp_path, CHILD).task == "spans"


def test_a_child_may_have_the_name_of_its_parent(tmp_path: Path) -> None:
    written(tmp_path, CHILD, name="ner")
    mine = open_template("ner", folders=[tmp_path])
    assert [each.path for each in mine.lineage] == [tmp_path / "ner.md", template_files()["ner"]]


def test_a_parent_is_looked_for_beside_its_child_first(tmp_path: Path) -> None:
    spans_template(tmp_path, PLAIN, name="base")
    mine = written(tmp_path, '{% extends "base" %}')
    assert mine.parent is not None
    assert mine.parent.path == tmp_path / "base.md"


def test_two_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    written_by_hand = {"a": "b", "b": "a"}
    for name, parent in written_by_hand.items():
        (tmp_path / f"{name}.md").write_text(f'{{% extends "{parent}" %}}', encoding="utf-8")
    with pytest.raises(ModelError, match="it extends 'a', which extends it"):
        open_template("a", folders=[tmp_path])


@pytest.mark.parametrize("parent", ["nar", "../ner", "/etc/passwd", ""])
def test_a_parent_that_is_no_known_name_is_refused(tmp_path: Path, parent: str) -> None:
    with pytest.raises(ModelError, match=r"mine\.md: no template is called"):
        written(tmp_path, f'{{% extends "{parent}" %}}')


def test_an_extends_in_a_comment_counts_for_nothing(tmp_path: Path) -> None:
    assert spans_template(tmp_path, '{# {% extends "nobody" %} #}' + PLAIN).parent is None


def test_a_template_without_task_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"mine\.md:1: the front matter has no task.*spans, categories, answer"):
        written(tmp_path, PLAIN)


def test_an_answer_beside_spans_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r'\[answer\] is for task = "answer"'):
        spans_template(tmp_path, PLAIN, front='[answer]\ntype = "object"')


def test_its_files_open_elsewhere_as_the_same_template(tmp_path: Path) -> None:
    mine = open_template("job_titles", folders=template_folders())
    for name, source in mine.files.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    again = open_template(str(tmp_path / "template.md"))
    assert [each.source for each in again.lineage] == [each.source for each in mine.lineage]
    assert (again.name, again.variables, again.parameters) == (mine.name, mine.variables, mine.parameters)
    assert again.parent is not None
    assert again.parent.path == tmp_path / "ner.md"


# --- the schema that a template is for ------------------------------------------------------


@pytest.mark.parametrize("given", ["job_titles", "nowhere.toml"])
def test_a_schema_that_is_no_file_is_taken_as_a_name(tmp_path: Path, given: str) -> None:
    assert spans_template(tmp_path, PLAIN, front=f'schema = "{given}"').schema == given


def test_a_schema_file_is_looked_for_beside_the_template(tmp_path: Path) -> None:
    (tmp_path / "trades.toml").write_text('labels = ["TRADE"]', encoding="utf-8")
    base = spans_template(tmp_path, PLAIN, front='schema = "trades.toml"', name="base")
    assert base.schema == str(tmp_path / "trades.toml")
    assert written(tmp_path, '{% extends "base" %}').schema == base.schema


def test_the_packs_template_is_for_the_packs_schema() -> None:
    assert open_template("job_titles", folders=template_folders()).schema == "job_titles"
    assert open_template("ner").schema is None
