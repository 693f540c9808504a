"""Drawn texts keep the order of their words where scripts run from right to left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import playground
from tests.browser.reading import words_from_the_left, words_when_bare
from textwright.draw import draw_html
from textwright.types import Annotation, Span

pytestmark = pytest.mark.browser

NAMES = """() => [...document.querySelectorAll(".tw-head")].map(head => {
  const name = head.querySelector(".tw-name").getBoundingClientRect(), box = head.getBoundingClientRect();
  return Math.abs(name.left - box.left) < 1 ? "left" : Math.abs(name.right - box.right) < 1 ? "right" : "between";
})"""
# In each, the words between the stars are marked, and their last word again.
TEXTS = (
    "We hire a *מנהל מוצר בכיר* for our office in *תל אביב יפו* (Israel), 30,000 per month",
    "דרושה *אחות ראשית* בבית חולים *תל אביב* או London",
    "دنبال *Senior UX Researcher* برای دفتر *London Bridge* هستیم",
    "مطلوب *مهندس برمجيات أول* في دبي و *UX Lead 30* مكافأة",
    "Senior *Nurse* in *Leeds city*",
)
RIGHT_TO_LEFT = "דרושה, Senior UX Researcher (London) לחודש"


def annotated(text: str) -> tuple[str, Annotation]:
    """Read a text of `TEXTS`."""
    plain, spans = "", list[Span]()
    for number, piece in enumerate(text.split("*")):
        if number % 2:
            end = len(plain) + len(piece)
            spans += [Span(len(plain), end, "OUTER"), Span(end - len(piece.split()[-1]), end, "LAST")]
        plain += piece
    return plain, Annotation(tuple(spans))


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_page(viewport={"width": 1400, "height": 600})) as page:
        yield page


@pytest.mark.parametrize("marked", TEXTS)
def test_a_page_shows_the_words_of_a_drawn_text_in_their_order(blank: Page, marked: str) -> None:
    text, annotation = annotated(marked)
    blank.set_content(draw_html(text, annotation))
    assert words_from_the_left(blank, ".tw-text") == words_when_bare(blank, text)


def test_a_name_hangs_where_its_words_begin(blank: Page) -> None:
    for text, side in (
        ("Senior nurse", "left"),
        ("אחות ראשית", "right"),
        ("50 %", "left"),
        ("50 % שכר", "right"),
        ("בתל Aviv", "right"),
    ):
        blank.set_content(draw_html(text, Annotation((Span(0, len(text), "A"),))))
        assert blank.evaluate(NAMES) == [side], text


def test_the_playground_shows_the_words_of_a_drawn_text_in_their_order(browser: Browser, url: str) -> None:
    with playground(browser, url) as page:
        page.set_viewport_size({"width": 1400, "height": 900})
        page.fill("#texts", RIGHT_TO_LEFT)
        page.wait_for_function("() => document.querySelectorAll('#results > li').length === 1")
        page.wait_for_selector("#results .box .box")
        assert words_from_the_left(page, "#results .drawing") == words_when_bare(page, RIGHT_TO_LEFT)
