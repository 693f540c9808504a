"""The third step, in a real browser: rules are typed, seen at work and kept, whatever is in them."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.quiet import accessibility_faults
from tests.browser.start.conftest import OpenStart, StartProject
from tests.browser.start.looks import PHONE
from tests.llm.servers import Server, model_server
from textwright.project.suggest.choosing import choose
from textwright.project.suggest.forms import PageRule, read_rules
from textwright.types import Annotation, Example, Span

pytestmark = pytest.mark.browser

TEXTS = tuple(
    f"Sony {thing} 🔋 {n} kg by Müller" for n, thing in enumerate(("TV", "radio", "drill", "pen", "lamp", "saw"), 1)
)
SCHEMA = '[labels.BRAND]\nmeaning = "Who makes it."\n\n[labels.WEIGHT]\n'


def boxes(page: Page, label: str) -> Locator:
    return page.locator(f'trial-view .box[data-label="{label}"]')


def test_rules_are_typed_seen_at_work_and_kept(start_project: StartProject, open_start: OpenStart) -> None:
    served = start_project(TEXTS, schema=SCHEMA)
    shown = len([text for text in served.project.texts if not text.meta.get("held_out")])
    page = open_start(served.url, "suggest", viewport=PHONE, color_scheme="dark")
    slow: list[Route] = []
    page.route("**/suggest/choose", lambda route: slow.append(route))
    expect(page.get_by_label("Nothing")).to_be_checked()
    page.get_by_label("Nothing").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Rules that you write")).to_be_checked()
    page.get_by_label("Words for BRAND").fill('Sony, "x, [y: {z} <q>\n\\')
    while not slow:
        page.wait_for_timeout(10)
    slow[0].continue_()
    page.unroute("**/suggest/choose")
    expect(boxes(page, "BRAND")).to_have_count(shown)
    page.get_by_label("What WEIGHT is").select_option("a number with a unit")
    page.get_by_label("Units for WEIGHT").fill("kg")
    expect(boxes(page, "WEIGHT")).to_have_count(shown)
    expect(page.get_by_role("status").filter(has_text="Something is marked")).to_be_visible()
    expect(page.get_by_text(f"marks {shown} parts", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Another rule for BRAND").click()
    page.keyboard.type("ignored until it says something")
    page.get_by_role("button", name="Remove BRAND, rule 2").click()
    expect(page.get_by_role("button", name="Another rule for BRAND")).to_be_focused()
    page.get_by_role("button", name="Remove WEIGHT, rule 1").click()
    expect(boxes(page, "WEIGHT")).to_have_count(0)
    page.get_by_role("button", name="Take it back").click()
    expect(boxes(page, "WEIGHT")).to_have_count(shown)
    page.reload()
    expect(boxes(page, "WEIGHT")).to_have_count(shown)
    expect(page.get_by_label("Words for BRAND")).to_have_value('Sony, "x, [y: {z} <q>\n\\')
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert [rule.kind for rule in read_rules(served.project).rules] == ["words", "number"]
    page.get_by_label("Words for BRAND").fill("Müller")
    page.get_by_role("link", name="Next: Correct").click()
    expect(page.get_by_text("2 proposed")).to_be_visible()


CODES = (*(f"Lamp {letter}X-{n}00 and {n} pens" for n, letter in enumerate("ABCDEFGH", 1)), "Lamp AX-1000", "no code")
CODE = '[labels.CODE]\nmeaning = "A code of letters and digits: AX-100, ZZ-999."\n'


def test_what_a_code_looks_like_is_shown_by_an_example_at_the_keyboard(
    start_project: StartProject, open_start: OpenStart
) -> None:
    served = start_project(CODES, schema=CODE, before=lambda project: choose(project, "rules"))
    learned = [each.text for each in served.project.texts if not each.meta.get("held_out")]
    alike = len([text for text in learned if "00 and" in text])
    page = open_start(served.url, "suggest")
    offer = page.get_by_role("button", name="Add AX-100")
    expect(page.get_by_text("What looks like its examples")).to_be_visible()
    offer.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Examples for CODE")
    expect(field).to_be_focused()
    expect(page.get_by_text("2 capital letters, a dash, 3 digits", exact=True)).to_be_visible()
    expect(boxes(page, "CODE")).to_have_count(alike)
    expect(offer).to_have_count(0)
    page.keyboard.press("End")
    page.keyboard.type(", AX-1000, --")
    expect(page.get_by_text("2 capital letters, a dash, 3 to 4 digits", exact=True)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_text("-- has no letter and no digit, so it looks like nothing")
    expect(field).to_be_focused()
    expect(boxes(page, "CODE")).to_have_count(len([text for text in learned if "X-" in text]))
    assert accessibility_faults(page) == []
    page.set_viewport_size(PHONE)
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.reload()
    expect(field).to_have_value("AX-100, AX-1000, --")
    assert read_rules(served.project).rules == (PageRule("CODE", "shape", "AX-100, AX-1000, --"),)


def test_words_that_were_marked_are_added_by_a_click_and_hand_written_rules_are_kept(
    start_project: StartProject, open_start: OpenStart
) -> None:
    marked = [
        Example(f"t{n}", text, Annotation((Span(0, 4, "BRAND"),)), annotator="me") for n, text in enumerate(TEXTS)
    ]
    served = start_project(marked, schema=SCHEMA)
    served.bench.desk.add(marked)
    page = open_start(served.url, "suggest")
    page.get_by_label("Rules that you write").check()
    page.get_by_role("button", name="Add Sony").click()
    expect(page.get_by_label("Words for BRAND")).to_have_value("Sony")
    expect(page.get_by_role("button", name="Add Sony")).to_have_count(0)
    expect(page.get_by_text("in texts that you corrected")).to_be_visible()
    assert read_rules(served.project).rules == (PageRule("BRAND", "words", "Sony"),)
    path = served.project.rules / "rules.toml"
    path.write_text(path.read_text().replace("Sony", "Müller"))
    page.reload()
    page.get_by_role("button", name="Use this page's rules instead").click()
    expect(page.get_by_label("Words for BRAND")).to_have_value("Sony")


def test_an_address_is_asked_only_after_its_box_was_ticked(start_project: StartProject, open_start: OpenStart) -> None:
    said = json.dumps({"spans": [{"label": "BRAND", "text": "Sony"}]})
    with Server(model_server(lambda _: said)) as server:
        served = start_project(TEXTS, schema=SCHEMA)
        page = open_start(served.url, "suggest")
        page.get_by_role("radio", name="A language model").check()
        page.get_by_label("Address", exact=True).fill(server.address)
        page.get_by_label("Model", exact=True).fill("talker")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(f"may be sent to {server.address}: tick the box")
        assert server.received == []
        box = page.get_by_label("may be sent to this address")
        box.focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Ask this one").press("Enter")
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.locator("trial-view")).to_be_visible()
        page.set_viewport_size(PHONE)
        assert accessibility_faults(page) == []
        page.reload()
        expect(box).to_be_checked()
        assert server.bodies != []
