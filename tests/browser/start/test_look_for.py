"""The second step in a real browser: by keyboard alone, a proposal by a click, and a label that has marks."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.quiet import accessibility_faults
from tests.browser.start.conftest import OpenStart, StartProject
from textwright.types import Annotation, Example, Span

pytestmark = pytest.mark.browser

TEXTS = tuple(f"{maker} oil {number} ml" for number, maker in enumerate(("Bosch", "Sony", "Lamy", "Makita"), start=2))
TOOLS = '[labels.BRAND]\nmeaning = "Who makes it, such as Bosch."\nkey = "b"\n'


def test_labels_come_by_keyboard_and_by_one_click_on_a_proposal(
    start_project: StartProject, open_start: OpenStart
) -> None:
    served = start_project(TEXTS)
    page = open_start(served.url, "look_for", viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.get_by_label("Name", exact=True).first.focus()
    page.keyboard.type("BRAND")
    page.keyboard.press("Tab")
    page.keyboard.type("Who makes it, such as Sony")
    page.keyboard.press("Enter")
    expect(page.locator("look-for-labels .seen [data-label=BRAND]")).to_have_text("Sony\nbrand", use_inner_text=True)
    expect(page.get_by_label("Name", exact=True).first).to_be_focused()
    page.keyboard.type("THING: what it is")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add AMOUNT").click()
    page.locator("look-for-labels").get_by_role("heading", level=3, name="AMOUNT").wait_for()
    expect(page.get_by_role("button", name="Add AMOUNT")).to_have_count(0)
    expect(page.locator("look-for-labels h3")).to_have_text(["BRAND", "THING", "AMOUNT"])
    page.get_by_role("button", name="Change THING").press("Enter")
    page.keyboard.type("PART")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Change PART")).to_be_focused()
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert served.project.schema.spans == ("BRAND", "PART", "AMOUNT")


def test_removing_a_label_that_has_marks_is_asked_first(start_project: StartProject, open_start: OpenStart) -> None:
    marked = Example("a", "Bosch drill", Annotation((Span(0, 5, "BRAND"),)), annotator="me")
    served = start_project(TEXTS, schema=TOOLS)
    served.bench.desk.add([marked])
    page = open_start(served.url, "look_for")
    page.get_by_role("button", name="Remove BRAND").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("BRAND has 1 mark in 1 text, which would be lost.")
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    assert accessibility_faults(page) == []
    page.keyboard.press("Enter")
    expect(alert).to_have_count(0)
    page.get_by_role("button", name="Remove BRAND").click()
    page.get_by_role("button", name="Remove all the same").click()
    expect(page.get_by_role("button", name="Remove BRAND")).to_have_count(0)
    assert served.project.schema.labels == ()
