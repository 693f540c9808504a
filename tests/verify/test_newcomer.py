"""The whole journey of somebody who never trained anything: 200 lines of an unknown domain, 100 corrected, a form.

It is killed at each step and looked at in each, and its figures are those of the command line. It prints what it took.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.annotate.working import NETWORK
from tests.browser.start import checks, journey
from tests.browser.start.by_keyboard import ByKeyboard
from tests.browser.start.gold import SCHEMA, ingredients
from tests.browser.start.looks import faults_of
from tests.browser.start.newcomer import Newcomer
from tests.browser.start.process import Command, started
from tests.browser.start.test_newcomer import MOST_ACTS, listening, words_of

from textwright.project.examples import sample
from textwright.schema import Schema
from textwright.types import Annotation, Example

pytestmark = [pytest.mark.verify, pytest.mark.timeout(2400)]

LABELS = ("BRAND", "PRODUCT", "SIZE")
PASTED, CORRECTED, BEFORE_KILL = 200, 100, 50
MOST_MINUTES = 10
# A kill during judging comes after so many milliseconds of it.
JUDGED_FOR = 3_000


def products() -> tuple[Schema, dict[str, Example]]:
    """Return three labels, and product headlines with what is right for them."""
    found = sample("products")
    labels = tuple(replace(found.schema.label(name), key=None, colour=None) for name in LABELS)
    gold = [_only(example) for example in found.gold()][:PASTED]
    return Schema(labels=labels), {example.text: example for example in gold}


def _only(example: Example) -> Example:
    spans = tuple(span for span in example.gold.spans or () if span.label in LABELS)
    return replace(example, gold=Annotation(spans=spans))


@dataclass
class Visit:
    """A journey under way: what was wrong with what was shown, and how long the journey itself took."""

    command: Command
    page: Page
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)

    def leave(self, *, children: bool = True) -> None:
        """Look at the step, kill the server, and open it again: none of that is the newcomer's time."""
        self.seconds += time.monotonic() - self._began
        step = self.page.get_by_role("heading", level=1).inner_text()
        self.faults += [f"{step}: {fault}" for fault in faults_of(self.page)]
        checks.killed_and_opened_again(self.command, self.page, children=children)
        self._began = time.monotonic()


def test_a_newcomer_trains_judges_and_ships_within_minutes(browser: Browser, tmp_path: Path) -> None:
    schema, gold = products()
    with started(tmp_path) as command:
        page, messages = listening(browser)
        me, visit = Newcomer(page, gold), Visit(command, page)
        page.goto(command.url)
        for step in (lambda: journey.bring(me, gold), lambda: journey.look_for(me, schema)):
            _done(step, visit, me)
        _done(lambda: None, visit, me)
        me.correct(BEFORE_KILL)
        me.saved()
        visit.leave()
        me.correct(CORRECTED - BEFORE_KILL)
        me.saved()
        me.go_on()
        page.get_by_role("progressbar", name="Judging").wait_for()
        page.wait_for_timeout(JUDGED_FOR)
        visit.leave(children=False)
        said = journey.judge(me)
        visit.leave()
        best = checks.asked(page, "api/steps/judge")["found"]["methods"][0]["name"]
        shown = checks.figures_of_page(page, best)
        me.go_on()
        form = checks.unpacked(journey.ship(me, tmp_path))
        visit.leave()
        page.context.close()
    project = tmp_path / "project.textwright"
    evaluated = checks.figures_of_command(project)
    texts = list(gold)
    same = checks.filled(browser, form, texts) == checks.expected(project / "model", texts, LABELS)
    print(f"\n{len(me.acts)} clicks and presses outside of annotating: {', '.join(me.acts)}")
    print(f"{sum(me.keys)} keys for {len(me.keys)} texts, {sum(me.suggested)} marks suggested")
    print(f"{visit.seconds / 60:.1f} minutes of machine time. {said}")
    print(f"the page: {best} {shown}\nevaluate: {evaluated}\nthe form on a bare server finds the same: {same}")
    assert visit.faults == []
    assert [each for each in messages if not NETWORK.match(each)] == []
    assert shown == evaluated
    assert same
    assert len(me.acts) <= MOST_ACTS
    assert visit.seconds <= MOST_MINUTES * 60


def _done(step: Callable[[], None], visit: Visit, me: Newcomer) -> None:
    step()
    visit.leave()
    me.go_on()


def test_the_whole_journey_goes_by_keyboard_alone_on_a_dark_phone(browser: Browser, tmp_path: Path) -> None:
    gold = {example.text: example for example in ingredients()}
    with started(tmp_path, learns=False) as command:
        page, messages = listening(browser, viewport={"width": 390, "height": 844}, color_scheme="dark")
        me = ByKeyboard(page, gold)
        page.goto(command.url)
        journey.bring(me, gold)
        me.go_on()
        journey.look_for(me, SCHEMA)
        me.go_on()
        journey.write_rules(me, words_of(list(gold.values())[:40]))
        me.go_on()
        me.correct(24)
        me.go_on()
        assert "Your rules" in journey.judge(me)
        me.go_on()
        form = checks.unpacked(journey.ship(me, tmp_path))
        page.context.close()
    assert (form / "index.html").is_file()
    assert [each for each in messages if not NETWORK.match(each)] == []
