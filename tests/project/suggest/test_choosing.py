from __future__ import annotations

from pathlib import Path

import pytest

from textwright import trust
from textwright.errors import DataError, ModelError
from textwright.llm.local import embedded
from textwright.predictors.prompt_file import prompt_of, read_prompt_file
from textwright.project import open_project
from textwright.project.files import Project
from textwright.project.suggest import language_model
from textwright.project.suggest.choosing import LONGEST_NAME, choose, open_suggester, source_of, suggester_of
from textwright.project.suggest.folder import rules_file, save_rules
from textwright.project.suggest.forms import PageRule
from textwright.project.suggest.language_model import Asked, AtHand, asked_of, at_hand, template_for, write_prompt
from textwright.project.suggest.models import offers, shared
from textwright.references import surroundings
from textwright.schema import Schema, Task, schema_of

ADDRESS = "http://127.0.0.1:9/v1"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = open_project(tmp_path / "mine.textwright")
    made.schema_file.write_text("[labels.JOBTITLE]\n[labels.BRAND]\n", encoding="utf-8")
    return made


def test_models_that_know_a_label_are_offered_the_best_of_a_pack_first(project: Project) -> None:
    found = offers(project.schema)
    assert [offer.reference for offer in found][:2] == ["job_titles", "job_titles.rules"]
    assert {offer.labels for offer in found} == {("JOBTITLE",)}
    assert found[1].about.startswith("The rules: a dictionary")
    assert offers(schema_of(["BRAND"])) == []


def test_questions_are_shared_by_their_answers() -> None:
    mine = schema_of([], tasks={"tone": ["kind", "harsh"], "topic": ["a"]})
    theirs = schema_of(["X"], tasks={"tone": ["kind"], "topic": ["b"]})
    assert shared(mine, theirs) == ((), ("tone",))


def test_nothing_suggests_at_first(project: Project) -> None:
    assert suggester_of(project) is None
    assert open_suggester(project) == {}


def test_model_suggests_under_its_name(project: Project) -> None:
    choose(project, "model", model="job_titles.split")
    assert list(open_suggester(project)) == ["job_titles.split"]
    choose(project, "nothing")
    assert suggester_of(project) is None
    assert project.state.model == "job_titles.split"


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (None, "no model was named"),
        ("job_tiles", "Did you mean job_titles"),
        ("emotion.linear", "knows none of your labels: JOBTITLE, BRAND"),
    ],
)
def test_model_that_cannot_suggest_changes_nothing(project: Project, model: str | None, said: str) -> None:
    with pytest.raises((DataError, ModelError), match=said):
        choose(project, "model", model=model)
    assert project.state.suggesting == "nothing"


def test_rules_are_made_when_they_are_chosen_and_named_anew_when_they_change(project: Project) -> None:
    choose(project, "rules")
    [empty] = open_suggester(project)
    save_rules(project, [PageRule("BRAND", "words", "Sony")])
    [changed] = open_suggester(project)
    assert empty.startswith("rules ")
    assert changed != empty
    rules_file(project).unlink()
    assert suggester_of(project) is None


def test_name_of_a_source_has_room_in_the_database(project: Project) -> None:
    choose(project, "model", model="job_titles.split")
    assert len(source_of(project, "/" + "long/" * 100)) <= LONGEST_NAME


# --- a language model -----------------------------------------------------------------------


def test_prompt_asks_for_the_projects_labels_where_somebody_said(project: Project) -> None:
    trust.confirm(ADDRESS)
    write_prompt(project, Asked(ADDRESS, "qwen3"))
    data = read_prompt_file(project.prompt_file)
    assert {key: data[key] for key in ("template", "base_url", "model")} == {
        "template": "ner",
        "base_url": ADDRESS,
        "model": "qwen3",
    }
    assert asked_of(project) == Asked(ADDRESS, "qwen3")
    choose(project, "prompt")
    assert suggester_of(project) == f"prompt:{project.prompt_file}"
    prompt = prompt_of(data, surroundings(), where="prompt.toml")
    assert prompt.schema.spans == ("JOBTITLE", "BRAND")


def test_prompt_with_odd_words_is_read_again(project: Project) -> None:
    write_prompt(project, Asked("", 'a"b\\c\x7f'))
    assert asked_of(project) == Asked("", 'a"b\\c\x7f')


def test_broken_prompt_is_none(project: Project) -> None:
    assert asked_of(project) is None
    project.prompt_file.write_text("= 3")
    assert asked_of(project) is None


@pytest.mark.parametrize(
    ("schema", "template"),
    [
        (schema_of(["A"], tasks={"t": ["x"]}), "ner"),
        (schema_of([], tasks={"t": ["x"]}), "multilabel"),
        (Schema(tasks=(Task("t", ()),)), "multiclass"),
    ],
)
def test_template_follows_what_is_looked_for(schema: Schema, template: str) -> None:
    assert template_for(schema) == template


def test_without_labels_there_is_nothing_to_ask(tmp_path: Path) -> None:
    project = open_project(tmp_path / "new.textwright")
    with pytest.raises(DataError, match="Say first what you look for"):
        choose(project, "prompt")


def test_language_model_at_hand_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", ADDRESS)
    monkeypatch.setattr(embedded, "PACKAGE", "no_such_package")
    assert at_hand() == AtHand(local=False, address=ADDRESS)
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.setattr(language_model, "default_gguf", lambda: Path("small.gguf"))
    monkeypatch.setattr(language_model, "find_spec", lambda name: object())
    assert at_hand() == AtHand(local=True, address=None)
