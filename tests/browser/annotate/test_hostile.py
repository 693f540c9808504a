"""What comes from files and people is shown as text, wherever it stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.annotate.conftest import Open, Serve
from textwright.schema import Schema
from textwright.store.accounts import add_account
from textwright.store.database import Database
from textwright.types import Annotation, Category, Example, Span

pytestmark = pytest.mark.browser

ATTACKS = (
    "<img src=x onerror='window.hit=1'>",
    "<script>window.hit=1</script>",
    "\"><svg onload='window.hit=1'>",
    "[x](javascript:window.hit=1) <a href='javascript:window.hit=1'>x</a>",
    "{{constructor.constructor('window.hit=1')()}} ${window.hit=1}",
)
GUIDELINE = "\n\n".join(["# Guide <img src=x onerror='window.hit=1'>", *ATTACKS])
# Elements that only an attack would have made.
MADE = "document.querySelectorAll('main img, main script, main svg[onload], [onerror], [href^=javascript]').length"
SCHEMA = Schema.from_data(
    {
        "labels": {ATTACKS[0]: {"meaning": ATTACKS[1]}, "JOB": {}},
        "tasks": {ATTACKS[2]: {"labels": [ATTACKS[0], "other"], "meaning": ATTACKS[1]}},
        "guideline": GUIDELINE,
    }
)
PASSWORD = "correct horse battery"
VIEWS = ("#/", "#/texts", "#/review", "#/progress", "#/guideline", "#/text/1")


def test_markup_stays_text_in_every_view(serve: Serve, open_tab: Open) -> None:
    given = Annotation(spans=(Span(0, 4, ATTACKS[0]),), categories=(Category(ATTACKS[2], ATTACKS[0]),))
    texts = [Example(f"id{attack}", attack, given) for attack in ATTACKS]
    others = [Example(each.id, each.text, given, annotator=ATTACKS[0], extra={"note": ATTACKS[0]}) for each in texts]
    server = serve([*texts, *others], schema=SCHEMA, people=2)
    work = open_tab(server.url)
    work.page.get_by_role("textbox", name="Note").fill(ATTACKS[0])
    work.text.focus()
    work.press("Enter")
    work.wait_saved()
    for view in VIEWS:
        work.page.evaluate("hash => { location.hash = hash }", view)
        work.page.wait_for_load_state("networkidle")
        if view != "#/review":  # nothing differs there
            expect(work.page.locator("main")).to_contain_text("<")
        assert work.page.evaluate("'hit' in window") is False, view
        assert work.page.evaluate(MADE) == 0, view


def test_a_text_full_of_markup_is_shown_as_it_is(serve: Serve, open_tab: Open) -> None:
    server = serve(ATTACKS)
    work = open_tab(server.url)
    for number, attack in enumerate(ATTACKS, 1):
        work.wait_text(f"t{number}")
        expect(work.text).to_contain_text(attack)
        work.press("Space")
    assert work.page.evaluate("'hit' in window") is False


def test_names_of_people_stay_text(serve: Serve, open_tab: Open) -> None:
    name = "<img src=x onerror=hit=1>"

    def add(database: Database) -> None:
        add_account(database, name, PASSWORD, "owner", by="test")

    server = serve(before=add)
    work = open_tab(server.url, wait=False)
    work.page.get_by_label("Name").fill(name)
    work.page.get_by_label("Password").fill(PASSWORD)
    work.page.get_by_role("button", name="Log in").click()
    work.wait_text("t1")
    work.page.evaluate("location.hash = '#/people'")
    work.page.get_by_text(name).first.wait_for()
    assert work.page.evaluate("'hit' in window") is False
