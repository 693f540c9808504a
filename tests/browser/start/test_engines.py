"""The journey from pasted lines to a form that fills itself, in Chromium, Firefox and WebKit, killed on the way."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.browser.annotate.test_engines import DRAWN, SAYS
from tests.browser.engines import Tab, wait
from tests.browser.start import checks
from tests.browser.start.bare import bare_server
from tests.browser.start.gold import SCHEMA, ingredients
from tests.browser.start.keys import keys_for
from tests.browser.start.newcomer import LOOK, Shown
from tests.browser.start.process import started
from tests.browser.start.test_newcomer import words_of
from textwright.types import Example

pytestmark = pytest.mark.browser

CORRECTED = 12  # texts on either side of the kill: fewer cannot be judged
TITLE = "() => document.querySelector('h1')?.textContent"
IS_THERE = "(selector) => document.querySelector(selector) !== null"
HAS_FOCUS = "(selector) => document.activeElement?.matches(selector)"
ANOTHER = """(before) => {
  const text = document.activeElement;
  return text.matches("[role=group][aria-label=Text]") && text.dataset.id !== before && text.dataset.id;
}"""
FETCHED = """async (path) => {
  const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""
FILLED = """(text) => new Promise((done) => {
  const fields = () => [...document.querySelectorAll("[data-label]")].map((each) => [each.dataset.label, each.value]);
  addEventListener("filled", () => done(Object.fromEntries(fields())), { once: true });
  const field = document.querySelector("[data-text]");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""


@pytest.mark.timeout(400)
def test_somebody_gets_from_pasted_lines_to_a_form(new_tab: Tab, tmp_path: Path) -> None:
    gold = {example.text: example for example in ingredients()}
    with started(tmp_path, learns=False) as command:
        new_tab.open(command.url)
        bring(new_tab, gold)
        look_for(new_tab)
        write_rules(new_tab, words_of(list(gold.values())[:40]))
        before = [correct_one(new_tab, gold) for _ in range(CORRECTED)]
        wait(new_tab, SAYS, "Saved")
        command.kill()
        command.start()
        new_tab.open("about:blank")
        new_tab.open(command.url)
        wait(new_tab, f"() => ({TITLE})() === 'Correct'")
        after = [correct_one(new_tab, gold) for _ in range(CORRECTED)]
        assert len({*before, *after}) == 2 * CORRECTED
        wait(new_tab, SAYS, "Saved")
        go_on(new_tab)
        wait(new_tab, IS_THERE, "#judge-best", patience=200)
        wait(new_tab, SAYS, "Judged.", patience=200)
        go_on(new_tab)
        wait(new_tab, IS_THERE, "a[href$='form.zip']")
        file = tmp_path / "form.zip"
        file.write_bytes(base64.b64decode(new_tab.ask(FETCHED, "api/steps/ship/form.zip")))
    texts, model = list(gold)[:10], tmp_path / "project.textwright/model"
    assert filled(new_tab, checks.unpacked(file), texts) == checks.expected(model, texts, SCHEMA.spans)


def go_on(tab: Tab) -> None:
    """Follow the link that leads on to the next step."""
    before = tab.ask(TITLE)
    tab.click("a", "Next: ")
    wait(tab, f"(before) => ({TITLE})() !== before", before)


def bring(tab: Tab, texts: Mapping[str, Any]) -> None:
    wait(tab, IS_THERE, "#bring-text")
    tab.write("#bring-text", "\n".join(texts))
    tab.click("button", "Bring these texts")
    wait(tab, HAS_FOCUS, "#brought")
    go_on(tab)


def look_for(tab: Tab) -> None:
    for label in SCHEMA.labels:
        tab.write("[name=name][placeholder=BRAND]", label.name)
        tab.write("[name=meaning][placeholder^='Who makes']", label.meaning)
        tab.press("Enter")
        wait(tab, IS_THERE, f"[aria-label='Change {label.name}']")
    go_on(tab)


def write_rules(tab: Tab, words: Mapping[str, str]) -> None:
    tab.click("label.way", "Rules that you write")
    for label, listed in words.items():
        wait(tab, IS_THERE, f"[aria-label='Words for {label}']")
        tab.write(f"[aria-label='Words for {label}']", listed)
    wait(tab, "() => /Something is marked in [1-9]/.test(document.body.textContent)")
    go_on(tab)


def correct_one(tab: Tab, gold: Mapping[str, Example]) -> str:
    """Make of what is drawn what is right, and hand it in."""
    name = wait(tab, ANOTHER, None)
    shown = Shown.of(tab.ask(f"() => ({LOOK})(document.activeElement)"))
    wanted = gold[shown.text].gold.spans or ()
    *keys, last = keys_for(shown.words, shown.drawn, wanted, shown.keys)
    tab.press(*keys)
    wait(tab, DRAWN, sorted([span.start, span.end, span.label] for span in wanted))
    tab.press(last)
    wait(tab, ANOTHER, name)
    return shown.text


def filled(tab: Tab, folder: Path, texts: list[str]) -> list[Mapping[str, str]]:
    """Type texts into the form on a bare static server, and read its fields."""
    with bare_server(folder) as url:
        tab.open(url)
        wait(tab, SAYS, "Type a text.")
        return [tab.ask(FILLED, text) for text in texts]
