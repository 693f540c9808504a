"""Without network the page works on, keeps what was done, and hands it in later."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.annotate.conftest import Open, Serve
from tests.browser.annotate.working import Work

pytestmark = pytest.mark.browser

TITLES = [f"Senior Chef {number}" for number in range(1, 41)]
# The worker has the page's files, and the browser the texts that were prefetched.
READY = """async () => {
    await navigator.serviceWorker.ready;
    const request = indexedDB.open("textwright");
    await new Promise((resolve) => (request.onsuccess = resolve));
    const all = request.result.transaction("kept").objectStore("kept").getAll();
    await new Promise((resolve) => (all.onsuccess = resolve));
    request.result.close();
    return all.result.some(({ tasks }) => tasks.length > 0);
}"""


def wait_ready(work: Work) -> None:
    work.wait_stored(lambda: work.page.evaluate(READY), True)


def test_texts_annotated_offline_are_handed_in_later(serve: Serve, open_tab: Open) -> None:
    server = serve(TITLES)
    work = open_tab(server.url, service_workers="allow")
    context = work.page.context
    wait_ready(work)
    context.set_offline(True)
    for number in range(1, 11):
        work.wait_text(f"t{number}")
        work.press("s", "Enter")
    expect(work.save_state("Offline")).to_contain_text("20")
    assert server.exported() == []
    work.page.reload()
    for number in range(11, 21):
        work.wait_text(f"t{number}")
        work.press("s", "Enter")
    work.wait_text("t21")
    context.set_offline(False)
    work.wait_saved()
    assert [server.status(number) for number in range(1, 22)] == ["done"] * 20 + ["new"]
    assert all(server.kinds(number) == ["edit", "accept"] for number in range(1, 21))


def test_texts_show_what_waits_after_a_reload_offline(serve: Serve, open_tab: Open) -> None:
    server = serve(TITLES)
    work = open_tab(server.url, service_workers="allow")
    context = work.page.context
    wait_ready(work)
    context.set_offline(True)
    work.press("s", "ArrowRight", "c")
    work.wait_marks((0, 6, "SENIORITY"), (7, 11, "COREJOBTITLE"))
    work.page.reload()
    work.wait_text("t1")
    work.wait_marks((0, 6, "SENIORITY"), (7, 11, "COREJOBTITLE"))
    work.press("Control+z")
    work.wait_marks((0, 6, "SENIORITY"))
    context.set_offline(False)
    work.wait_saved()
    assert server.kinds(1) == ["edit", "edit", "undo"]


def test_a_server_that_was_away_gets_everything(serve: Serve, open_tab: Open) -> None:
    server = serve(TITLES)
    work = open_tab(server.url)
    server.stop()
    for number in range(1, 6):
        work.wait_text(f"t{number}")
        work.press("s", "Enter")
    work.save_state("Offline").wait_for()
    server.start()
    work.page.evaluate("dispatchEvent(new Event('online'))")
    work.wait_saved()
    assert [server.status(number) for number in range(1, 7)] == ["done"] * 5 + ["new"]


def test_texts_are_kept_for_a_lost_network_however_fast_somebody_works(serve: Serve, open_tab: Open) -> None:
    work = open_tab(serve(TITLES).url, service_workers="allow")

    def kept_while_working() -> bool:
        work.press("s")
        return bool(work.page.evaluate(READY))

    work.wait_stored(kept_while_working, True)


def test_what_waits_for_a_project_goes_to_no_other_of_its_name(serve: Serve, open_tab: Open) -> None:
    server, other = serve(["Senior Cook"]), serve(["Senior Nurse"])
    mine = server.desk
    work = open_tab(server.url)
    server.stop()
    other.stop()
    work.press("s", "Enter")
    work.save_state("Offline").wait_for()
    server.desk = other.desk
    server.start()
    work.page.reload()
    work.wait_text("t1")
    work.wait_marks()
    server.stop()
    assert server.exported() == []
    server.desk = mine
    server.start()
    work.page.reload()
    work.wait_stored(lambda: server.status(1), "done")


def test_a_page_that_stands_open_hands_nothing_to_another_project_of_its_name(serve: Serve, open_tab: Open) -> None:
    server, other = serve(["Senior Cook"]), serve(["Senior Nurse"])
    mine = server.desk
    work = open_tab(server.url)
    server.stop()
    other.stop()
    work.press("s")
    work.save_state("Offline").wait_for()
    server.desk = other.desk
    server.start()
    work.page.evaluate("dispatchEvent(new Event('online'))")
    expect(work.text).to_have_text("Senior Nurse")
    work.wait_marks()
    assert server.kinds(1) == []
    server.stop()
    server.desk = mine
    server.start()
    work.page.reload()
    work.wait_marks((0, 6, "SENIORITY"))
    work.wait_stored(lambda: server.kinds(1), ["edit"])
