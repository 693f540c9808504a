"""The page around the steps, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.quiet import accessibility_faults
from tests.browser.start.conftest import OpenStart, StartProject

pytestmark = pytest.mark.browser

TEXTS = ("Sony WH-1000 headphones", "Bosch drill 18 V", "Lamy fountain pen")
TITLES = ("Bring texts", "Say what you look for", "Suggest", "Correct", "Judge", "Ship")
PHONE = {"width": 390, "height": 844}


def wait_step(page: Page, title: str) -> None:
    page.get_by_role("heading", level=1, name=title, exact=True).wait_for()


def step_of(page: Page) -> str:
    return str(page.evaluate("location.hash")).removeprefix("#/")


def test_opens_where_somebody_was_and_every_tab_keeps_its_place(
    start_project: StartProject, open_start: OpenStart
) -> None:
    served = start_project(TEXTS)
    first = open_start(served.url)
    assert step_of(first) == "bring"
    first.get_by_role("link", name="Suggest").first.click()
    wait_step(first, "Suggest")
    second = open_start(served.url, context=first.context)
    wait_step(second, "Suggest")
    second.get_by_role("link", name="Judge").click()
    wait_step(second, "Judge")
    first.reload()
    wait_step(first, "Suggest")
    first.go_back()
    wait_step(first, "Bring texts")
    first.go_forward()
    wait_step(first, "Suggest")
    served.stop()
    served.start()
    wait_step(open_start(served.url), "Suggest")


def test_the_keyboard_alone_leads_through_all_steps_on_a_phone(
    start_project: StartProject, open_start: OpenStart
) -> None:
    page = open_start(start_project(TEXTS).url, viewport=PHONE, color_scheme="dark", reduced_motion="reduce")
    assert accessibility_faults(page) == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the step")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for title in TITLES[1:]:
        page.get_by_role("link", name=f"Next: {title}", exact=True).focus()
        page.keyboard.press("Enter")
        wait_step(page, title)
        expect(page.locator("h1")).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], title
    expect(page).to_have_title(re.compile("^Ship · mine"))
    expect(page.locator("nav [aria-current=step]")).to_have_text(re.compile(r"^\s*6\b"))


def test_what_is_done_is_said_with_the_command_and_the_way_on_is_the_main_button_then(
    start_project: StartProject, open_start: OpenStart
) -> None:
    page = open_start(start_project(TEXTS).url, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("The same on the command line").click()
    line = page.locator(".commands code").first.inner_text()
    assert line.startswith("textwright ")
    page.get_by_role("button", name=f"Copy: {line}", exact=True).click()
    page.get_by_role("status").filter(has_text="Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == line
    page.get_by_role("link", name="Bring texts (done) 3 texts").wait_for()
    way = page.get_by_role("link", name="Next: Say what you look for")
    expect(way).to_have_class("button main")
    way.click()
    expect(page.get_by_role("link", name="Next: Suggest")).to_have_class("button")


def test_a_server_that_is_gone_is_told_once_and_healed(start_project: StartProject, open_start: OpenStart) -> None:
    served = start_project(TEXTS)
    page = open_start(served.url)
    served.stop()
    page.get_by_role("link", name="Judge").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The server does not answer")
    expect(alert).to_contain_text(
        f"textwright start {served.project.folder} --port {served.url[:-1].rpartition(':')[2]}"
    )
    expect(alert).to_have_count(1)
    served.start()
    page.get_by_role("status").filter(has_text="The server is back").wait_for()
    expect(alert).to_have_count(0)
    wait_step(page, "Judge")
