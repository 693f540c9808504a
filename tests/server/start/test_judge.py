from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from tests.project.judge.working import DAYS, KNOWN, SCHEMA, examples
from tests.server.start.conftest import At, ProjectAt
from textwright.dataset import Dataset
from textwright.project.files import Project
from textwright.project.judge import asking, shown
from textwright.project.judge.judged import judged, write_judged
from textwright.project.suggest.folder import save_rules
from textwright.project.suggest.forms import PageRule

STEP = "/api/steps/judge"


@pytest.fixture(autouse=True)
def _nothing_learns(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (asking, shown):
        monkeypatch.setattr(module, "can_learn", lambda: False)


def with_rules(project: Project) -> None:
    Dataset(examples(32)).write(project.texts_file)
    save_rules(project, [PageRule("TOWN", "words", ", ".join(KNOWN)), PageRule("DAY", "words", ", ".join(DAYS))])


def ended(at: At) -> Any:
    """Wait until judging ends, as the page does."""
    for _ in range(600):
        if at.get(f"{STEP}/progress")["running"] is None:
            return at.get(STEP)
        time.sleep(0.05)
    raise AssertionError("judging never ended")


def test_an_empty_project_says_what_comes_first(project_at: ProjectAt) -> None:
    at = project_at()
    told = at.get(STEP)
    assert told["lacking"].startswith("Correct about 20 more texts first")
    assert (told["found"], told["wanted"], told["running"], told["report"]) == (None, False, None, False)
    assert at.refused(f"{STEP}/run") == told["lacking"]
    assert at.client.get(f"{STEP}/report").status_code == 404
    assert at.standing("judge")["done"] is False


def test_without_rules_and_what_learns_the_pip_line_is_said(project_at: ProjectAt) -> None:
    at = project_at(schema=SCHEMA, before=lambda project: _texts(project))
    assert "pip install 'textwright[train]'" in at.get(STEP)["lacking"]
    assert "pip install" in at.refused(f"{STEP}/run")


def _texts(project: Project) -> None:
    Dataset(examples(32)).write(project.texts_file)


def test_the_step_is_judged_and_shown(project_at: ProjectAt) -> None:
    at = project_at(schema=SCHEMA, before=with_rules)
    assert at.get(STEP)["wanted"] is True
    assert at.post(f"{STEP}/run")["running"]["words"] == "Loading what tests and learns"
    assert at.post(f"{STEP}/stop")["running"] is None
    assert at.get(STEP)["wanted"] is True
    at.post(f"{STEP}/run")
    told = ended(at)
    assert (told["wanted"], told["stale"], told["fault"], told["report"]) == (False, False, "", True)
    found = told["found"]
    assert found["headline"].startswith("Your rules are right for 4 of 8 texts; between 2 and 8 of 10")
    assert found["marks"] == "Of 100 marks to find, 75 are found. Of 100 that are made, 100 are right."
    [rules] = found["methods"]
    assert (rules["count"], [each["name"] for each in rules["scores"]]) == (4, ["TOWN", "DAY"])
    assert {tuple(each["wrong"]["rules"]) for each in found["mistakes"]} == {("TOWN",)}
    assert at.standing("judge")["words"] == "right for 4 of 8"
    assert len(at.standing("judge")["commands"]) == 3
    assert (found["answers"], rules["note"], found["labels"], found["questions"]) == ([], "", 2, 0)
    assert (at.project.folder / "looked.json").is_file()
    report = at.client.get(f"{STEP}/report")
    assert "sandbox" in report.headers["content-security-policy"]
    assert report.headers["content-type"].startswith("text/html")
    _a_forecast_that_is_missing_is_wanted(at)
    _another_rule_makes_it_stale(at)


def _a_forecast_that_is_missing_is_wanted(at: At) -> None:
    found = judged(at.project)
    assert found is not None
    write_judged(at.project.folder, replace(found, doubt=""))
    told = at.get(STEP)
    assert (told["wanted"], told["stale"]) == (True, False)


def _another_rule_makes_it_stale(at: At) -> None:
    save_rules(at.project, [PageRule("DAY", "words", "Monday")])
    told = at.get(STEP)
    assert (told["wanted"], told["stale"]) == (True, True)
    assert told["found"]["finished"] is True


def test_a_wish_that_is_none_is_refused(project_at: ProjectAt) -> None:
    at = project_at()
    assert at.client.post(f"{STEP}/run", json={"large": "yes"}).status_code == 422
    assert at.project.state.large is False


def test_what_changed_while_it_is_judged_is_said_and_commands_that_would_fail_are_not_shown(
    project_at: ProjectAt,
) -> None:
    at = project_at(schema=SCHEMA, before=with_rules)
    assert [line.split()[1:3] for line in at.standing("judge")["commands"]] == [["experiment", "run"]]
    at.post(f"{STEP}/run")
    assert (at.get(STEP)["outdated"], at.get(STEP)["alike"]) == (False, "")
    save_rules(at.project, [PageRule("DAY", "words", "Monday")])
    told = at.get(STEP)
    assert told["outdated"] is (told["running"] is not None)
    at.post(f"{STEP}/stop")
    assert at.get(STEP)["outdated"] is False
