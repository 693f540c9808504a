"""The completion page: a model in the page goes on with Python, and never stands in the way of who types."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests import spec
from tests.browser.quiet import faults_in_each_look

pytestmark = pytest.mark.browser

MODEL = spec.WEB / "pages/completion/model/python.gguf"
BEGUN = "class Point:\n    def __init__(self, x, y):\n        self.x = x\n        self."
CODE = ".cm-content"
GHOST = ".ghost"
# The lines as they are in the document: without what is only proposed.
DOCUMENT = """() => [...document.querySelector("#editor").shadowRoot.querySelectorAll(".cm-line")].map((line) => {
  const copy = line.cloneNode(true);
  copy.querySelectorAll(".ghost").forEach((each) => each.remove());
  return copy.textContent;
}).join("\\n")"""
# Counts what is proposed some milliseconds after a letter, by the page's own clock: 250 after it the next is asked.
GHOSTS_AFTER = """(milliseconds) => {
  const editor = document.querySelector("#editor").shadowRoot;
  let timer;
  window.ghosts = new Promise((done) => editor.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => done(editor.querySelectorAll(".ghost").length), milliseconds);
  }, true));
}"""
# A service worker would fetch on its own, to keep the page.
NO_WORKER = "delete Navigator.prototype.serviceWorker"
KEPT = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const kept = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
  return [".gguf", ".wasm", "completion/"].every((end) => kept.some(({ url }) => url.endsWith(end)));
}"""
FOCUSED = "() => document.activeElement.shadowRoot?.activeElement?.className ?? document.activeElement.id"


@contextmanager
def completion(context: BrowserContext, url: str) -> Iterator[Page]:
    """Open the page and wait for its model; a message on the console fails the test."""
    context.set_default_timeout(60_000)
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(f"{url.rstrip('/')}/completion/")
    page.wait_for_selector("#ask:enabled")
    yield page
    assert messages == []


