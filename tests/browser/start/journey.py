"""The journey of a newcomer, a function a step: each begins where the step is shown, and ends with it done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.start.newcomer import PATIENCE, Newcomer
from textwright.schema import Schema

MARKED = re.compile(r"Something is marked in [1-9]")


def bring(me: Newcomer, texts: Iterable[str]) -> None:
    """Paste texts, a line each."""
    me.paste(me.page.get_by_label("Your texts"), "\n".join(texts))
    me.click(me.button("Bring these texts"))
    expect(me.page.locator("#brought")).to_be_focused(timeout=PATIENCE)


def look_for(me: Newcomer, schema: Schema) -> None:
    """Name each label and say what it marks, by the keyboard once the first field has the focus."""
    name = me.page.get_by_role("textbox", name="Name", exact=True)
    for label in schema.labels:
        me.type(name, label.name)
        me.press("Tab")
        me.type(me.page.get_by_label("What it marks", exact=True), label.meaning)
        me.press("Enter")
        expect(me.button(f"Change {label.name}")).to_be_visible(timeout=PATIENCE)


def paste_labels(me: Newcomer, schema: Schema) -> None:
    """Paste all labels at once, each with what it marks."""
    name = me.page.get_by_role("textbox", name="Name", exact=True)
    me.paste(name, "\n".join(f"{label.name}: {label.meaning}" for label in schema.labels))
    expect(me.button(f"Change {schema.labels[-1].name}")).to_be_visible(timeout=PATIENCE)


def write_rules(me: Newcomer, words: Mapping[str, str]) -> None:
    """Write lists of words that suggest, and wait until they are found in texts."""
    me.click(me.page.get_by_label("Rules that you write"))
    for label, listed in words.items():
        me.type(me.page.get_by_label(f"Words for {label}"), listed)
    me.page.get_by_text(MARKED).wait_for()


def judge(me: Newcomer) -> str:
    """Wait until all is judged; return the sentence on the best."""
    headline = me.page.locator("#judge-best")
    headline.wait_for(timeout=300_000)
    me.page.get_by_role("status").filter(has_text="Judged.").wait_for(state="attached", timeout=300_000)
    return headline.inner_text()


def ship(me: Newcomer, folder: Path) -> Path:
    """Download the form that fills itself; return the file."""
    link = me.page.get_by_role("link", name="Download the form")
    link.wait_for(timeout=60_000)
    with me.page.expect_download() as download:
        me.click(link)
    file = folder / "form.zip"
    download.value.save_as(file)
    return file
