"""Judging in a process of its own, with rules alone: what learns is loaded by none of these."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.project.judge.working import DAYS, SCHEMA, TOWNS, project_in, with_tone
from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.evaluate import evaluate
from textwright.experiment.file import read_experiment
from textwright.project import open_project
from textwright.project.files import Project
from textwright.project.judge import asking, judge, judged, words
from textwright.project.judge.asking import key_of
from textwright.project.judge.judged import Judged
from textwright.project.judge.looked import look
from textwright.project.judge.parts import annotated
from textwright.project.judge.running import LEARNS, Judging
from textwright.project.suggest.folder import save_rules
from textwright.project.suggest.forms import PageRule
from textwright.references import open_model
from textwright.types import Annotation, Example, Span


@pytest.fixture(autouse=True)
def _nothing_learns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "can_learn", lambda: False)


def judging(project: Project, tell: Callable[[str], None] = lambda _: None) -> Judging:
    return Judging(project, lambda: annotated(project), tell=tell)


def kill(work: Judging) -> None:
    work.start()
    work.start()  # a second beginning is none
    assert work.running
    os.kill(work.process_id, signal.SIGKILL)
    work.wait()
    assert "ended by SIGKILL" in work.fault
    assert not work.running


def test_what_was_killed_goes_on_and_is_judged_as_its_files_say(tmp_path: Path) -> None:
    project, said = project_in(tmp_path), list[str]()
    kill(judging(project))
    assert judged(project) is None
    table = judge(project, tell=said.append)
    found = judged(project)
    assert found is not None
    assert found.key == key_of(project, annotated(project))
    [rules] = found.methods
    report = evaluate(open_model(rules.reference), Dataset.read(project.held_out_file)).to_data()
    whole = report["whole_text"]
    assert (rules.right, rules.low, rules.high) == (whole["accuracy"], whole["low"], whole["high"])
    assert 0 < rules.right < 1
    assert rules.scores["TOWN"].right == report["exact"]["TOWN"]["accuracy"]
    assert rules.scores["DAY"].right == 1.0
    assert table.best.value("whole_text") == rules.right
    assert (rules.shippable, rules.texts, found.learned) == (True, 8, 24)
    assert found.doubt.startswith("about 70 texts")
    assert {mistake["wrong"]["rules"][0] for mistake in found.mistakes} == {"TOWN"}
    assert said == ["Reading the texts and what was judged before", "Your rules: being tested"]
    assert "<html" in (project.folder / "report.html").read_text(encoding="utf-8")
    assert read_experiment(project.folder).tests == ("held_out",)


def test_a_process_ends_when_nobody_waits_for_it(tmp_path: Path) -> None:
    work = judging(project_in(tmp_path))
    work.start()
    work.leave()
    work.wait()
    assert not work.running


def test_what_must_be_done_first_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Correct about 20 more texts first"):
        judge(open_project(tmp_path / "new.textwright"))
    with pytest.raises(DataError, match="pip install"):
        judge(project_in(tmp_path, rules=False))
    assert LEARNS.endswith("'textwright[train]'")


def test_what_goes_wrong_is_said_in_its_own_words(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    project.change(suggesting="model", model="job_tiles")
    with pytest.raises(DataError, match="job_tiles"):
        judge(project, tell=lambda _: None)
    assert judged(project) is None


ASKED = SCHEMA + '[labels.COLOUR]\n[tasks.tone]\nlabels = ["dry", "warm"]\n'
DAY, TOWN = PageRule("DAY", "words", ", ".join(DAYS)), PageRule("TOWN", "words", ", ".join(TOWNS))


def with_one_colour(each: Example) -> Example:
    """Answer the question of each text, and mark a colour in one text to learn from: in none of the test."""
    spans = (Span(0, 4, "COLOUR"), *(each.gold.spans or ())) if each.id == "t-005" else each.gold.spans
    return with_tone(replace(each, gold=Annotation(spans)), "dry")


def test_marks_that_the_test_lacks_answers_and_what_was_looked_at(tmp_path: Path) -> None:
    project = project_in(tmp_path, schema=ASKED, change=with_one_colour)
    test = [each.id for each in annotated(project).held_out]
    look(project, Judged("key", "whole_text", 8, 19, (), mistakes=({"id": test[0]},)), test)
    save_rules(project, [DAY, TOWN, PageRule("COLOUR", "words", "Open, parade, trains, Market")])
    judge(project, tell=lambda _: None)
    found = judged(project)
    assert found is not None
    assert (found.labels, found.questions, found.absent) == (("TOWN", "DAY", "COLOUR"), ("tone",), ("COLOUR",))
    [rules] = found.methods
    assert rules.scores["COLOUR"].right == rules.right < rules.scores["TOWN"].right == 1.0
    assert words.answers_of(found) == ["Your rules do not answer tone."]
    names = [*found.labels, *found.questions]
    report = evaluate(open_model(rules.reference), Dataset.read(project.held_out_file), labels=names)
    assert report.to_data()["whole_text"]["accuracy"] == rules.right
    assert found.seen == {"rules": 1}
