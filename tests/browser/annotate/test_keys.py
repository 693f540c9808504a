"""Every key of the contract, from the press to the disk."""

from __future__ import annotations

import re

import pytest

from tests.annotate.acting import act
from tests.browser.annotate.conftest import Open, Serve
from tests.browser.annotate.working import Mark
from textwright.schema import Schema
from textwright.types import Annotation, Example, Span

pytestmark = pytest.mark.browser

TITLE = "Senior Chef, London"
SENIOR, CHEF, BOTH = (0, 6), (7, 11), (0, 11)
# What is pressed on a fresh text, and the spans that are then stored.
CASES: tuple[tuple[tuple[str, ...], list[Mark]], ...] = (
    (("s",), [(*SENIOR, "SENIORITY")]),
    (("ArrowRight", "c"), [(*CHEF, "COREJOBTITLE")]),
    (("ArrowRight", "ArrowRight", "l"), [(13, 19, "LOCATION")]),
    (("ArrowRight", "ArrowRight", "ArrowLeft", "c"), [(*CHEF, "COREJOBTITLE")]),
    (("Shift+ArrowRight", "j"), [(*BOTH, "JOBTITLE")]),
    (("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "j"), [(*BOTH, "JOBTITLE")]),
    ((",", "s"), [(0, 5, "SENIORITY")]),
    ((",", ",", ".", "s"), [(0, 5, "SENIORITY")]),
    (("Shift+Period", "s"), [(1, 6, "SENIORITY")]),
    (("Shift+Period", "Shift+Period", "Shift+Comma", "s"), [(1, 6, "SENIORITY")]),
    (("s", "s"), []),
    (("s", "j"), [(*SENIOR, "JOBTITLE"), (*SENIOR, "SENIORITY")]),
    (("s", "ArrowRight", "c", "ArrowUp", "Delete"), [(*CHEF, "COREJOBTITLE")]),
    (("s", "ArrowRight", "c", "ArrowDown", "Backspace"), [(*SENIOR, "SENIORITY")]),
    (("s", "e", "Control+z"), [(*SENIOR, "SENIORITY")]),
    (("s", "e", "Control+z", "Control+z", "Control+Shift+z"), [(*SENIOR, "SENIORITY")]),
    (("e",), [(*SENIOR, "EMPLOYMENT_TYPE")]),
    (("d",), [(*SENIOR, "DURATION")]),
    (("l",), [(*SENIOR, "LOCATION")]),
    (("r",), [(*SENIOR, "REMOTE_OPTION")]),
    (("p",), [(*SENIOR, "SALARY")]),
    (("o",), [(*SENIOR, "COMPANY")]),
)


def test_every_key_does_what_the_contract_says_and_is_stored(serve: Serve, open_tab: Open) -> None:
    server = serve([TITLE] * len(CASES))
    work = open_tab(server.url)
    for number, (keys, spans) in enumerate(CASES, 1):
        work.wait_text(f"t{number}")
        work.press(*keys)
        work.wait_marks(*spans)
        work.press("Enter")
    work.wait_stored(lambda: server.status(len(CASES)), "done")
    for number, (keys, spans) in enumerate(CASES, 1):
        assert sorted(server.spans(number)) == spans, keys


def test_enter_hands_in_space_skips_and_shift_enter_goes_back_past_a_reload(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    work.press("s", "Enter")
    work.wait_text("t2")
    work.press("Space")
    work.wait_text("t3")
    work.wait_saved()
    work.page.reload()
    work.wait_text("t3")
    work.press("Shift+Enter")
    work.wait_text("t2")
    work.press("Shift+Enter")
    work.wait_text("t1")
    work.wait_marks((*SENIOR, "SENIORITY"))
    assert [server.status(number) for number in (1, 2, 3)] == ["done", "skipped", "new"]


def test_a_text_that_was_handed_in_can_be_changed_and_handed_in_again(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    work.press("s", "Enter")
    work.wait_text("t2")
    work.wait_stored(lambda: server.status(1), "done")
    work.press("Shift+Enter")
    work.wait_text("t1")
    work.press("ArrowRight", "c")
    work.wait_stored(lambda: server.status(1), "begun")
    work.press("Enter")
    work.wait_stored(lambda: server.status(1), "done")
    assert server.spans(1) == [(*SENIOR, "SENIORITY"), (*CHEF, "COREJOBTITLE")]


def test_digits_choose_categories(serve: Serve, open_tab: Open) -> None:
    schema = Schema.from_data({"labels": {"JOB": {}}, "tasks": {"kind": {"labels": ["cook", "nurse"]}}})
    server = serve(schema=schema)
    work = open_tab(server.url)
    work.press("2", "Enter")
    work.wait_stored(lambda: server.status(1), "done")
    [example] = server.exported()
    assert [(each.task, each.label) for each in example.gold.categories or ()] == [("kind", "nurse")]


def test_a_nested_title_with_three_spans_takes_nine_key_presses_at_most(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    work.count_presses()
    work.press("ArrowRight", "c", "ArrowLeft", "s", "Shift+ArrowRight", "j", "Enter")
    work.wait_text("t2")
    assert work.presses <= 9, "Shift counts as a press, too"
    work.wait_stored(lambda: server.status(1), "done")
    assert sorted(server.spans(1)) == [(*SENIOR, "SENIORITY"), (*BOTH, "JOBTITLE"), (*CHEF, "COREJOBTITLE")]


def test_right_suggestions_take_one_key_press(serve: Serve, open_tab: Open) -> None:
    spans = (Span(0, 6, "SENIORITY"), Span(0, 11, "JOBTITLE"), Span(7, 11, "COREJOBTITLE"))
    server = serve([Example("t1", TITLE, Annotation(spans=spans)), Example("t2", "Cook")])
    work = open_tab(server.url)
    work.wait_marks(*((each.start, each.end, each.label, "?") for each in spans))
    work.count_presses()
    work.press("Enter")
    work.wait_text("t2")
    assert work.presses == 1
    work.wait_stored(lambda: server.status(1), "done")
    assert sorted(server.spans(1)) == sorted((each.start, each.end, each.label) for each in spans)


def test_letters_and_digits_do_nothing_outside_the_text(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    work.page.get_by_role("textbox", name="Note").click()
    work.press("s", "j", "1", "Space", "x")
    work.page.locator(".brand").click()
    work.press("s", "Enter")
    assert work.id == "t1"
    assert work.drawn() == []
    work.wait_stored(lambda: server.spans(1), [])
    assert server.exported()[0].extra["note"] == "sj1 x"


def test_tab_belongs_to_the_browser_and_reaches_everything(serve: Serve, open_tab: Open) -> None:
    work = open_tab(serve().url)
    seen = set()
    for _ in range(80):
        work.press("Tab")
        seen.add(work.page.evaluate("document.activeElement.textContent?.trim().slice(0, 20) ?? ''"))
        if work.page.evaluate("document.activeElement === document.body"):
            break
    else:
        pytest.fail("the focus never left the page")
    assert len(seen) > 10


def test_the_keys_are_shown_and_the_text_has_the_focus_again(serve: Serve, open_tab: Open) -> None:
    work = open_tab(serve().url)
    work.press("?")
    work.dialog.wait_for()
    for words in ("COREJOBTITLE", "select the next word", "skip the text"):
        work.dialog.get_by_text(re.compile(words)).first.wait_for()
    work.press("Escape")
    work.dialog.wait_for(state="hidden")
    work.wait_text("t1")
    work.press("s")
    work.wait_marks((*SENIOR, "SENIORITY"))


def test_keys_can_be_remapped_and_stay_so(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    work.press("?")
    work.dialog.get_by_role("button", name=re.compile("SENIORITY")).click()
    work.press("x")
    work.press("Escape")
    work.dialog.wait_for(state="hidden")
    work.wait_text("t1")
    work.press("x")
    work.wait_marks((*SENIOR, "SENIORITY"))
    work.wait_saved()
    work.page.reload()
    work.wait_text("t1")
    work.press("x")
    work.wait_marks()


def test_a_key_that_stands_for_something_else_is_refused_and_all_can_be_reset(serve: Serve, open_tab: Open) -> None:
    work = open_tab(serve().url)
    work.page.get_by_role("button", name=re.compile("Keys")).click()
    change = work.dialog.get_by_role("button", name=re.compile("SENIORITY"))
    change.click()
    work.press("j")
    work.dialog.get_by_role("alert").get_by_text("JOBTITLE").wait_for()
    change.click()
    work.press("x")
    change.get_by_text("x", exact=True).wait_for()
    work.dialog.get_by_role("button", name="All keys as they were").click()
    change.get_by_text("s", exact=True).wait_for()
    work.press("Escape")
    work.wait_text("t1")
    work.press("s")
    work.wait_marks((*SENIOR, "SENIORITY"))


def test_shift_enter_reaches_what_was_handed_in_on_another_device(serve: Serve, open_tab: Open) -> None:
    server = serve()
    act(server.desk, "me", 1, (*SENIOR, "SENIORITY"))
    second = open_tab(server.url)
    second.wait_text("t2")
    second.press("Shift+Enter")
    second.wait_text("t1")
    second.wait_marks((*SENIOR, "SENIORITY"))
