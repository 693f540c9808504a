"""The keys of the annotation page in Chromium, Firefox and WebKit, and what is saved when the server goes away."""

from __future__ import annotations

import pytest

from tests.browser.annotate.conftest import Serve
from tests.browser.annotate.test_keys import BOTH, CASES, CHEF, SENIOR, TITLE
from tests.browser.annotate.working import Mark
from tests.browser.engines import Tab, wait

pytestmark = pytest.mark.browser

HAS_FOCUS = "(name) => document.activeElement?.matches(`[role=group][data-id='${name}']`)"
DRAWN = """(wanted) => JSON.stringify(wanted) === JSON.stringify(
  [...document.querySelectorAll('[role=group] [data-start]')]
    .map(({ dataset: d }) => [Number(d.start), Number(d.end), d.label])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1)))"""
SAYS = """(words) => [...document.querySelectorAll('[role=status]')]
  .some((each) => each.textContent.trim().startsWith(words))"""
ONE, TWO, THREE = (*SENIOR, "SENIORITY"), (*CHEF, "COREJOBTITLE"), (*BOTH, "JOBTITLE")


def wait_text(tab: Tab, name: str) -> None:
    """Wait until a text is up and has the focus."""
    wait(tab, HAS_FOCUS, name)


def wait_marks(tab: Tab, *marks: Mark) -> None:
    wait(tab, DRAWN, sorted(list(mark) for mark in marks))


# Chromium is asked all of them by test_keys.py; every third holds each kind of key.
@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.verify)])
def test_keys_do_what_the_contract_says(serve: Serve, new_tab: Tab, step: int) -> None:
    cases = CASES[::step]
    server = serve([TITLE] * len(cases))
    new_tab.open(server.url)
    for number, (keys, spans) in enumerate(cases, 1):
        wait_text(new_tab, f"t{number}")
        new_tab.press(*keys)
        wait_marks(new_tab, *spans)
        new_tab.press("Enter")
    wait(new_tab, SAYS, "Saved")
    found = [sorted(server.spans(number)) for number in range(1, len(cases) + 1)]
    assert found == [spans for _, spans in cases]


def test_marks_are_nested_undone_and_saved_while_the_server_comes_and_goes(serve: Serve, new_tab: Tab) -> None:
    server = serve()
    new_tab.open(server.url)
    wait_text(new_tab, "t1")
    new_tab.press("s", "ArrowRight", "c", "ArrowLeft", "Shift+ArrowRight", "j")
    wait_marks(new_tab, ONE, THREE, TWO)
    new_tab.press("Control+z", "Control+z")
    wait_marks(new_tab, ONE)
    new_tab.press("Control+Shift+z")
    wait_marks(new_tab, ONE, TWO)
    wait(new_tab, SAYS, "Saved")
    server.stop()
    new_tab.press("Control+Shift+z")
    wait_marks(new_tab, ONE, THREE, TWO)
    wait(new_tab, SAYS, "Offline")
    server.start()
    wait(new_tab, SAYS, "Saved")
    new_tab.open(server.url)
    wait_text(new_tab, "t1")
    wait_marks(new_tab, ONE, THREE, TWO)
    new_tab.press("Enter")
    wait_text(new_tab, "t2")
    wait(new_tab, SAYS, "Saved")
    assert sorted(server.spans(1)) == sorted([ONE, TWO, THREE])
    assert server.status(1) == "done"
