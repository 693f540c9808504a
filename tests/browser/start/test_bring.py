"""The first step in a browser: paste by keyboard, repair and take back; drop a table and choose another column."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.quiet import accessibility_faults
from tests.browser.start.conftest import OpenStart, StartProject

pytestmark = pytest.mark.browser

RAW = "R&amp;D Lead\nCook\ncook\nBaker in York\n"
DROP = """([name, content]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], name));
    document.querySelector("#bring-text").dispatchEvent(
        new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def shown(page: Page) -> Locator:
    return page.locator(".sample li > span:first-child")


def test_texts_are_pasted_repaired_and_taken_back_by_keyboard(
    start_project: StartProject, open_start: OpenStart
) -> None:
    page = open_start(start_project().url)
    expect(page.locator("#bring-text")).to_be_focused()
    page.keyboard.insert_text(RAW)
    page.reload()
    expect(page.locator("#bring-text")).to_have_value(RAW)
    expect(page.locator("#bring-text")).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="4 texts").wait_for()
    expect(page.get_by_role("heading", name="4 texts")).to_be_focused()
    expect(page.locator("#bring-text")).to_have_value("")
    expect(page.locator("#bring-text")).to_be_hidden()
    page.get_by_role("button", name="Repair all").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="3 texts").wait_for()
    expect(shown(page)).to_have_text(["R&D Lead", "Cook", "Baker in York"])
    expect(page.get_by_role("heading", name="Repaired")).to_be_focused()
    page.get_by_role("button", name="Take back: 1 text that").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="4 texts").wait_for()
    expect(shown(page)).to_have_text(["R&D Lead", "Cook", "cook", "Baker in York"])
    expect(page.get_by_role("button", name="Repair: 1 text that")).to_be_focused()
    assert accessibility_faults(page) == []


def test_a_table_is_dropped_another_column_chosen_and_all_begun_anew(
    start_project: StartProject, open_start: OpenStart
) -> None:
    page = open_start(start_project().url, viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.evaluate(DROP, ["a.xlsx", "PK\x03\x04"])
    page.get_by_role("alert").wait_for()
    expect(page.get_by_role("alert")).to_contain_text("a.xlsx: the file is a workbook")
    page.evaluate(DROP, ["jobs.csv", "id,title,town\n1,Head Chef,York\n2,Cook,Leeds\n"])
    column = page.get_by_label("In jobs.csv the texts are in the column")
    column.select_option("town")
    page.locator(".sample").get_by_text("Leeds").wait_for()
    column.select_option("title")
    page.locator(".sample").get_by_text("Cook").wait_for()
    expect(column).to_have_value("title")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert accessibility_faults(page) == []
    page.get_by_text("Bring more, or begin anew").click()
    page.get_by_role("button", name="Begin anew").click()
    page.get_by_role("button", name="Take them out").click()
    page.get_by_role("button", name="Take these").first.wait_for()
    expect(page.locator("#bring-text")).to_be_focused()
    expect(page.get_by_role("button", name="Take these")).to_have_count(3)


def test_each_text_runs_as_its_own_letters_do(start_project: StartProject, open_start: OpenStart) -> None:
    page = open_start(start_project().url)
    page.fill("#bring-text", "דרושה אחות, 25,000 לחודש\nHead Chef, York\n")
    expect(page.locator("#bring-text")).to_have_css("unicode-bidi", "plaintext")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="2 texts").wait_for()
    expect(shown(page)).to_have_count(2)
    lines = page.locator(".sample li").evaluate_all("lines => lines.map(line => getComputedStyle(line).direction)")
    assert dict(zip(shown(page).all_inner_texts(), lines, strict=True)) == {
        "דרושה אחות, 25,000 לחודש": "rtl",
        "Head Chef, York": "ltr",
    }
