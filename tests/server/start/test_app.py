"""The project page's application: its pages, where each step stands, and how faults are told."""

from __future__ import annotations

import shutil

import pytest
from fastapi import Response

from tests.server.start.conftest import ADDRESS, ProjectAt
from textwright.errors import DataError, SchemaError, StoreError
from textwright.project import look_for
from textwright.project.standing import Standing
from textwright.project.state import STEPS
from textwright.project.workbench import Workbench
from textwright.server.annotation.routes import Route
from textwright.server.annotation.service import Asked, Service
from textwright.server.start import app, bring
from textwright.server.start.described import FREE_ANSWER

TEXTS = ("Sony headphones black", "Bosch drill 18 V", "Lamy fountain pen")


def test_pages_and_what_they_need_are_served(project_at: ProjectAt) -> None:
    client = project_at().client
    for path in ("/", "/annotate.html", "/start/start.js", "/start/start.css", "/annotate/annotate.js"):
        answer = client.get(path)
        assert (answer.status_code, "'self'" in answer.headers["Content-Security-Policy"]) == (200, True), path


def test_an_empty_project_has_every_step_and_none_is_done(project_at: ProjectAt) -> None:
    found = project_at().get("/api/steps")
    assert [each["name"] for each in found["steps"]] == list(STEPS)
    assert [each["name"] for each in found["steps"] if each["done"]] == []
    assert (found["name"], found["step"]) == ("mine", "bring")


def test_a_step_that_is_looked_at_is_remembered_on_disk(project_at: ProjectAt) -> None:
    at = project_at(TEXTS)
    assert at.post("/api/steps/at", step="judge")["step"] == "judge"
    assert "'bring', 'look_for'" in at.refused("/api/steps/at", step="dance")
    assert '"step": "judge"' in (at.project.folder / "project.json").read_text(encoding="utf-8")


def test_a_step_that_cannot_be_read_hinders_no_other(project_at: ProjectAt, monkeypatch: pytest.MonkeyPatch) -> None:
    def standing(bench: Workbench) -> Standing:
        raise SchemaError("schema.toml: line 3")

    monkeypatch.setattr(look_for, "standing", standing)
    at = project_at(TEXTS)
    assert at.standing("look_for")["fault"] == "schema.toml: line 3"
    assert at.standing("bring")["words"] == "3 texts"


def test_a_folder_that_was_taken_away_is_told_and_nothing_looks_saved(project_at: ProjectAt) -> None:
    at = project_at(TEXTS, schema="[labels.BRAND]\n")
    folder, away = at.project.folder, at.project.folder.with_name("away")
    folder.rename(away)
    for path in ("/api/steps", "/api/steps/bring", "/api/steps/ship", "/api/queue", "/api/texts"):
        answer = at.client.get(path)
        assert (answer.status_code, "folder is gone" in answer.json()["detail"]) == (503, True), path
    assert "mine.textwright" in at.refused("/api/acts", status=503, acts=[])
    assert "mine.textwright" in at.refused("/api/steps/at", status=503, step="judge")
    away.rename(folder)
    assert at.post("/api/steps/at", step="judge")["step"] == "judge"
    shutil.copytree(folder, away)
    shutil.rmtree(folder)
    away.rename(folder)
    assert "another is in its place" in at.refused("/api/acts", status=503, acts=[])


def test_the_annotation_server_is_there_too(project_at: ProjectAt) -> None:
    at = project_at(TEXTS, schema="[labels.BRAND]\n")
    assert at.get("/api/project")["name"] == "mine"
    assert {task["text"] for task in at.get("/api/queue?limit=9")["tasks"]} == set(TEXTS)


def test_other_sites_may_change_nothing(project_at: ProjectAt) -> None:
    client = project_at().client
    answer = client.post("/api/steps/at", json={"step": "ship"}, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert client.get("/api/steps", headers={"Origin": ADDRESS}).json()["step"] == "bring"


def test_what_a_user_can_mend_is_told_in_its_own_words(project_at: ProjectAt, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = [(DataError("found 4 columns"), 422), (StoreError("the disk is full"), 503), (OSError("it is gone"), 503)]
    raising = [error for error, _ in faults]

    def failing(service: Service, asked: Asked) -> Response:
        """Fail."""
        raise raising.pop(0)

    def routes(bench: Workbench) -> tuple[Route, ...]:
        return (Route("POST", "/api/steps/failing", "owner", failing, FREE_ANSWER),)

    monkeypatch.setattr(bring, "routes", routes)
    assert bring in app.PARTS
    at = project_at()
    for error, status in faults:
        assert str(error) in at.refused("/api/steps/failing", status=status)


def test_the_description_names_every_route(project_at: ProjectAt) -> None:
    document = project_at().get("/openapi.json")
    operations = [each["operationId"] for path in document["paths"].values() for each in path.values()]
    assert len(operations) == len(set(operations))
    assert {"steps", "step", "queue"} <= set(operations)
