"""What the page shows as saved is on disk, and nothing is lost on the way there."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.annotate.conftest import Open, Serve

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser

ACTS = "**/api/acts"
SENIOR, CHEF = (0, 6, "SENIORITY"), (7, 11, "COREJOBTITLE")
FULL = """
    const real = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, value) {
        if (/act/.test(name)) throw new DOMException("full", "QuotaExceededError");
        real.call(this, name, value);
    };
"""
# Plain http on another address than loopback, and a private window that keeps nothing.
LESS = """
    delete Crypto.prototype.randomUUID;
    delete Navigator.prototype.serviceWorker;
    delete Navigator.prototype.locks;
    Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("none", "SecurityError") } });
"""
MAY_LEAVE = "() => dispatchEvent(new Event('beforeunload', {cancelable: true}))"


class Held:
    """Requests that wait until the test lets them go."""

    def __init__(self) -> None:
        self._waiting: list[Route] | None = []

    def __call__(self, route: Route) -> None:
        if self._waiting is None:
            route.continue_()
        else:
            self._waiting.append(route)

    def release(self) -> None:
        waiting, self._waiting = self._waiting or [], None
        for route in waiting:
            route.continue_()


def acts_in(route: Route) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(route.request.post_data or "")["acts"]
    return found


def test_saved_appears_only_after_the_answer_and_leaving_asks_nothing(serve: Serve, open_tab: Open) -> None:
    server, held = serve(), Held()
    work = open_tab(server.url)
    work.page.route(ACTS, held)
    work.press("s")
    work.save_state("Saving").wait_for()
    work.page.wait_for_timeout(300)
    assert work.save_state("Saved").count() == 0
    assert server.kinds(1) == []
    assert work.page.evaluate(MAY_LEAVE) is True, "what waits is kept in the browser"
    held.release()
    work.wait_saved()
    assert server.spans(1) == [SENIOR]


def test_an_answer_that_is_lost_after_the_commit_costs_nothing(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    keys: list[str] = []

    def lose_first(route: Route) -> None:
        keys.extend(act["key"] for act in acts_in(route))
        if len(keys) == 1:
            assert route.fetch().ok
            route.abort()
        else:
            route.continue_()

    work.page.route(ACTS, lose_first)
    work.press("s")
    work.wait_saved()
    assert server.kinds(1) == ["edit"]
    assert len(keys) >= 2
    assert len(set(keys)) == 1


def test_a_server_that_is_busy_is_asked_again_when_it_says(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    refusals, asked, held = iter([503, 429]), list[float](), Held()

    def refuse_first(route: Route) -> None:
        asked.append(monotonic())
        status = next(refusals, None)
        if status is None:
            held(route)
        else:
            problem = {"type": "urn:textwright:problem:busy", "detail": "later"}
            route.fulfill(status=status, headers={"Retry-After": "1"}, json=problem)

    work.page.route(ACTS, refuse_first)
    work.press("s")
    while len(asked) < 3:
        work.page.wait_for_timeout(50)
    assert min(later - earlier for earlier, later in pairwise(asked)) > 0.9
    assert work.save_state("Saved").count() == 0
    held.release()
    work.wait_saved()
    assert server.kinds(1) == ["edit"]


def test_undo_goes_on_across_a_reload(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    work.press("s", "ArrowRight", "c")
    work.wait_saved()
    work.page.reload()
    work.wait_text("t1")
    work.wait_marks(SENIOR, CHEF)
    work.press("Control+z")
    work.wait_marks(SENIOR)
    work.press("Control+z")
    work.wait_marks()
    work.wait_saved()
    work.page.reload()
    work.wait_text("t1")
    work.wait_marks()
    work.press("Control+Shift+z", "Control+Shift+z")
    work.wait_marks(SENIOR, CHEF)
    work.wait_stored(lambda: server.kinds(1), ["edit", "edit", "undo", "undo", "redo", "redo"])


def test_a_reload_while_an_act_waits_sends_it_once(serve: Serve, open_tab: Open) -> None:
    server, held = serve(), Held()
    work = open_tab(server.url)
    work.page.route(ACTS, held)
    work.press("s", "ArrowRight", "c")
    work.save_state("Saving").wait_for()
    work.page.unroute(ACTS)
    work.page.reload()
    work.wait_text("t1")
    work.wait_marks(SENIOR, CHEF)
    work.wait_saved()
    assert server.kinds(1) == ["edit", "edit"]


def test_an_act_that_the_server_never_takes_holds_up_no_other(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)

    def refuse_text_1(route: Route) -> None:
        sent = acts_in(route)
        good = [act for act in sent if act["text"] != 1]
        answer: Any = route.fetch(post_data=json.dumps({"acts": good})).json() if good else {"results": []}
        problem = {"kind": "invalid", "detail": "the label was taken away"}
        refused = [{"key": act["key"], "problem": problem} for act in sent if act["text"] == 1]
        route.fulfill(json={"results": [*refused, *answer["results"]]})

    work.page.route(ACTS, refuse_text_1)
    work.press("s", "Enter")
    work.wait_text("t2")
    work.press("c", "Enter")
    work.wait_stored(lambda: server.status(2), "done")
    work.page.get_by_text("the label was taken away").first.wait_for()
    with work.page.expect_download() as download:
        work.page.get_by_role("button", name=re.compile("download", re.I)).first.click()
    assert '"SENIORITY"' in download.value.path().read_text(encoding="utf-8")


def test_full_storage_is_said_and_acts_are_sent_all_the_same(serve: Serve, open_tab: Open) -> None:
    server, held = serve(), Held()
    work = open_tab("about:blank", wait=False, new=True)
    work.page.add_init_script(FULL)
    work.page.goto(server.url)
    work.wait_text("t1")
    work.page.route(ACTS, held)
    work.press("s")
    work.page.get_by_text(re.compile("storage", re.I)).first.wait_for()
    assert work.page.evaluate(MAY_LEAVE) is False, "to leave now would lose the act"
    held.release()
    work.wait_saved()
    assert work.page.evaluate(MAY_LEAVE) is True
    assert server.spans(1) == [SENIOR]


def test_notes_and_flags_are_stored(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab(server.url)
    work.page.get_by_role("textbox", name="Note").fill("Is a chef a cook?")
    work.page.get_by_role("button", name="Flag").click()
    work.wait_text("t1")
    work.press("Enter")
    work.wait_stored(lambda: server.status(1), "done")
    [example] = server.exported()
    assert (example.extra["note"], example.extra["flagged"]) == ("Is a chef a cook?", True)
    assert example.extra["seconds"] > 0


def test_the_page_works_in_a_browser_that_offers_less(serve: Serve, open_tab: Open) -> None:
    server = serve()
    work = open_tab("about:blank", wait=False, new=True)
    work.page.add_init_script(LESS)
    work.page.goto(server.url)
    work.wait_text("t1")
    work.press("s", "Enter")
    work.wait_text("t2")
    work.wait_saved()
    assert server.status(1) == "done"
