"""Somebody who never trained anything: from pasted lines to a form that fills itself, killed on the way.

Nothing learns here, so that it is quick: written rules are judged and shipped. `tests/verify/test_newcomer.py` trains.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.annotate.working import NETWORK
from tests.browser.start import checks, journey
from tests.browser.start.gold import SCHEMA, ingredients
from tests.browser.start.newcomer import PATIENCE, Newcomer
from tests.browser.start.process import started
from textwright.types import Example

pytestmark = pytest.mark.browser

MOST_ACTS = 25


def test_somebody_gets_from_pasted_lines_to_a_form_with_few_clicks(browser: Browser, tmp_path: Path) -> None:
    gold = {example.text: example for example in ingredients()}
    with started(tmp_path, learns=False) as command:
        page, messages = listening(browser)
        me = Newcomer(page, gold)
        page.goto(command.url)
        journey.bring(me, gold)
        me.go_on()
        journey.paste_labels(me, SCHEMA)
        me.go_on()
        journey.write_rules(me, words_of(list(gold.values())[:40]))
        me.go_on()
        corrected = me.correct(12)
        me.saved()
        checks.killed_and_opened_again(command, page)
        corrected += me.correct(12)
        assert len(set(corrected)) == 24
        assert sum(me.suggested) > 0
        me.go_on()
        assert "Your rules" in journey.judge(me)
        shown = checks.figures_of_page(page, "rules")
        me.go_on()
        form = checks.unpacked(journey.ship(me, tmp_path))
        page.context.close()
        assert len(me.acts) <= MOST_ACTS, me.acts
    project = tmp_path / "project.textwright"
    assert shown == checks.figures_of_command(project)
    texts = list(gold)[:20]
    assert checks.filled(browser, form, texts) == checks.expected(project / "model", texts, SCHEMA.spans)
    assert [each for each in messages if not NETWORK.match(each)] == []


def words_of(examples: Iterable[Example]) -> dict[str, str]:
    """List what each label marks in some texts, as somebody does who knows such texts."""
    listed: dict[str, list[str]] = {label: [] for label in SCHEMA.spans}
    for example in examples:
        for span in example.gold.spans or ():
            listed[span.label].append(example.text[span.start : span.end])
    return {label: "\n".join(dict.fromkeys(words)) for label, words in listed.items()}


def listening(browser: Browser, **options: Any) -> tuple[Page, list[str]]:
    """Open a tab that may paste; what stands on its console is kept."""
    may = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "permissions": may, **options})
    context.set_default_timeout(PATIENCE)
    page, messages = context.new_page(), list[str]()
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    return page, messages
