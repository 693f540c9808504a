"""What the script of the pages does, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.evaluate.fakes import Known, dataset, spans
from textwright.evaluate import compare, evaluate

pytestmark = pytest.mark.browser
NASTY = "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">"
GOLD = {
    "Senior Nurse": spans((0, 12, "JOB"), (0, 6, "LEVEL")),
    "Cook": spans((0, 4, "JOB")),
    "Lead Pilot": spans((0, 10, "JOB"), (0, 4, "LEVEL")),
    NASTY: spans((0, 9, "JOB")),
}
NO_LEVELS = {**GOLD, "Senior Nurse": spans((0, 12, "JOB")), "Lead Pilot": spans((0, 10, "JOB"))}
NO_COOK = {**GOLD, "Cook": spans(), NASTY: spans()}


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    opened_page = browser.new_page(viewport={"width": 360, "height": 800})
    yield opened_page
    opened_page.close()


def opened(page: Any, html: str, folder: Path) -> list[str]:
    """Open a page from a file; return what it complains of."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    page.goto(path.as_uri())
    return complaints


def shown(page: Any) -> list[str]:
    return [code.inner_text() for code in page.locator("article:visible header code").all()]


def test_mistakes_are_searched_and_filtered(page: Any, tmp_path: Path) -> None:
    complaints = opened(page, evaluate(Known({**NO_LEVELS, "Cook": spans()}), dataset(GOLD)).to_html(), tmp_path)
    assert shown(page) == ["t0", "t1", "t2"]
    page.select_option("[name=label]", "LEVEL")
    assert shown(page) == ["t0", "t2"]
    page.fill("[name=text]", "PILOT")
    assert shown(page) == ["t2"]
    assert page.inner_text("output") == "1 of 3 shown"
    page.uncheck("[value=missed]")
    assert shown(page) == []
    assert complaints == []


def test_texts_are_found_that_one_has_right_and_another_wrong(page: Any, tmp_path: Path) -> None:
    reports = [evaluate(Known(told, name=name), dataset(GOLD)) for name, told in (("a", NO_LEVELS), ("b", NO_COOK))]
    complaints = opened(page, compare(reports).to_html(), tmp_path)
    page.select_option("[name=right]", label="a")
    page.select_option("[name=wrong]", label="b")
    assert shown(page) == ["t1", "t3"]
    page.select_option("[name=measure]", label="exact:LEVEL")
    assert shown(page) == []
    page.select_option("[name=right]", label="b")
    page.select_option("[name=wrong]", label="a")
    assert shown(page) == ["t0", "t2"]
    assert page.locator("article:visible .tw-mark").first.inner_text() == "✗ wrong"
    assert complaints == []


def test_a_text_cannot_run_or_load_anything(page: Any, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, evaluate(Known(NO_COOK, name="fine"), dataset(GOLD)).to_html(), tmp_path)
    assert page.title() == "fine"
    assert [url for url in asked if not url.endswith("page.html")] == []


def test_pages_fit_a_telephone(page: Any, tmp_path: Path) -> None:
    opened(page, evaluate(Known(NO_COOK), dataset(GOLD)).to_html(), tmp_path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
