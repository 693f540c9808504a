"""The page that says whether an agency or the employer placed an advert, and what each sentence added."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import served
from tests.browser.quiet import faults_in_each_look, quiet_page
from textwright.packs.job_adverts import HERE
from textwright.predictors.text import TextPredictor

pytestmark = pytest.mark.browser

ANSWER = "#answer:not([hidden])"
MODEL = TextPredictor.open(HERE / "model")
AT = "() => Number(document.querySelector('#needle').style.getPropertyValue('--at'))"
UNFOLDED = "(all, isOpen) => all.forEach(each => { each.open = isOpen; })"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served("job_adverts") as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser, url: str) -> Iterator[Page]:
    """Open the page once, for tests that leave another advert behind."""
    with quiet_page(browser, f"{url}agency/", ready=ANSWER) as opened:
        yield opened


def chance(text: str) -> float:
    """Return how likely Python holds an agency, calibrated."""
    [scores] = MODEL.score([text])
    return next(each.score or 0.0 for each in scores.categories if each.label == "agency")


def write(page: Page, text: str) -> None:
    """Replace the advert and wait for its answer."""
    page.fill("#advert", text)
    page.wait_for_function(f"expected => Math.abs(({AT})() - expected) < 2e-3", arg=chance(text))


def told(page: Page, side: str) -> list[list[str]]:
    """Return the factor and the words of each sentence that is listed for a side."""
    rows = page.locator(f"#{side} .sentence")
    found: list[list[str]] = rows.evaluate_all(
        "rows => rows.map(row => [row.querySelector('.factor').textContent, row.querySelector('.words').textContent])"
    )
    return found


@pytest.mark.parametrize(
    ("example", "verdict"),
    [("An agency's", "An agency."), ("An employer's", "The employer."), ("Hard to say", "Not sure.")],
)
def test_the_examples_are_a_clear_case_of_each_and_one_that_is_not(page: Page, example: str, verdict: str) -> None:
    page.get_by_role("button", name=example).click()
    page.wait_for_function("said => document.querySelector('#verdict').textContent === said", arg=verdict)
    page.wait_for_function(f"expected => Math.abs(({AT})() - expected) < 2e-3", arg=chance(page.input_value("#advert")))


def test_sentences_are_listed_and_marked_with_what_python_says_they_added(page: Page) -> None:
    text = "Our client is looking for a cook 👩‍🍳. They pay well. Join our team, we feed R&amp;D people!"
    write(page, text)
    [spans] = MODEL.evidence([text], every=True)
    heat = MODEL.config["temperature"]["advertiser"]
    sign = {"agency": 1, "direct": -1}
    pulls = {text[s.start : s.end]: sign[s.label] * (s.score or 0) / heat for s in spans}
    expected = {words: round(math.exp(abs(pull)), 1) for words, pull in pulls.items() if abs(pull) >= math.log(1.05)}
    shown = {words: float(factor.removeprefix("× ")) for side in sign for factor, words in told(page, side)}
    assert shown == pytest.approx(expected, rel=0.05, abs=0.06)
    assert [words for _, words in told(page, "agency")] == sorted(
        (words for words, pull in pulls.items() if pull >= math.log(1.05)), key=lambda words: -pulls[words]
    )
    marked = page.locator("#under .mark").evaluate_all("marks => marks.map(mark => mark.textContent)")
    assert sorted(marked) == sorted(expected)


def test_a_listed_sentence_leads_to_its_place(page: Page) -> None:
    page.get_by_role("button", name="An agency's").click()
    page.wait_for_function("() => document.querySelector('#agency .words')?.textContent.startsWith('Our client')")
    page.locator("#agency .sentence").first.click()
    selected = page.evaluate(
        "(() => { const f = document.activeElement; return f.value.slice(f.selectionStart, f.selectionEnd) })()"
    )
    assert selected == told(page, "agency")[0][1]


def test_a_short_text_is_said_to_be_short(page: Page) -> None:
    write(page, "Our client needs a cook.")
    assert page.inner_text("#verdict") == "Too short to say."


def test_an_empty_field_has_no_verdict(page: Page) -> None:
    page.fill("#advert", "")
    page.wait_for_function("() => document.querySelector('#answer').hidden")
    assert page.locator("#evidence").is_hidden()
    assert "Paste an advert" in page.inner_text("#hint")
    assert page.inner_text("#cost") == ""


def test_texts_are_never_markup(page: Page) -> None:
    write(
        page,
        '<img src=x onerror="document.title=1"> Our client <b>seeks</b> a nurse. <script>document.title=2</script>',
    )
    assert page.locator("#under img, #under b, main script, .sentence img").count() == 0
    assert page.title() == "agency or employer · textwright"


def test_a_huge_advert_is_answered(page: Page) -> None:
    write(page, "Our client seeks a nurse. You will join our ward! " * 400)


def test_the_card_is_shown_and_its_figures_are_those_of_the_model(page: Page) -> None:
    page.get_by_text("How good it is").click()
    shown = page.inner_text(".figures")
    rows = [line for line in MODEL.config["card"]["figures"].splitlines() if line.startswith("| full texts |")]
    assert [cell.strip() in shown for cell in rows[0].strip("|").split("|")] == [True] * 3
    assert "1.7 MB" in page.inner_text("#cost")


def test_the_lines_for_ones_own_page_are_all_that_it_takes(browser: Browser, page: Page, url: str) -> None:
    lines = page.text_content("pre code") or ""
    own = browser.new_page(service_workers="block")
    own.route("**/own.html", lambda route: route.fulfill(body=lines, content_type="text/html"))
    own.goto(f"{url}own.html")
    own.wait_for_function("() => document.querySelector('#advert').oninput !== null")
    own.fill("#advert", "Our client is looking for a cook. They pay well.")
    own.wait_for_function("() => document.querySelector('#said').textContent === 'agency'")
    own.close()


def test_it_goes_on_without_network(page: Page) -> None:
    page.context.set_offline(True)
    write(page, "We are a small bakery. Come and bake with us, our ovens are warm.")
    page.context.set_offline(False)


def test_another_model_in_the_address_must_fit(browser: Browser, url: str) -> None:
    page = browser.new_page()
    page.goto(f"{url}agency/?model=nowhere/")
    page.wait_for_selector("#problem:not([hidden])")
    assert "404" in page.inner_text("#problem")
    page.close()


def test_it_is_accessible_and_fits(page: Page) -> None:
    page.get_by_role("button", name="Hard to say").click()
    page.wait_for_selector("#under .mark")
    page.eval_on_selector_all("details", UNFOLDED, True)
    assert faults_in_each_look(page, 360, 1280) == []
    page.eval_on_selector_all("details", UNFOLDED, False)
