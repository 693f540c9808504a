from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.project.ship.making import rules_project
from textwright.errors import DataError
from textwright.project.ship import ship
from textwright.project.ship.form_files import form_files, form_page
from textwright.project.ship.model_folder import files_of, schema_of_model
from textwright.project.ship.offer import form_schema
from textwright.schema import Label, Schema, Task

NASTY = "\"><script>alert(1)</script>&'$title"


class Fields(HTMLParser):
    """Collects the elements of a page with what they are called."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_each_label_and_each_question_gets_a_field() -> None:
    tasks = (Task("topic", (Label("a"), Label("b"))), Task("moods", (Label("x"), Label("y")), multiple=True))
    page = Fields(form_page(Schema(labels=(Label("BRAND", "Who makes it."),), tasks=tasks), "goods"))
    assert [each["data-label"] for each in page.all("input") if "data-label" in each] == ["BRAND"]
    assert [each["data-task"] for each in page.all("select")] == ["topic"]
    assert [each["value"] for each in page.all("option")] == ["", "a", "b"]
    assert [each["data-task"] for each in page.all("fieldset")] == ["moods"]
    assert [each["value"] for each in page.all("input") if each.get("type") == "checkbox"] == ["x", "y"]
    assert "Who makes it." in page.words


def test_names_and_meanings_stay_words_whatever_they_hold() -> None:
    label, task = Label(NASTY, NASTY), Task(NASTY, (Label(NASTY, NASTY),), meaning=NASTY)
    page = Fields(form_page(Schema(labels=(label,), tasks=(task,)), NASTY))
    assert len(page.all("script")) == 1
    assert page.all("select")[0]["data-task"] == NASTY
    assert page.all("option")[1]["value"] == NASTY
    assert page.words.count(NASTY) == 7  # title, heading, label, its meaning, question, its meaning, answer


def test_each_field_has_a_label_and_no_id_stands_twice() -> None:
    page = Fields(form_page(Schema(labels=(Label("A", "x"), Label("B")), tasks=(Task("A", (Label("q"),)),)), "t"))
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {each.get("for") for each in page.all("label")}
    assert {each["id"] for tag in ("input", "select", "textarea") for each in page.all(tag)} <= named
    described = {each["aria-describedby"] for _, each in page.found if "aria-describedby" in each}
    assert described <= set(ids)


def test_the_form_of_rules_needs_no_onnxruntime_and_holds_its_model_alone(tmp_path: Path) -> None:
    project = rules_project(tmp_path)
    model = ship(project)
    files = form_files(model, form_schema(project, schema_of_model(model)), project.name)
    assert sorted(files) == [
        "README.txt",
        "form.css",
        "form.js",
        "index.html",
        "model/config.json",
        "model/rules.toml",
        "runtime/textwright.js",
        "runtime/textwright.worker.js",
    ]
    config = files["model/config.json"]
    assert isinstance(config, bytes)
    assert list(json.loads(config)["files"]) == ["rules.toml"]
    page = files["index.html"]
    assert isinstance(page, bytes)
    fields = Fields(page.decode())
    assert [each["data-label"] for each in fields.all("input")] == ["BRAND", "SIZE"]  # the project's order
    assert 'How <big> it is, "in" words & numbers.' in fields.words


def test_no_form_is_made_of_what_no_page_runs(tmp_path: Path) -> None:
    config = {"kind": "language_model", "files": {"model.gguf": {}}, "schema": {"labels": {"A": {}}}}
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(DataError, match="no page can run a model of the kind language_model"):
        form_files(tmp_path, Schema(), "x")


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "a/../../b", "..\\b", "C:/x", "a/./../../b"])
def test_a_name_that_leads_out_of_the_folder_is_no_file_of_the_model(tmp_path: Path, name: str) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"kind": "rules", "files": {name: {}, "rules.toml": {}}}))
    assert list(files_of(tmp_path)) == ["config.json", "rules.toml"]


@pytest.mark.parametrize(("content", "said"), [("{", "cannot be read"), ("[]", "of no model"), ("{}", "of no model")])
def test_a_damaged_model_folder_is_told(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "config.json").write_text(content)
    with pytest.raises(DataError, match=said):
        files_of(tmp_path)
