"""Two tabs of one annotator: the second is told, and nothing is lost."""

from __future__ import annotations

import re

import pytest

from tests.annotate.acting import act
from tests.browser.annotate.conftest import Open, Serve
from tests.browser.annotate.working import Served, Work

pytestmark = pytest.mark.browser

SENIOR, CHEF = (0, 6, "SENIORITY"), (7, 11, "COREJOBTITLE")
MINE, THEIRS = "Keep mine", "Keep the saved one"


def in_conflict(serve: Serve, open_tab: Open) -> tuple[Served, Work]:
    """Let a text be changed from elsewhere while a tab shows it; the tab is asked."""
    server = serve()
    second = open_tab(server.url)
    act(server.desk, "me", 1, SENIOR, kind="edit")
    second.press("ArrowRight", "c")
    second.dialog.wait_for()
    assert second.dialog.get_by_text("Chef").count() >= 2, "both versions are shown"
    assert server.spans(1) == [SENIOR], "nothing is overwritten before the choice"
    return server, second


def test_the_second_tab_is_asked_again_after_a_reload_and_may_keep_its_own(serve: Serve, open_tab: Open) -> None:
    server, second = in_conflict(serve, open_tab)
    second.page.reload()
    second.dialog.wait_for()
    second.dialog.get_by_role("button", name=MINE).click()
    second.dialog.wait_for(state="hidden")
    second.wait_saved()
    assert server.spans(1) == [CHEF]
    assert server.kinds(1) == ["edit", "edit"], "what the first did stays in the history"
    second.wait_text("t1")
    second.wait_marks(CHEF)


def test_the_second_tab_may_take_the_others_but_by_no_key_of_somebody_who_annotates_fast(
    serve: Serve, open_tab: Open
) -> None:
    server, second = in_conflict(serve, open_tab)
    second.page.locator(".conflict h2:focus").wait_for()
    second.press("Enter", "Space", "c", "Shift+Enter", "Enter")
    assert second.dialog.is_visible()
    second.press("Tab")
    assert second.page.evaluate("document.activeElement.innerText") == THEIRS, "the first that a key reaches"
    assert server.spans(1) == [SENIOR]
    second.press("Enter")
    second.dialog.wait_for(state="hidden")
    second.wait_text("t1")
    second.wait_marks(SENIOR)
    second.press("Enter")
    second.wait_stored(lambda: server.status(1), "done")
    assert server.spans(1) == [SENIOR]


def test_two_tabs_on_one_text_know_of_each_other(serve: Serve, open_tab: Open) -> None:
    server = serve()
    first = open_tab(server.url)
    second = open_tab(server.url, context=first.page.context)
    for work in (first, second):
        work.page.get_by_text(re.compile("another tab", re.I)).first.wait_for()


def test_texts_that_were_handed_in_elsewhere_are_asked_about_once(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    for number in (1, 2, 3, 4):
        act(server.desk, "me", number, (0, 4, "SENIORITY"))
    work.press("Enter")
    work.dialog.get_by_role("button", name=THEIRS).click()
    work.page.get_by_text("handed in", exact=True).wait_for()
    work.wait_marks((0, 4, "SENIORITY"))
    work.press("Enter")
    work.wait_text("t5")
    work.press("Enter")
    work.wait_stored(lambda: server.status(5), "done")
    assert work.dialog.count() == 0
    assert [server.kinds(number) for number in (1, 2, 3, 4)] == [["accept"]] * 4
