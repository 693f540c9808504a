"""The headline page: findings as one types, repairs by one key, and the same answers as in Python."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import served
from tests.browser.quiet import faults_in_each_look, paste, quiet_page

pytestmark = pytest.mark.browser

MARKS = "marks => marks.map(mark => [mark.textContent, mark.className])"


@pytest.fixture(scope="module")
def opened(browser: Browser, url: str) -> Iterator[Page]:
    with quiet_page(browser, f"{url}headline/", ready=".finding") as page:
        page.wait_for_selector("#loading:empty", state="attached")
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """Return the page with nothing written in it."""
    opened.set_viewport_size({"width": 1280, "height": 800})
    opened.fill("#text", "")
    expect(opened.locator("#verdict")).to_have_text("Type or paste a headline.")
    return opened


def shows(page: Page, *rules: str) -> None:
    """Wait until the page lists these rules, and no other."""
    expect(page.locator(".finding")).to_have_count(len(rules))
    for place, rule in enumerate(rules):
        expect(page.locator(".finding").nth(place)).to_have_attribute("data-rule", rule)


def test_findings_come_as_one_types(page: Page) -> None:
    page.type("#text", "Staff  nurse!!")
    expect(page.locator(".finding[data-rule=double_space] + .finding[data-rule=repeated_signs]")).to_have_count(1)
    assert page.eval_on_selector_all(".mark", MARKS)[-2:] == [["  ", "mark warning"], ["!!", "mark warning"]]
    expect(page.locator("#said")).to_contain_text("More than one space.")


def test_keys_repair_and_the_browser_s_undo_takes_back(page: Page) -> None:
    page.type("#text", "Head Chef!!  Bath (nights")
    shows(page, "repeated_signs", "double_space", "bracket")
    page.keyboard.press("Alt+2")
    assert page.input_value("#text") == "Head Chef!! Bath (nights"
    page.keyboard.press("Alt+Enter")
    assert page.input_value("#text") == "Head Chef! Bath (nights)"
    page.keyboard.press("Control+z")
    assert page.input_value("#text") == "Head Chef!! Bath (nights"
    page.click("#undo")
    assert page.input_value("#text") == "Head Chef!!  Bath (nights"


def test_digits_work_in_the_list_and_the_focus_stays_there(page: Page) -> None:
    page.fill("#text", "Head Chef!!  Bath (nights")
    shows(page, "repeated_signs", "double_space", "bracket")
    page.focus(".finding .repair")
    page.keyboard.press("1")
    assert page.input_value("#text") == "Head Chef!  Bath (nights"
    assert page.evaluate("document.activeElement.closest('#findings') !== null")
    page.keyboard.press("1")
    page.keyboard.press("1")
    assert page.input_value("#text") == "Head Chef! Bath (nights)"
    assert page.evaluate("document.activeElement.id") == "text"


def test_a_digit_in_the_text_is_a_digit(page: Page) -> None:
    page.type("#text", "Chef!! 1")
    assert page.input_value("#text") == "Chef!! 1"


def test_any_repair_can_be_clicked(page: Page) -> None:
    page.fill("#text", "Head Chef  Bath")
    page.get_by_role("button", name="Write “ - ”").click()
    assert page.input_value("#text") == "Head Chef - Bath"


def test_arrows_go_from_place_to_place(page: Page) -> None:
    page.type("#text", "Head Chef!!  Bath (nights")
    shows(page, "repeated_signs", "double_space", "bracket")
    page.keyboard.press("Alt+ArrowDown")
    assert selected(page) == "!!"
    page.keyboard.press("Alt+ArrowDown")
    assert selected(page) == "  "
    page.keyboard.press("Alt+ArrowUp")
    assert selected(page) == "!!"


def selected(page: Page) -> str:
    return str(page.eval_on_selector("#text", "f => f.value.slice(f.selectionStart, f.selectionEnd)"))


def test_the_model_is_asked_for_jobs(page: Page) -> None:
    page.fill("#text", "UX Designer / UI Developer")
    shows(page, "two_jobs")
    page.fill("#text", "Great opportunity in Leeds")
    shows(page, "no_job")
    page.fill("#text", "Research & Development Manager")
    shows(page)
    page.fill("#text", "Leeds - Staff Nurse")
    shows(page, "job_late")
    page.keyboard.press("Alt+1")
    assert page.input_value("#text") == "Staff Nurse - Leeds"


def test_before_and_after_are_shown(page: Page) -> None:
    page.fill("#text", "URGENT!! STAFF NURSE - £Competitive")
    expect(page.locator("#made")).to_have_text("Staff Nurse")
    page.click("#all")
    assert page.input_value("#text") == "Staff Nurse"
    expect(page.locator("#all")).to_be_disabled()


def test_many_lines_are_a_list(page: Page) -> None:
    page.fill("#text", "Head  Chef\n\nNurse\nDRIVER, HULL")
    expect(page.locator("#count")).to_have_text("3 headlines, something found in 2.")
    expect(page.locator("#lines li")).to_have_count(3)
    page.locator("#lines button").first.click()
    expect(page.locator("#verdict")).to_have_text("Line 1: 1 found.")
    shows(page, "double_space")
    page.keyboard.press("Alt+Enter")
    assert page.input_value("#text") == "Head Chef\n\nNurse\nDriver, Hull"


def test_more_lines_than_a_page_can_look_at_are_kept(page: Page) -> None:
    paste(page, "#text", "Head  Chef\n" * 600)
    expect(page.locator("#count")).to_contain_text("Only the first 500 lines are looked at")
    page.click("#all")
    lines = page.input_value("#text").split("\n")
    assert (lines[499], lines[500], len(lines)) == ("Head Chef", "Head  Chef", 601)
    page.focus("#text")
    page.keyboard.press("Control+z")
    assert page.input_value("#text") == "Head  Chef\n" * 600


def test_hostile_text_stays_text(page: Page) -> None:
    page.fill("#text", '<img src=x onerror=alert(1)>\u202e Chef\x07 <b>"👩‍💻')
    expect(page.locator("#before")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("main img").count() == 0
    page.keyboard.press("Alt+Enter")
    assert page.input_value("#text") == "Chef"


def test_everybody_can_use_it(page: Page) -> None:
    page.fill("#text", "R&amp;D LEAD  £45\nLeeds - Nurse £13.50\n" + "Chef " * 30)
    page.wait_for_selector(".finding")
    assert faults_in_each_look(page, 390, 1280) == []


def test_without_the_model_the_other_rules_work(browser: Browser) -> None:
    with served("job_titles.split") as url, quiet_page(browser, f"{url}headline/", ready=".finding") as page:
        expect(page.locator("#problem")).to_contain_text("textwright serve job_titles")
        page.fill("#text", "Head  Chef")
        shows(page, "double_space")
