"""Several people: logging in, being logged out in the middle of work, and who may see what."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.annotate.conftest import Open, Serve
from tests.browser.annotate.working import Served, Work
from tests.browser.quiet import faults_in_each_look
from textwright.store.accounts import Role, add_account
from textwright.store.audit import note_event
from textwright.store.database import Database

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
NEW = "staple in the rain"
SENIOR = (0, 6, "SENIORITY")


def accounts(**roles: Role) -> Callable[[Database], None]:
    def add(database: Database) -> None:
        for name, role in roles.items():
            add_account(database, name, PASSWORD, role, by="test")

    return add


def log_in(work: Work, name: str, password: str = PASSWORD) -> None:
    work.page.get_by_label("Name").fill(name)
    work.page.get_by_label("Password").fill(password)
    work.page.get_by_role("button", name="Log in").click()


def logged_in(server: Served, open_tab: Open, name: str) -> Work:
    work = open_tab(server.url, wait=False)
    log_in(work, name)
    work.wait_text("t1")
    return work


def test_people_log_in_annotate_and_log_out(serve: Serve, open_tab: Open) -> None:
    server = serve(before=accounts(ann="annotator", olga="owner"))
    work = logged_in(server, open_tab, "ann")
    work.page.get_by_text("ann", exact=True).first.wait_for()
    work.press("s", "Enter")
    work.wait_stored(lambda: server.status(1, "ann"), "done")
    work.page.get_by_role("button", name=re.compile("log out", re.I)).click()
    work.page.get_by_label("Password").wait_for()
    assert work.text.count() == 0


def test_work_goes_on_after_a_session_that_ended(serve: Serve, open_tab: Open) -> None:
    server = serve(before=accounts(ann="annotator", olga="owner"))
    work = logged_in(server, open_tab, "ann")
    work.page.context.clear_cookies()
    work.press("s")
    work.page.get_by_label("Password").wait_for()
    assert server.kinds(1, "ann") == []
    log_in(work, "ann")
    work.wait_text("t1")
    work.wait_marks(SENIOR)
    work.wait_saved()
    assert server.spans(1, "ann") == [SENIOR]


def test_what_one_left_unsent_is_never_handed_in_by_another(serve: Serve, open_tab: Open) -> None:
    server = serve(before=accounts(ann="annotator", bob="annotator", olga="owner"))
    work = logged_in(server, open_tab, "ann")
    work.page.context.clear_cookies()
    work.press("s")
    work.page.get_by_label("Password").wait_for()
    log_in(work, "bob")
    work.page.get_by_text("bob", exact=True).first.wait_for()
    work.page.wait_for_timeout(300)
    assert [each.annotator for each in server.exported()] == []


def test_a_tab_of_one_sends_nothing_under_the_name_of_another(serve: Serve, open_tab: Open) -> None:
    server = serve(before=accounts(ann="annotator", bob="annotator", olga="owner"), people=2)
    first = logged_in(server, open_tab, "ann")
    first.press("s", "Enter")
    first.wait_text("t2")
    first.wait_saved()
    second = open_tab(server.url, context=first.page.context)
    second.page.get_by_role("button", name=re.compile("log out", re.I)).click()
    log_in(second, "bob")
    second.page.get_by_text("bob", exact=True).first.wait_for()
    first.page.evaluate("dispatchEvent(new Event('focus'))")  # as when its window is clicked; no tab was hidden
    first.press("s")
    first.page.get_by_label("Password").wait_for()
    assert server.kinds(2, "bob") == server.kinds(2, "ann") == []


def test_own_password_is_changed_by_keyboard_and_other_sessions_end(serve: Serve, open_tab: Open) -> None:
    server = serve(before=accounts(ann="annotator", olga="owner"))
    elsewhere = logged_in(server, open_tab, "ann")
    work = open_tab(server.url, wait=False, new=True)
    log_in(work, "ann")
    work.wait_text("t1")
    work.page.get_by_role("link", name="Password", exact=True).focus()
    work.press("Enter")
    work.page.get_by_role("heading", name="Change your password").wait_for()
    work.page.get_by_label("Current password").focus()
    answers = (
        (("wrong horse battery", NEW, NEW), "The current password is wrong."),
        ((PASSWORD, NEW, f"{NEW}!"), "The two new passwords differ. Nothing was changed."),
        ((PASSWORD, PASSWORD, PASSWORD), "The new password is the one that you have."),
    )
    for typed, said in answers:
        change_to(work, *typed)
        work.page.get_by_role("alert").filter(has_text=said).wait_for()
        work.page.get_by_label("Current password").focus()
    change_to(work, PASSWORD, NEW, NEW)
    work.page.get_by_role("status").filter(has_text="You are logged out everywhere else.").wait_for()
    assert work.page.get_by_role("alert").count() == 0
    work.page.get_by_role("link", name="Annotate").click()
    work.text.wait_for()
    elsewhere.press("s")
    elsewhere.page.get_by_role("heading", name="Log in").wait_for()
    log_in(elsewhere, "ann", NEW)
    elsewhere.wait_text("t1")


def change_to(work: Work, *words: str) -> None:
    """Type into the three fields, each after the other, and send them."""
    for word in words:
        work.press("ControlOrMeta+a")
        work.page.keyboard.type(word)
        work.press("Tab")
    work.press("Enter")


def test_page_to_change_the_password_is_accessible_and_fits(serve: Serve, open_tab: Open) -> None:
    server = serve(before=accounts(ann="annotator", olga="owner"))
    work = logged_in(server, open_tab, "olga")
    work.page.evaluate("location.hash = '#/password'")
    work.page.get_by_role("heading", name="Change your password").wait_for()
    assert faults_in_each_look(work.page, 1280, 390) == []
    work.page.set_viewport_size({"width": 390, "height": 800})
    assert work.page.evaluate("document.documentElement.scrollWidth") == 390


def test_owners_see_who_logged_in_last_from_where(serve: Serve, open_tab: Open) -> None:
    def busy(database: Database) -> None:
        accounts(olga="owner")(database)
        for _ in range(210):
            note_event(database, "ann", "export")

    work = logged_in(serve(before=busy), open_tab, "olga")
    work.page.get_by_role("link", name="People").click()
    row = work.page.get_by_role("group", name="Log").get_by_role("row").nth(1)
    row.get_by_text("log-in", exact=True).wait_for()
    assert row.get_by_role("cell").all_inner_texts()[1:] == ["olga", "log-in", "address: 127.0.0.1"]


def test_where_nobody_logs_in_there_is_no_password(serve: Serve, open_tab: Open) -> None:
    work = open_tab(serve().url)
    assert work.page.get_by_role("link", name="Password").count() == 0
    work.page.evaluate("location.hash = '#/password'")
    work.page.wait_for_timeout(100)
    assert work.text.count() == 1


def test_navigation_offers_what_the_role_may_do(serve: Serve, open_tab: Open) -> None:
    server = serve(before=accounts(ann="annotator", rob="reviewer", olga="owner"), people=3)
    work = open_tab(server.url, wait=False)
    for name, links in (
        ("ann", {"Annotate", "Texts", "Progress", "Guideline"}),
        ("rob", {"Annotate", "Texts", "Review", "Progress", "Guideline"}),
        ("olga", {"Annotate", "Texts", "Review", "Progress", "Guideline", "People"}),
    ):
        log_in(work, name)
        work.wait_text("t1")
        names = work.page.get_by_role("navigation").first.get_by_role("link").all_inner_texts()
        assert {"Annotate", "Texts", "Review", "Progress", "Guideline", "People"} & set(names) == links, name
        work.page.get_by_role("button", name=re.compile("log out", re.I)).click()
        work.page.get_by_label("Password").wait_for()


def test_an_unknown_address_leads_to_the_work(serve: Serve, open_tab: Open) -> None:
    work = open_tab(f"{serve().url}#/nowhere/at/all")
    work.wait_text("t1")


def test_one_text_can_be_opened_by_its_number(serve: Serve, open_tab: Open) -> None:
    work = open_tab(f"{serve().url}#/text/3")
    work.wait_text("t3")


def test_the_end_says_what_comes_next(serve: Serve, open_tab: Open) -> None:
    server = serve(["Senior Cook"])
    work = open_tab(server.url)
    work.press("s", "Enter")
    work.text.wait_for(state="detached")
    work.wait_saved()
    main = work.page.get_by_role("main")
    main.get_by_role("link", name=re.compile("progress", re.I)).first.wait_for()
    with work.page.expect_download() as download:
        main.get_by_role("button", name="Export").click()
    assert '"SENIORITY"' in download.value.path().read_text(encoding="utf-8")


def test_whoever_finds_nothing_left_is_told_that_others_have_it(serve: Serve, open_tab: Open) -> None:
    server = serve(["Cook"], before=accounts(ann="annotator", bob="annotator"))
    logged_in(server, open_tab, "ann")
    work = open_tab(server.url, wait=False)
    log_in(work, "bob")
    work.page.get_by_role("main").get_by_text(re.compile("others", re.I)).first.wait_for()
