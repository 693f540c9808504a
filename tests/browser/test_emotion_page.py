"""The emotion page: bars that follow the text, the words that matter, and what it never does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import known_model, served
from tests.browser.quiet import faults_in_each_look, quiet_page
from textwright.evaluate import importance

pytestmark = pytest.mark.browser

WORDS = "#words:not([hidden])"
SMALL = "emotion/?model=../models/emotion.linear/"
# By task and label, what each bar shows.
BARS = """() => Object.fromEntries([...document.querySelectorAll("#ekman .row, #emotion .row")].map(row => {
  const score = Number(row.querySelector(".fill").style.getPropertyValue("--at"));
  return [`${row.parentElement.id} ${row.dataset.label}`, score];
}))"""
ARE = f"""expected => {{
  const found = ({BARS})();
  return Object.entries(expected).every(([label, score]) => Math.abs(found[label] - score) < 2e-3);
}}"""
MARKED = """() => [...document.querySelectorAll("#under .mark:not(.against)")]
  .sort((a, b) => b.style.getPropertyValue("--strength") - a.style.getPropertyValue("--strength"))
  .map(mark => mark.textContent)"""
UNFOLDED = "(all, isOpen) => all.forEach(each => { each.open = isOpen; })"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served("emotion.linear", "emotion") as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser, url: str) -> Iterator[Page]:
    """Open the page with the small model once, for tests that leave another text behind."""
    with quiet_page(browser, f"{url}{SMALL}", ready=WORDS) as opened:
        yield opened


def expected(text: str, model: str = "emotion.linear") -> dict[str, float]:
    """Return what Python says of a text."""
    scorer: Any = known_model(model)
    [scores] = scorer.score([text])
    return {f"{each.task} {each.label}": each.score or 0.0 for each in scores.categories}


def write(page: Page, text: str) -> None:
    """Replace the text and wait for its bars."""
    page.fill("#text", text)
    page.wait_for_function(ARE, arg=expected(text))


def words_for(page: Page, label: str, first: str) -> None:
    """Wait until the words for a label are shown, the strongest first."""
    page.wait_for_function(
        """([label, first]) => document.querySelector("#shown-label").textContent === label
          && document.querySelector("#for li b")?.textContent === first
          && !document.querySelector("#under").classList.contains("outdated")""",
        arg=[label, first],
    )


def test_the_best_model_answers_first_as_in_python_and_a_small_one_can_be_chosen(browser: Browser, url: str) -> None:
    with quiet_page(browser, f"{url}emotion/", ready="#emotion .row") as page:
        page.wait_for_function(ARE, arg=expected(page.input_value("#text"), "emotion"))
        text = "I love it"  # soon read once without each of its words
        page.fill("#text", text)
        page.wait_for_function(ARE, arg=expected(text, "emotion"))
        page.wait_for_selector(WORDS)
        assert "MB" in page.inner_text("#cost")
        assert [each.partition(",")[0] for each in page.locator("#model option").all_text_contents()] == [
            "best",
            "small and quick",
        ]
        page.select_option("#model", index=1)
        page.wait_for_function(ARE, arg=expected(text))


def test_bars_are_those_of_python(page: Page) -> None:
    write(page, "Wow, R&amp;D was right 👩‍🔬 — I’m SO proud of you!!")
    assert page.locator("#ekman .row").count() == 7
    assert page.locator("#emotion .row").count() == 28


def test_bars_follow_the_typing_and_pass_over_what_was_typed_over_while_they_waited(page: Page) -> None:
    write(page, "the train")
    page.evaluate(
        """() => {
          window.seen = new Set();
          const bar = document.querySelector('#emotion [data-label="love"] .fill');
          new MutationObserver(() => seen.add(bar.style.getPropertyValue("--at"))).observe(bar, { attributes: true });
          const field = document.querySelector("#text");
          for (const text of ["I love", "I love you", "I love you so", "the desk"]) {
            field.value = text;
            field.dispatchEvent(new Event("input"));
          }
        }"""
    )
    page.wait_for_function(ARE, arg=expected("the desk"))
    page.wait_for_timeout(200)  # for those that waited, had they not been passed over
    seen = [float(each) for each in page.evaluate("[...seen]")]
    known = [expected(text)["emotion love"] for text in ("I love", "the desk")]
    assert seen == pytest.approx(known[-len(seen) :], abs=2e-3)


def test_what_takes_long_fades_the_old_answer_and_is_given_up_for_a_newer_text(page: Page) -> None:
    write(page, "I love you")
    page.evaluate(
        """() => {
          const post = Worker.prototype.postMessage;
          Worker.prototype.postMessage = function (message) {
            if (!JSON.stringify(message).includes("never answered")) post.call(this, message);
          };
        }"""
    )
    page.fill("#text", "this is never answered")
    page.wait_for_selector("main.late")
    write(page, "I am sad")
    assert page.locator("main.late").count() == 0


def test_bars_stay_where_they_are(page: Page) -> None:
    def order() -> list[str]:
        return page.locator(".row").evaluate_all("rows => rows.map(row => row.dataset.label)")

    before = order()
    write(page, "I hate this, it is disgusting")
    assert order() == before
    assert before[:7] == ["joy", "surprise", "sadness", "anger", "fear", "disgust", "neutral"]


def test_what_reaches_its_threshold_is_there(page: Page) -> None:
    text = "Thanks to everyone who helped us to find the dog."
    write(page, text)
    there = set(page.locator("#emotion .there").evaluate_all("rows => rows.map(row => row.dataset.label)"))
    [annotation] = known_model("emotion.linear").predict([text])
    assert there == {each.label for each in annotation.categories or () if each.task == "emotion"}
    assert page.locator('#emotion [data-label="gratitude"]').inner_text().startswith("gratitude")


def test_the_words_that_matter_are_marked_and_listed_as_python_has_them(page: Page) -> None:
    text = "I love this soup 🍲 and I hate waiting."
    write(page, text)
    model: Any = known_model("emotion.linear")
    found = sorted(importance(model, text, task="ekman", label="joy"), key=lambda span: -(span.score or 0))
    best = text[found[0].start : found[0].end]
    page.check("#ekman [data-label=joy] input", force=True)
    words_for(page, "joy", best)
    assert page.evaluate(MARKED)[0] == best
    points = round((found[0].score or 0) * 100)
    assert f"falls by {points} points without it" in (page.text_content("#for li") or "")
    page.check("#strongest")


def test_another_emotion_can_be_chosen_by_keyboard_alone(page: Page) -> None:
    write(page, "I am scared of the dark and I love you")
    page.focus("#text")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'shown'"):
            break
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.closest('[data-label]').dataset.label")
    page.wait_for_function("label => document.querySelector('#shown-label').textContent === label", arg=chosen)
    page.check("#strongest")


def test_marks_lie_under_their_words(page: Page) -> None:
    write(page, "Thank you so very much. " + "This is a line about the weather in the north of the country. " * 3)
    page.wait_for_selector("#under .mark")
    boxes = page.evaluate(
        """() => ["#under", "#text"].map(id => {
          const { x, y, width, height } = document.querySelector(id).getBoundingClientRect();
          return [x, y, width, height].map(Math.round);
        })"""
    )
    assert boxes[0] == boxes[1]


def test_an_empty_text_shows_nothing(page: Page) -> None:
    page.fill("#text", " \n")
    page.wait_for_function("() => document.querySelector('#leading').textContent === 'nothing yet'")
    assert set(page.evaluate(BARS).values()) == {0}
    assert page.locator("#words").is_hidden()


def test_texts_are_never_markup(page: Page) -> None:
    write(page, '<img src=x onerror="document.title=1"> I love <b>you</b>')
    page.wait_for_selector("#under .mark")
    assert page.locator("#under img, #under b, #words img").count() == 0
    assert page.title() == "emotion · textwright"


def test_a_long_text_is_read_from_its_beginning_and_says_why_it_has_no_words(page: Page) -> None:
    text = "I love it. " * 1_800
    page.fill("#text", text)
    page.wait_for_function(ARE, arg=expected(text[:5_000]))
    assert "5,000 characters" in page.inner_text("#cut")
    page.wait_for_function("() => document.querySelector('#words-told').textContent.includes('2,000 characters')")


def test_screen_readers_hear_of_it_once_typing_rests(page: Page) -> None:
    write(page, "Thank you so much!")
    page.wait_for_function("() => document.querySelector('#said').textContent.startsWith('gratitude')")


def test_it_goes_on_without_network(page: Page) -> None:
    page.context.set_offline(True)
    write(page, "What a surprise, I had no idea!")
    page.context.set_offline(False)


def test_a_missing_model_says_how_to_get_it(browser: Browser, url: str) -> None:
    page = browser.new_page(service_workers="block")
    page.route("**/models/index.json", lambda route: route.fulfill(json={"server": True, "models": []}))
    page.goto(f"{url}emotion/")
    page.wait_for_selector("#problem:not([hidden])")
    assert "textwright serve emotion" in page.inner_text("#problem")
    page.close()


def test_who_wants_less_motion_gets_none(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.querySelector('.fill')).transitionDuration") == "0s"
    page.emulate_media(reduced_motion="no-preference")


def test_it_is_accessible_and_fits(page: Page) -> None:
    write(page, "I love this soup and I hate waiting.")
    page.wait_for_selector("#under .mark")
    page.eval_on_selector_all("details", UNFOLDED, True)
    assert faults_in_each_look(page, 360, 1280) == []
    page.eval_on_selector_all("details", UNFOLDED, False)
