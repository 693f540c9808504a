from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from tests.project.ship.making import SCHEMA, judge_as, method, write_rules
from tests.server.start.conftest import At, ProjectAt
from textwright.dataset import Dataset
from textwright.project.files import Project
from textwright.project.judge.asking import key_of
from textwright.project.judge.judged import Judged, write_judged
from textwright.project.judge.parts import parts_of
from textwright.types import Example

TEXTS = [f"Bosch drill {size} cm" for size in range(10, 18)]


def judged_rules(project: Project) -> None:
    write_rules(project)
    judge_as(
        project, method("prompt", "prompt:x.toml", 0.95, shippable=False), method("rules", f"{project.rules}/", 0.9)
    )


@pytest.fixture
def at(project_at: ProjectAt) -> At:
    return project_at(TEXTS, schema=SCHEMA, before=judged_rules)


def choose(at: At, method: str | None = None) -> Any:
    return at.post("/api/steps/ship/choose", method=method)


def zipped(at: At, path: str) -> ZipFile:
    answer = at.client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/zip"
    return ZipFile(BytesIO(answer.content))


def test_a_new_project_has_nothing_to_ship(project_at: ProjectAt) -> None:
    at = project_at()
    offer = at.get("/api/steps/ship")
    assert (offer["methods"], offer["chosen"], offer["ready"], offer["model"]) == ([], None, False, None)
    assert "nothing to ship yet" in choose(at)["fault"]
    assert at.standing("ship")["done"] is False


def test_the_best_that_can_be_shipped_is_offered_and_written(at: At) -> None:
    offer = at.get("/api/steps/ship")
    assert (offer["chosen"], offer["ready"]) == ("rules", False)
    assert [(each["method"], each["said"], each["likely"], each["why_not"] is None) for each in offer["methods"]] == [
        ("prompt", "right for 38 of 40 texts", "8 to 10 of 10", False),
        ("rules", "right for 36 of 40 texts", "8 to 10 of 10", True),
    ]
    made = choose(at)
    assert (made["ready"], made["busy"], made["fault"]) == (True, False, None)
    assert made["model"]["method"] == "rules"
    assert (at.project.model / "config.json").is_file()
    standing = at.standing("ship")
    assert standing["done"]
    assert standing["words"] == "rules ready"
    assert standing["commands"][0].startswith("textwright export ")


def test_what_is_ready_is_called_by_its_title_whatever_is_best_now(at: At) -> None:
    choose(at)
    judge_as(at.project, method("network", f"{at.project.rules}/", 0.95))
    assert at.standing("ship")["words"] == "your rules ready"


def test_what_cannot_be_shipped_is_told_and_changes_nothing(at: At) -> None:
    choose(at)
    assert "prompt cannot be shipped" in choose(at, "prompt")["fault"]
    assert at.get("/api/steps/ship")["model"]["method"] == "rules"


def test_the_model_comes_as_a_zip_that_python_opens(at: At, tmp_path_factory: pytest.TempPathFactory) -> None:
    from textwright.references import open_model

    choose(at)
    folder = tmp_path_factory.mktemp("unzipped")
    zipped(at, "/api/steps/ship/model.zip").extractall(folder)
    model = open_model(f"{folder}/model/")
    assert [span.label for span in model.predict([TEXTS[0]])[0].spans or ()] == ["BRAND", "SIZE"]


def test_the_form_in_the_page_is_the_one_in_the_zip(at: At) -> None:
    choose(at)
    archive = zipped(at, "/api/steps/ship/form.zip")
    for name, shown in (("index.html", "form.html"), ("form.js", "form.js"), ("form.css", "form.css")):
        assert archive.read(f"form/{name}") == at.client.get(f"/{shown}").content
    for name in ("textwright.js", "textwright.worker.js"):
        assert archive.read(f"form/runtime/{name}") == at.client.get(f"/runtime/{name}").content
    assert archive.read("form/model/rules.toml") == at.client.get("/model/rules.toml").content


def test_the_files_of_the_model_are_served_and_nothing_else(at: At) -> None:
    choose(at)
    config = json.loads(at.client.get("/model/config.json").content)
    named = config["files"]["rules.toml"]["sha256"]
    assert at.client.get(f"/model/rules.toml?sha256={named}").status_code == 200
    for path in ("project.json", "../project.json", "..%2fproject.json", "%2e%2e/project.json", "", "nix", "a%00b"):
        assert at.client.get(f"/model/{path}").status_code == 404, path


@pytest.mark.parametrize("path", ["/api/steps/ship/model.zip", "/api/steps/ship/form.zip", "/form.html"])
def test_before_anything_was_shipped_downloads_say_so(at: At, path: str) -> None:
    answer = at.client.get(path)
    assert answer.status_code == 422
    assert "no model was shipped yet" in answer.json()["detail"]


def test_what_was_changed_since_the_methods_were_judged_is_said(at: At) -> None:
    assert at.get("/api/steps/ship")["stale"]
    key = key_of(at.project, parts_of(at.bench.desk))
    write_judged(at.project.folder, Judged(key, "whole_text", 40, 120, (method("rules", f"{at.project.rules}/"),)))
    assert not at.get("/api/steps/ship")["stale"]
    at.project.schema_file.write_text(f'{SCHEMA}[labels.COLOUR]\nmeaning = "Its colour."\n', encoding="utf-8")
    assert at.get("/api/steps/ship")["stale"]


def test_methods_that_are_still_to_be_judged_are_no_change(at: At) -> None:
    key = key_of(at.project, parts_of(at.bench.desk))
    write_judged(at.project.folder, Judged(key, "whole_text", 40, 120, (), finished=False))
    offer = at.get("/api/steps/ship")
    assert (offer["stale"], offer["unfinished"]) == (False, True)


def test_the_report_is_given_once_there_is_one(at: At) -> None:
    assert at.client.get("/api/steps/ship/report.html").status_code == 404
    (at.project.folder / "report.html").write_text("<!doctype html>how often", encoding="utf-8")
    answer = at.client.get("/api/steps/ship/report.html")
    assert "how often" in answer.text
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mine-report.html"')


def test_texts_to_try_are_those_that_were_set_aside(project_at: ProjectAt) -> None:
    texts = [Example(f"t{n}", text, meta={"held_out": n % 2 == 0}) for n, text in enumerate([*TEXTS, "", "x" * 999])]

    def before(project: Project) -> None:
        Dataset(texts).write(project.texts_file)

    at = project_at(TEXTS, before=before)
    assert at.get("/api/steps/ship")["tries"] == [TEXTS[0], TEXTS[2], TEXTS[4]]
