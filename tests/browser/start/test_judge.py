"""The step `judge` in a real browser: what was found is drawn, and what changed is judged by itself."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.start.conftest import OpenStart, StartProject
from tests.browser.start.looks import faults_of
from tests.browser.start.working import Served
from tests.project.judge.working import DAYS, KNOWN, SCHEMA, TOWNS, examples
from textwright.dataset import Dataset
from textwright.formats.jsonl import annotation_data
from textwright.project.files import Project
from textwright.project.judge import asking, judging, running, shown
from textwright.project.judge.asking import key_of, title_of
from textwright.project.judge.judged import Behind, Forecast, Judged, Marks, Method, Score, write_judged
from textwright.project.judge.parts import parts_of
from textwright.project.suggest.folder import save_rules
from textwright.project.suggest.forms import PageRule
from textwright.types import Example

pytestmark = pytest.mark.browser
PATIENCE = 60_000
# A judging that goes on until it is stopped: a real one may be done before a busy machine shows the page.
LASTS = [sys.executable, "-c", "import sys; sys.stdin.read()"]


def with_rules(project: Project) -> None:
    """Set the texts aside that the tests of judging do: bringing them would choose others."""
    Dataset(examples(32)).write(project.texts_file)
    save_rules(project, [PageRule("TOWN", "words", ", ".join(KNOWN)), PageRule("DAY", "words", ", ".join(DAYS))])


def method(name: str, right: float, *, behind: Behind | None = None, marks: Marks | None = None) -> Method:
    scores = {"TOWN": Score(right, right - 0.2, 1.0, 8), "DAY": Score(1.0, 0.7, 1.0, 8)}
    interval = (right, right - 0.2, right + 0.1)
    return Method(name, title_of(name), name, f"./{name}/", *interval, 8, 1000, 1.0, True, scores, behind, marks)


def mistake(example: Example) -> dict[str, object]:
    """Give a text that the network got wrong, and the rules have no answer for."""
    gold = annotation_data(example.gold)
    wrong = {"methods": ["network"], "spans": gold["spans"][:1], "categories": []}
    missing = {"methods": ["rules"], "error": "no answer"}
    answers = [wrong, missing] if int(example.id[2:]) % 2 else [wrong, {"methods": ["rules"], **gold}]
    names = {"network": ["DAY"], **({"rules": ["TOWN", "DAY"]} if "error" in answers[1] else {})}
    return {"id": example.id, "text": example.text, "gold": gold, "answers": answers, "parts": {}, "wrong": names}


def judged_already(served: Served) -> None:
    """Keep a judging that holds, so that nothing is judged anew."""
    parts = parts_of(served.bench.desk)
    texts = [*parts.held_out, *parts.learned][:7]
    found = Judged(
        key=key_of(served.project, parts),
        measure="whole_text",
        texts=8,
        learned=19,
        methods=(method("network", 0.875, marks=Marks(0.9, 0.8)), method("rules", 0.5, behind=Behind(0.3, False, 40))),
        repeats=1,
        mistakes=tuple(map(mistake, texts)),
        forecast=Forecast("network", 20, 12, 0.87, 0.93, 0.85, 0.97, 120.0),
    )
    write_judged(served.project.folder, found)


def test_what_was_found_is_drawn_and_what_changed_is_judged_by_itself(
    start_project: StartProject, open_start: OpenStart, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (asking, shown):
        monkeypatch.setattr(module, "can_learn", lambda: False)
    served = start_project(schema=SCHEMA, before=with_rules)
    judged_already(served)
    page = open_start(served.url, "judge")
    expect(page.locator("#judge-best")).to_contain_text("The network is right for 7 of 8 texts; between 6 and 10")
    expect(page.locator(".forecast")).to_contain_text("from 87 to about 93 of 100 right texts")
    expect(page.locator(".range")).to_have_count(4)
    assert faults_of(page) == []
    _mistakes_are_filtered(page)
    _a_mistake_leads_to_its_text(page)
    save_rules(served.project, [PageRule("TOWN", "words", ", ".join(TOWNS)), PageRule("DAY", "words", ", ".join(DAYS))])
    page.reload()
    told = "Your rules are right for all 8 texts"
    expect(page.locator("#judge-best")).to_contain_text(told, timeout=PATIENCE)
    expect(page.locator(".doing")).to_have_count(0)


def _mistakes_are_filtered(page: Page) -> None:
    mistakes = page.locator(".mistakes > li")
    expect(page.locator("judge-mistakes").get_by_label("Method")).to_have_value("network")
    expect(page.locator("judge-mistakes")).to_contain_text("Wrong in 7 of 8 texts by the network.")
    page.locator("judge-mistakes").get_by_label("Method").select_option("")
    expect(mistakes).to_have_count(5)
    page.get_by_role("button", name="Show all 7").click()
    expect(mistakes).to_have_count(7)
    expect(page.locator("judge-mistakes")).to_contain_text("Wrong in 7 of 8 texts by some method.")
    page.locator("judge-mistakes").get_by_label("Label").select_option("TOWN")
    expect(mistakes.filter(has_not_text="No answer.")).to_have_count(0)
    page.locator("judge-mistakes").get_by_label("Method").select_option("network")
    expect(mistakes).to_have_count(0)
    page.locator("judge-mistakes").get_by_label("Label").select_option("")
    expect(mistakes).to_have_count(5)


def _a_mistake_leads_to_its_text(page: Page) -> None:
    first = page.locator(".mistakes > li").first
    expect(first.get_by_role("heading", name="As you have it")).to_be_visible()
    link = first.get_by_role("link", name="Correct it")
    named = link.get_attribute("aria-label") or ""
    link.click()
    expect(page.locator("h1")).to_have_text("Correct")
    page.get_by_text("An earlier text", exact=True).wait_for()
    expect(page.locator('[role=group][aria-label="Text"]')).to_have_text(named.removeprefix("Correct it: "))
    page.go_back()
    expect(page.locator("#judge-best")).to_be_visible()


def test_what_was_under_way_when_one_came_can_be_stopped(
    start_project: StartProject, open_start: OpenStart, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (asking, shown):
        monkeypatch.setattr(module, "can_learn", lambda: False)
    monkeypatch.setattr(running, "COMMAND", LASTS)
    served = start_project(schema=SCHEMA, before=with_rules)
    work = judging(served.bench)
    work.start()
    page = open_start(served.url, "judge")
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_role("button", name="Judge now").wait_for()
    assert work.progress is None


def test_what_is_lacking_is_named_and_leads_to_its_step(start_project: StartProject, open_start: OpenStart) -> None:
    served = start_project([each.text for each in examples(8)])
    page = open_start(served.url, "judge")
    expect(page.locator(".step .button.main")).to_have_attribute("href", "#/look_for")
    served.project.schema_file.write_text(SCHEMA, encoding="utf-8")
    served.bench.take_schema()
    page.reload()
    expect(page.locator(".step .button.main")).to_have_attribute("href", "#/correct")
    expect(page.locator(".step .button.main")).to_have_text("Correct texts")