@pytest.fixture(scope="module")
def opened(browser: Browser, url: str) -> Iterator[Page]:
    """Open the page once for all tests; after the model is there, no request gets through."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.add_init_script(NO_WORKER)
    with completion(context, url) as page:
        asked: list[str] = []

        def refuse(route: Route) -> None:
            asked.append(route.request.url)
            route.abort()

        context.route("**", refuse)
        context.set_offline(True)
        yield page
        assert asked == [], "the page asked for something after it was loaded"
    context.close()


@pytest.fixture
def online(opened: Page) -> Page:
    """Let requests through: another model starts llama.cpp anew."""
    opened.context.unroute("**")
    opened.context.set_offline(False)
    return opened


@pytest.fixture
def page(opened: Page) -> Page:
    """Begin a class, and wait for what is suggested."""
    begin(opened, BEGUN)
    return opened


def begin(page: Page, text: str) -> None:
    """Replace the text, and wait for a suggestion."""
    page.click(CODE)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)
    page.wait_for_selector(GHOST)
    page.wait_for_selector("#editor:not([data-computing])")


def suggested(page: Page) -> str:
    return page.locator(GHOST).text_content() or ""


def document(page: Page) -> str:
    return str(page.evaluate(DOCUMENT))


def test_a_suggestion_is_drawn_but_is_not_in_the_text(page: Page) -> None:
    assert suggested(page).strip()
    assert document(page) == BEGUN


def test_tab_puts_it_into_the_text(page: Page) -> None:
    text = suggested(page)
    page.keyboard.press("Tab")
    assert document(page) == BEGUN + text


def test_the_button_does_the_same(page: Page) -> None:
    text = suggested(page)
    page.click("#accept")
    assert document(page) == BEGUN + text


def test_a_word_of_it_can_be_taken(page: Page) -> None:
    text = suggested(page)
    page.keyboard.press("ControlOrMeta+ArrowRight")
    taken = document(page).removeprefix(BEGUN)
    assert taken
    assert text.startswith(taken)


def test_escape_dismisses_it_and_tab_then_leaves(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator(GHOST)).to_have_count(0)
    page.keyboard.press("Tab")
    assert document(page) == BEGUN
    assert page.evaluate(FOCUSED) != "cm-content"


def test_other_letters_take_it_away_at_once(page: Page) -> None:
    page.evaluate(GHOSTS_AFTER, 20)
    page.keyboard.type("#")
    assert page.evaluate("ghosts") == 0


def test_who_types_what_it_says_keeps_the_rest(page: Page) -> None:
    text = suggested(page)
    page.keyboard.type(text[0])
    assert text[1:].startswith(suggested(page)) or suggested(page) == text[1:]


def test_typing_cancels_what_is_being_computed(page: Page) -> None:
    """What was asked before the letters came would be drawn at once, were it not given up."""
    page.evaluate(GHOSTS_AFTER, 150)
    page.keyboard.press("Alt+\\")
    page.keyboard.type("qqq = 1")
    assert page.evaluate("ghosts") == 0
    assert document(page) == BEGUN + "qqq = 1"


def test_a_screen_reader_hears_it_once(page: Page) -> None:
    page.wait_for_function(
        "text => document.querySelector('#said').textContent.includes(text)", arg=suggested(page).strip()
    )
    assert page.locator(GHOST).get_attribute("aria-hidden") == "true"


def test_the_status_says_how_fast(page: Page) -> None:
    assert "python.gguf" in page.inner_text("#status")
    assert "first piece after" in page.inner_text("#pace")


def test_a_text_of_more_pieces_than_fit_is_cut(page: Page) -> None:
    begin(page, "numbers = [" + "1,22," * 300)  # one long line, a piece for each sign
    assert page.is_hidden("#problem")


def test_a_page_break_before_the_cursor_is_no_problem(opened: Page) -> None:
    begin(opened, "import os\n\n\f\n")
    assert opened.is_hidden("#problem")


def test_it_is_accessible_and_fits(page: Page) -> None:
    assert faults_in_each_look(page, 390, 1100) == []


def test_what_is_no_model_is_refused_and_the_old_one_stays(page: Page, tmp_path: Path) -> None:
    other = tmp_path / "notes.gguf"
    other.write_text("no weights", encoding="utf-8")
    page.set_input_files("#file", other)
    page.wait_for_selector("#problem:not([hidden])")
    assert 'notes.gguf is no GGUF file: it begins with "no w"' in page.inner_text("#problem")
    begin(page, BEGUN)
    assert page.is_hidden("#problem")


def test_a_damaged_model_is_refused(online: Page, tmp_path: Path) -> None:
    page = online
    damaged = tmp_path / "half.gguf"
    damaged.write_bytes(MODEL.read_bytes()[:200_000])
    page.set_input_files("#file", damaged)
    page.wait_for_function("() => document.querySelector('#problem').textContent.includes('half.gguf')")
    assert "cannot be run" in page.inner_text("#problem")


def test_another_model_takes_its_place(online: Page, tmp_path: Path) -> None:
    page = online
    other = tmp_path / "other.gguf"
    other.write_bytes(MODEL.read_bytes())
    page.set_input_files("#file", other)
    page.wait_for_function("() => document.querySelector('#status').textContent.startsWith('other.gguf')")
    begin(page, BEGUN)
    assert page.is_hidden("#problem")


def test_who_opens_a_file_waits_for_the_model_of_the_page_no_longer(browser: Browser, url: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(MODEL.read_bytes())
    context = browser.new_context()
    context.add_init_script(NO_WORKER)
    context.route("**/*.gguf", lambda route: None)  # held back
    page = context.new_page()
    page.goto(f"{url.rstrip('/')}/completion/")
    with page.expect_event("requestfailed", lambda request: request.url.endswith(".gguf")):
        page.set_input_files("#file", mine)
    page.wait_for_selector("#ask:enabled")
    assert page.inner_text("#status").startswith("mine.gguf")
    context.close()


@pytest.fixture(scope="module")
def visited(browser: Browser, url: str) -> Iterator[Page]:
    """Visit the page with four cores, and with what keeps it for later."""
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 4 })")
    with completion(context, url) as page:
        yield page
    context.close()


def test_it_takes_threads_where_there_are_cores(visited: Page) -> None:
    visited.wait_for_selector(GHOST)
    assert "2 threads" in visited.inner_text("#status")


def test_a_second_visit_needs_no_network(visited: Page) -> None:
    visited.wait_for_function(KEPT)
    visited.context.set_offline(True)
    visited.reload()
    visited.wait_for_selector(GHOST)
