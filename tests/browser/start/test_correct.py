"""The step `correct` in a real browser: texts by keyboard, those for the test among them, and the curve beside."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.quiet import accessibility_faults
from tests.browser.start.conftest import OpenStart, StartProject
from textwright.project.files import Project
from textwright.schema import Schema
from textwright.store.rounds import keep_round

pytestmark = pytest.mark.browser

SCHEMA = 'name = "shop"\n[labels.BRAND]\nkey = "b"\n[labels.SIZE]\nkey = "s"\n'
TEXTS = [f"{maker} {thing} {n}" for n, (maker, thing) in enumerate([("Bosch", "drill"), ("Lamy", "pen")] * 12)]


def hand_in(page: Page, number: int) -> None:
    """Mark the first word of the text that is up as a brand, and hand it in."""
    page.get_by_text(f"Text {number}", exact=True).wait_for()
    page.locator('[role=group][aria-label="Text"]:focus').wait_for()
    for key in ("b", "Enter"):
        page.keyboard.press(key)


def test_one_corrects_by_keyboard_and_every_fourth_text_is_for_the_test(
    start_project: StartProject, open_start: OpenStart
) -> None:
    served = start_project(TEXTS, schema=SCHEMA)
    page = open_start(served.url, "correct")
    badge = page.get_by_text("for the test", exact=True)
    for number in (1, 2, 3):
        hand_in(page, number)
    badge.wait_for()
    hand_in(page, 4)
    page.get_by_text("Text 5", exact=True).wait_for()
    expect(badge).to_have_count(0)
    page.get_by_text("4 of about 24 texts. From 24 on you can judge.").wait_for()
    page.get_by_text("Saved", exact=True).wait_for()
    served.stop()  # as when it is killed: what was handed in is on disk
    served.start()
    page.reload()
    page.get_by_text("Text 5", exact=True).wait_for()
    page.get_by_role("button", name="Back").click()
    page.get_by_text("An earlier text").wait_for()
    assert [each.gold.spans[0].label for each in served.bench.desk.examples(which="gold") if each.gold.spans] == [
        "BRAND"
    ] * 4


def test_labels_that_were_changed_elsewhere_are_there_on_the_way_back(
    start_project: StartProject, open_start: OpenStart
) -> None:
    served = start_project(TEXTS[:2], schema=SCHEMA)
    page = open_start(served.url, "correct")
    hand_in(page, 1)
    page.get_by_text("Text 2", exact=True).wait_for()
    page.get_by_text("Saved", exact=True).wait_for()
    page.get_by_role("navigation").get_by_role("link", name="Suggest").click()
    page.get_by_role("heading", level=1, name="Suggest").wait_for()
    served.bench.desk.use_schema(Schema.from_data({"labels": {"BRAND": {"key": "b"}, "COLOUR": {"key": "c"}}}))
    page.go_back()
    page.get_by_role("button", name="COLOUR").wait_for()
    hand_in(page, 2)
    page.get_by_role("heading", name="All done").wait_for()
    page.locator(".end").get_by_role("link", name="Judge").click()
    page.get_by_role("heading", level=1, name="Judge").wait_for()


def with_rounds(project: Project) -> None:
    """Let three models have been trained."""
    from textwright.store.database import open_database
    from textwright.store.projects import open_project

    database = open_database(project.database_file)
    stored = open_project(database, project.name, project.schema, {})
    for number, score in enumerate((0.5, 0.6, 0.7), start=1):
        facts = {"texts": 20 * number, "learned": 15 * number, "score": score, "support": 5 * number, "right": number}
        keep_round(database, stored, {**facts, "measure": "span F1", "seconds": 3.0, "round": number, "handed_in": 0})
    database.close()


def test_curve_is_a_picture_and_a_table(start_project: StartProject, open_start: OpenStart) -> None:
    served = start_project(TEXTS, schema=SCHEMA, before=with_rounds)
    page = open_start(served.url, "correct")
    name = "Right, of 100 marked parts: after 15 texts 50, after 30 texts 60, after 45 texts 70"
    page.get_by_role("img", name=name).wait_for()
    page.get_by_text("Text 1", exact=True).wait_for()
    page.get_by_text("The same as a table").click()
    page.get_by_role("row", name="45 texts 70 3 of 15").wait_for()
    assert accessibility_faults(page) == []
