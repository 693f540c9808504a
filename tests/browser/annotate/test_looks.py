"""On a phone, in the dark, with a finger, for everybody."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest
from playwright.sync_api import expect

from tests.browser.annotate.conftest import Open, Serve
from tests.browser.annotate.working import Work
from tests.browser.quiet import faults_in_each_look
from textwright.formats.base import Identify
from textwright.types import Annotation, Example, Span

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TITLE = "Senior Chef, London"
SUGGESTED = Example("t1", TITLE, Annotation(spans=(Span(0, 6, "SENIORITY"), Span(7, 11, "COREJOBTITLE"))))
VIEWS = ("#/", "#/texts", "#/review", "#/progress", "#/guideline")
MOVES = """() => document.getAnimations().filter(each => each.effect.getComputedTiming().duration > 10).length"""


def test_a_nested_span_is_made_by_finger_at_360_pixels(serve: Serve, open_tab: Open) -> None:
    server = serve([TITLE, "Cook"])
    work = open_tab(server.url, **PHONE)
    tap_word(work, "Senior")
    label(work, "SENIORITY").tap()
    work.wait_marks((0, 6, "SENIORITY"))
    work.page.get_by_role("button", name="Extend").tap()
    tap_word(work, "Chef")
    label(work, "JOBTITLE").tap()
    work.wait_marks((0, 6, "SENIORITY"), (0, 11, "JOBTITLE"))
    assert work.page.evaluate("document.documentElement.scrollWidth") == 360
    work.page.get_by_role("button", name=re.compile("^Accept")).last.tap()
    work.page.locator('[data-id="t2"]').wait_for()
    work.wait_stored(lambda: server.status(1), "done")
    assert sorted(server.spans(1)) == [(0, 6, "SENIORITY"), (0, 11, "JOBTITLE")]


def label(work: Work, name: str) -> Any:
    return work.page.get_by_role("region", name="Labels").get_by_role("button", name=name, exact=True)


def tap_word(work: Work, word: str) -> None:
    find = """(group, word) => {
        const walker = document.createTreeWalker(group, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            const at = node.data.indexOf(word);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            const { left, top, width, height } = range.getBoundingClientRect();
            return [left + width / 2, top + height / 2];
        }
    }"""
    x, y = work.text.evaluate(find, word)
    work.page.touchscreen.tap(x, y)


def test_views_are_accessible_in_the_light_and_in_the_dark_wide_and_narrow(serve: Serve, open_tab: Open) -> None:
    server = serve([SUGGESTED, "Cook"])
    work = open_tab(server.url)
    work.wait_marks((0, 6, "SENIORITY", "?"), (7, 11, "COREJOBTITLE", "?"))
    work.press("s")
    work.wait_saved()
    for view in VIEWS:
        work.page.evaluate("hash => { location.hash = hash }", view)
        work.page.wait_for_load_state("networkidle")
        assert faults_in_each_look(work.page, 1280, 360) == [], view


def test_dialogs_and_the_end_are_accessible(serve: Serve, open_tab: Open) -> None:
    work = open_tab(serve(["Cook"]).url)
    work.press("?")
    work.dialog.wait_for()
    assert faults_in_each_look(work.page, 1280) == []
    work.press("Escape", "j", "Enter")
    work.text.wait_for(state="detached")
    assert faults_in_each_look(work.page, 1280) == []


def test_what_nobody_has_annotated_is_not_said_to_be_empty(serve: Serve, open_tab: Open) -> None:
    work = open_tab(serve(["Cook", "Pilot"]).url)
    work.press("Enter")
    work.wait_text("t2")
    work.wait_saved()
    work.page.evaluate("location.hash = '#/texts'")
    handed_in, untouched = work.page.locator(".rows > li").nth(0), work.page.locator(".rows > li").nth(1)
    expect(handed_in).to_contain_text("Nothing found")
    expect(untouched.get_by_text("not annotated yet")).to_be_visible()
    expect(untouched).not_to_contain_text("Nothing found")


@pytest.mark.parametrize(("people", "ways"), [(1, 0), (2, 1)])
def test_differences_are_offered_where_somebody_can_differ(
    serve: Serve, open_tab: Open, people: int, ways: int
) -> None:
    work = open_tab(serve(["Cook"], people=people).url)
    work.press("Enter")
    work.page.get_by_role("heading", name="All done").wait_for()
    expect(work.page.get_by_role("link", name="Review what differs")).to_have_count(ways)


def test_an_id_that_was_made_of_a_text_is_no_name_of_it(serve: Serve, open_tab: Open) -> None:
    work = open_tab(serve([Example(Identify()("Cook"), "Cook"), Example("c-17", "Pilot")]).url)
    expect(work.page.locator(".about")).to_have_text("Text 1")
    work.press("Enter")
    work.wait_text("c-17")
    expect(work.page.locator(".about")).to_have_text("c-17")


def test_the_names_of_views_are_whole_on_a_phone(serve: Serve, open_tab: Open) -> None:
    work = open_tab(serve(["Cook"]).url, viewport={"width": 360, "height": 740})
    room = "nav => nav.scrollWidth - nav.clientWidth"
    assert work.page.locator("nav").evaluate(room) <= 0


def test_dark_is_dark(serve: Serve, open_tab: Open) -> None:
    work, shades = open_tab(serve().url), {}
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        work.page.emulate_media(color_scheme=scheme)
        colour = work.page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades[scheme] = sum(int(each) for each in re.findall(r"\d+", colour)[:3])
    assert shades["dark"] < 200 < 600 < shades["light"]


def test_nothing_moves_for_those_who_do_not_want_it_and_a_skip_link_leads_past_the_header(
    serve: Serve, open_tab: Open
) -> None:
    work = open_tab(serve().url, reduced_motion="reduce")
    work.press("s", "Enter")
    assert work.page.evaluate(MOVES) == 0
    work.wait_text("t2")
    work.page.evaluate("document.activeElement.blur()")
    link = work.page.get_by_role("link", name=re.compile("skip|to the text", re.I)).first
    link.focus()
    work.press("Enter")
    expect(work.page.locator("main:focus-within")).to_be_visible()
