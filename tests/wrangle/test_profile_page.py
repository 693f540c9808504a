"""The report of a profile in a real Chromium: readable by all, on a phone, in the dark; and no text runs in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.quiet import faults_in_each_look

from textwright import wrangle
from textwright.types import Annotation, Category, Example, Span

pytestmark = pytest.mark.browser
NASTY = (
    "</q></style><script>document.title='broken'</script><img src=http://x.test/ onerror=\"document.title='broken'\">"
)
LONG = "Verwaltungsfachangestelltenausbildungskoordinatorin" * 6
TEXTS: list[str | Example | wrangle.Unread] = [
    NASTY,
    LONG,
    "Nurse\u200b &amp; Cook eva@web.org",
    "",
    "Nurse",
    "Nurse",
    "Nurse!",
    Example(
        "a",
        "Senior Nurse ",
        Annotation(
            (Span(0, 13, "JOB"), Span(0, 6, "LEVEL"), Span(2, 9, "OTHER")),
            (Category("tone", "calm"), Category("tone", "warm")),
        ),
        {"source": "board"},
        "anna",
    ),
    Example("b", "Senior Nurse ", Annotation((Span(0, 12, "JOB"),), ()), {"source": "board"}, "ben"),
    wrangle.Unread(3, "not UTF-8", NASTY),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("profile") / "report.html"
    path.write_text(wrangle.profile(TEXTS, name="titles.txt").to_html(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def page(browser: Any, report: Path) -> Iterator[Any]:
    """Open the report on a phone; it must say nothing on the console and ask nobody."""
    opened = browser.new_page(viewport={"width": 360, "height": 740})
    messages, asked = list[str](), list[str]()
    opened.on("console", lambda message: messages.append(message.text))
    opened.on("pageerror", lambda error: messages.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(report.as_uri())
    yield opened
    opened.close()
    assert messages == []
    assert asked == [report.as_uri()]


def test_no_text_runs(page: Any) -> None:
    assert page.title() == "Profile of titles.txt"
    assert page.locator("script, img").count() == 0
    assert page.get_by_text("<script>document.title='broken'</script>").first.is_visible()


def test_every_part_is_there_and_linked(page: Any) -> None:
    parts = page.locator("h2").all_inner_texts()
    assert parts == page.locator("nav a").all_inner_texts()
    assert {"What to do next", "Suspicious annotations", "Personal data", "Unreadable"} <= set(parts)
    for link in page.locator("nav a").all():
        assert page.locator(link.get_attribute("href")).count() == 1


def test_one_bar_is_said_and_not_drawn() -> None:
    texts = [Example(str(i), f"Nurse {i}", Annotation((Span(0, 5, "JOB"),), ())) for i in range(3)]
    html = wrangle.profile(texts).to_html()
    assert "Each text has 1 span." in html
    assert "1 spans" not in html
    assert 'aria-label="Histogram of spans' not in html


def test_everybody_can_read_it_on_a_phone(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert faults_in_each_look(page, 360) == []


def test_paper_holds_everything_but_the_links_to_parts(page: Any) -> None:
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": 720, "height": 1000})
    assert not page.locator("nav").is_visible()
    for table in page.locator("table").all():
        assert table.evaluate("each => each.scrollWidth <= each.parentElement.clientWidth + 1")
    page.emulate_media(media="screen")
