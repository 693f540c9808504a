"""The page of an experiment's table, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.browser.quiet import faults_in_each_look
from tests.evaluate.fakes import spans
from tests.experiment.table.made import GOLD, TEXTS, experiment_of, judged, run_of, texts_with, wrong_in
from textwright.dataset import Dataset
from textwright.experiment.file.experiment import Change
from textwright.experiment.table import table_of

pytestmark = pytest.mark.browser
NASTY = "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">"
GOLDS = {**GOLD, NASTY: spans((0, 9, "JOB"))}
BROAD = {**GOLDS, TEXTS[7]: spans((0, 12, "JOB"), (0, 12, "LEVEL"))}
PARTS = {"town": ["Hove"] * 5 + ["Leith"] * 36}


def page_of() -> str:
    """Draw the table of three methods, one of which learned twice, and one a change of a definition."""
    data, changed = texts_with(GOLDS), texts_with(BROAD)

    def run(name: str, places: list[int], latency: float, seed: int = 0) -> Any:
        answers = wrong_in(places, GOLDS)
        first = judged(answers, data, parts=PARTS, speed={"latency_ms_p50": latency})
        return run_of(name, first, judged(answers, changed, test="later"), seed=seed, size_bytes=int(1e6 / latency))

    runs = [run("a", [], 9.0), run("b, then <i>", [0, 1, 2, 40], 2.0), run("c", [2, 3, 30], 30.0)]
    runs += [run("c", [2], 30.0, seed=1), run_of("d", failed="no memory")]
    change = Change("LEVEL", "test", "later")
    return table_of(experiment_of("a", "b, then <i>", "c", tests=("test", "later"), changes=(change,)), runs).to_html()


@pytest.fixture(scope="module")
def opened(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("table") / "page.html"
    path.write_text(page_of(), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.address = path.as_uri()
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def page(opened: Any) -> Any:
    opened.goto(opened.address)
    return opened


def methods(page: Any) -> list[str]:
    return [each.inner_text() for each in page.locator(".tw-sortable tbody th").all()]


def shown(page: Any) -> list[str]:
    found: list[str] = page.locator("article:visible header code").all_text_contents()
    return found


def test_a_click_orders_and_another_turns_the_order(page: Any) -> None:
    head = page.get_by_role("columnheader", name="one text, median")
    assert methods(page) == ["a", "c", "b, then <i>"]
    head.get_by_role("button").click()
    assert (head.get_attribute("aria-sort"), methods(page)) == ("ascending", ["b, then <i>", "a", "c"])
    head.get_by_role("button").click()
    assert (head.get_attribute("aria-sort"), methods(page)) == ("descending", ["c", "a", "b, then <i>"])
    assert page.locator("[aria-sort]").count() == 1


def test_the_keyboard_orders_too(page: Any) -> None:
    page.get_by_role("button", name="size").focus()
    page.keyboard.press("Enter")
    assert methods(page) == ["c", "a", "b, then <i>"]
    page.keyboard.press("Space")
    assert methods(page) == ["b, then <i>", "a", "c"]


def test_columns_are_hidden_and_come_back(page: Any) -> None:
    page.get_by_text("Columns to show").click()
    box = page.get_by_label("size", exact=True)
    box.uncheck()
    assert page.get_by_role("columnheader", name="size").count() == 0
    assert page.locator("td[data-column=size_bytes]:visible").count() == 0
    box.check()
    assert page.locator("td[data-column=size_bytes]:visible").count() == 3


def test_columns_that_decide_are_shown_at_first_and_others_on_demand(page: Any) -> None:
    heads = page.locator(".tw-sortable thead th:visible").all_inner_texts()
    shown = ["method", "JOB exact", "LEVEL exact", "whole text", "behind the best", "one text, median", "size"]
    assert [" ".join(head.split()) for head in heads] == shown
    summary = page.locator(".tw-columns summary")
    before, every = map(int, re.findall(r"\d+", summary.inner_text()))
    assert (before, every) == (6, page.locator(".tw-columns input").count())
    summary.click()
    page.get_by_label("p (Holm)").check()
    assert page.get_by_role("columnheader", name="p (Holm)").is_visible()
    assert f"{before + 1} of {every}" in summary.inner_text()


def test_what_is_wider_than_the_screen_says_that_it_scrolls(page: Any) -> None:
    hints = page.locator(".tw-more")
    assert hints.count() == page.locator(".tw-scroll, .tw-picture").count()
    hints.first.wait_for(state="visible")
    page.set_viewport_size({"width": 1280, "height": 800})
    hints.first.wait_for(state="hidden")
    page.set_viewport_size({"width": 390, "height": 844})
    hints.first.wait_for(state="visible")


def test_of_several_seeds_the_page_says_whose_answers_stand_there(page: Any) -> None:
    assert "Of several seeds the first one's answers stand here, not the mean of the table: c." in page.inner_text(
        "main"
    )


LONG = "L" + "o" * 200 + "ng"


@pytest.fixture(scope="module")
def wide(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open a page with a name that has no end, and more wrong texts than go on paper."""
    towns = [replace(each, meta={"town": LONG}) for each in texts_with()]
    data = Dataset(towns, schema=texts_with().schema, name="long.jsonl")
    pace = {"latency_ms_p50": 2.0}
    runs = [run_of(LONG, judged(wrong_in(range(30)), data, speed=pace)), run_of("a", judged(wrong_in([]), data))]
    path = tmp_path_factory.mktemp("wide") / "page.html"
    path.write_text(table_of(experiment_of(LONG, "a"), runs).to_html(), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    yield page
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_name_without_end_does_not_make_the_page_wider(wide: Any, width: int) -> None:
    wide.set_viewport_size({"width": width, "height": 800})
    assert wide.evaluate("document.documentElement.scrollWidth") <= width
    cells = wide.locator(".tw-scroll th", has_text="Looo").all()
    assert len(cells) == 3
    assert all(each.bounding_box()["width"] < (0.45 if width == 390 else 0.7) * width for each in cells)


def test_on_paper_stand_the_figures_in_readable_size_and_the_first_texts(wide: Any) -> None:
    articles = wide.locator("article:visible")
    assert articles.count() == 30
    assert not wide.locator(".tw-printed").is_visible()
    wide.emulate_media(media="print")
    assert articles.count() == 20
    assert wide.get_by_text("On paper stand the first 20.").is_visible()
    sizes = (
        "[...document.querySelectorAll('.tw-sortable td, .tw-sortable small')].map((e) => getComputedStyle(e).fontSize)"
    )
    assert min(float(each.removesuffix("px")) for each in wide.evaluate(sizes)) >= 9.5
    wide.emulate_media(media="screen")


def test_texts_are_found_by_who_is_right_and_who_is_wrong(page: Any) -> None:
    assert sorted(shown(page)) == ["t0", "t1", "t2", "t3", "t30", "t40"]
    page.select_option("[name=right]", label="c")
    page.select_option("[name=wrong]", label="b, then <i>")
    assert sorted(shown(page)) == ["t0", "t1", "t40"]
    page.select_option("[name=measure]", label="LEVEL exact")
    assert sorted(shown(page)) == ["t0", "t1"]
    page.select_option("[name=measure]", label="whole text")
    page.select_option("[name=part]", label="Leith")
    assert shown(page) == ["t40"]
    assert page.locator("output").inner_text() == "1 of 6 shown"


def test_texts_are_found_where_methods_disagree_and_by_words(page: Any) -> None:
    page.get_by_label("only where methods disagree").check()
    assert len(shown(page)) == 6
    page.select_option("[name=measure]", label="LEVEL exact")
    assert "t40" not in shown(page)
    page.fill("[name=text]", "NURSE 30")
    assert shown(page) == ["t30"]


def test_equal_answers_stand_once_with_all_who_gave_them(page: Any) -> None:
    article = page.locator("article", has=page.get_by_text("t2", exact=True))
    rows = [" ".join(row.split()) for row in article.locator(".tw-who").all_text_contents()]
    assert rows == ["gold", "a ✓ right", "c, “b, then <i>” ✗ wrong"]


def test_a_text_cannot_run_anything(page: Any) -> None:
    assert page.title() == "Small: test"
    assert page.locator("main img").count() == 0


def test_pages_fit_a_telephone_and_have_no_barriers(page: Any) -> None:
    page.get_by_text("Columns to show").click()
    for details in page.locator("figure details summary").all():
        details.click()
    assert faults_in_each_look(page, 390) == []


def test_what_could_spoil_stands_above_all_figures(page: Any) -> None:
    text = page.locator("main").inner_text()
    assert text.index("Before you trust the figures") < text.index("d failed") < text.index("Every method")
    assert "The gold of LEVEL differs in 1 of 41 texts between test and later." in text
