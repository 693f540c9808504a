"""A tree in a notebook: nodes open and close, and pointing at one marks it in the text, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from textwright.wrangle import tree

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

TEXT = "Mr. Bean's <b> 😀.\n\nNext & last\ud800\0."
MARKED = "rgba(250, 190, 0, 0.3)"


def test_page_holds_the_text_and_each_node_twice() -> None:
    root = tree.parse(TEXT)
    html = root._repr_html_()
    html.encode()
    count = len(tree.select_all("*", root))
    assert [html.count(f'data-n="{number}" data-type') for number in range(count)] == [1] * count
    assert html.count("<details") == len(tree.select_all(":has(*)", root))
    assert "&lt;" in html
    assert "<b> " not in html
    assert "<script" not in html


def test_page_of_a_huge_tree_shows_its_beginning_and_says_so() -> None:
    html = tree.to_html(tree.parse("word " * 5_000), most=100)
    assert html.count('" data-type=') == 100
    assert html.count("<details") == html.count("</details>")
    assert "… and 14,903 more nodes" in html


def test_page_of_nothing_is_a_root() -> None:
    assert "RootNode" in tree.to_html(tree.parse(""))


def colour(node: Locator) -> str:
    found: str = node.evaluate("node => getComputedStyle(node).backgroundColor")
    return found


@pytest.mark.browser
def test_pointing_at_a_node_marks_it_on_both_sides(browser: Browser) -> None:
    page = browser.new_page()
    faults = list[str]()
    page.on("console", lambda message: faults.append(message.text))
    twice = tree.parse(TEXT)._repr_html_() * 2
    page.set_content(f"<!doctype html><html lang=en><meta charset=utf-8><title>t</title><body>{twice}</body></html>")
    here, other = page.locator(".textwright-tree").all()
    word, summary = (here.locator(f'{side} [data-n="7"]') for side in (".text", ".nodes"))
    assert word.inner_text() == "Bean's"
    word.hover()
    assert colour(summary) == MARKED
    assert colour(other.locator('.nodes [data-n="7"]')) != MARKED
    here.locator("summary").first.hover()
    assert colour(here.locator('.text [data-n="0"]')) == MARKED
    assert colour(summary) != MARKED
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    assert colour(here.locator('.text [data-n="0"]')) == MARKED
    page.keyboard.press("Enter")
    assert not summary.is_visible()
    assert faults == []
    page.close()
