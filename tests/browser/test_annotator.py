"""`<span-annotator>` in anybody's own page under a strict policy: keys, mouse, touch, drawing, accessibility."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests import spec
from tests.browser.quiet import faults_in_each_look
from textwright.packs.emotion import PACK as EMOTION
from textwright.packs.job_titles import PACK as JOB_TITLES

pytestmark = pytest.mark.browser

MODULE = spec.ROOT / "src/textwright/server/web/annotate/span-annotator.js"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>My page</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script></head>
<body><main><h1>My page</h1><span-annotator></span-annotator></main></body></html>"""
SCRIPT = """import * as annotator from "/span-annotator.js";
function use(element) {
  Object.assign(window, { element, told: [] });
  for (const name of ["act", "accept", "skip", "back", "help"]) {
    element.addEventListener(`annotator-${name}`, ({ detail }) => told.push({ name, ...detail }));
  }
}
Object.assign(window, { annotator, use });
use(document.querySelector("span-annotator"));"""
ANEW = """() => {
  const anew = document.createElement("span-annotator");
  document.querySelector("main").replaceChildren(document.querySelector("h1"), anew);
  use(anew);
}"""
STYLE = (
    ":root { color-scheme: light dark; background: light-dark(#f6f5f2, #14171b); } body { padding: 1rem; margin: 0; }"
)
FILES = {"/": ("text/html", PAGE), "/page.js": ("text/javascript", SCRIPT), "/page.css": ("text/css", STYLE)}
WINDOW: ViewportSize = {"width": 1100, "height": 900}
TITLE = "Lead UX researcher (m/f/d), London"
SHOW = """async ([text, data, state, more]) => {
  const { schemaFromData, stateFromData } = annotator;
  const initial = stateFromData(text, state);
  Object.assign(element, { text, textId: text, schema: schemaFromData(data), initial, acts: [], ...more });
  told.length = 0;
  await element.updateComplete;
  element.focusText();
}"""
DRAWN = """() => [...document.querySelectorAll("[data-start]")].map(({ dataset }) =>
  [Number(dataset.start), Number(dataset.end), dataset.label, ...("suggested" in dataset ? ["?"] : [])])"""
BOXES = """() => [...document.querySelectorAll(".name, .line")].map((name) => {
  const { left, top, right, bottom } = name.getBoundingClientRect();
  return [left, top, right, bottom];
})"""

Mark = list[Any]


class Files(BaseHTTPRequestHandler):
    """Serves the page and the built module."""

    def do_GET(self) -> None:
        module = ("text/javascript", MODULE.read_text(encoding="utf-8"))
        kind, content = {**FILES, "/span-annotator.js": module}.get(self.path, ("text/plain", ""))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *arguments: object) -> None:
        """Keep the output of the tests quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def opened(browser: Browser, address: str, **settings: Any) -> Iterator[Page]:
    """Open the page; a message on the console fails the test, a breach of the policy among them."""
    context = browser.new_context(**{"viewport": WINDOW, **settings})
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(address)
    page.wait_for_function("() => window.element?.updateComplete")
    yield page
    context.close()
    assert messages == []


@pytest.fixture(scope="module")
def own_page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as found:
        yield found


@pytest.fixture
def page(own_page: Page) -> Page:
    """Put an element that nobody has touched into somebody's page."""
    own_page.set_viewport_size(WINDOW)
    own_page.mouse.move(0, 0)
    own_page.evaluate(ANEW)
    show(own_page, TITLE)
    return own_page


def show(
    page: Page, text: str, spans: Sequence[Mark] = (), *, proposed: Sequence[Mark] = (), schema: Any = None, **more: Any
) -> None:
    """Bring up a text with spans, kept and proposed."""
    state = {"spans": as_data(spans), "proposed": {"spans": as_data(proposed)}}
    page.evaluate(SHOW, [text, (schema or JOB_TITLES.schema).to_data(), state, more])


def as_data(spans: Sequence[Mark]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "label": label} for start, end, label in spans]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def drawn(page: Page) -> list[Mark]:
    """Return the drawn spans in the order of the text."""
    page.evaluate("element.updateComplete")
    found: list[Mark] = page.evaluate(DRAWN)
    return sorted(found, key=lambda span: (span[0], -span[1], span[2]))


def selected(page: Page) -> str:
    found: str = page.evaluate(
        "element.selection ? element.text.slice(element.selection.start, element.selection.end) : ''"
    )
    return found


def told(page: Page) -> list[str]:
    """Return the names of the events; of an act its kind."""
    found: list[str] = page.evaluate("told.map(({ name, kind }) => kind ?? name)")
    return found


def middle(page: Page, words: str) -> tuple[float, float]:
    """Return the point of the screen in the middle of words."""
    x, y = page.evaluate(
        """words => { const node = document.querySelector(".text").firstChild; const range = document.createRange();
        range.setStart(node, node.data.indexOf(words)); range.setEnd(node, node.data.indexOf(words) + words.length);
        const box = range.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; }""",
        words,
    )
    return x, y


NESTED = [[0, 18, "JOBTITLE"], [0, 4, "SENIORITY"], [5, 18, "COREJOBTITLE"]]


def test_a_nested_title_takes_nine_keys(page: Page) -> None:
    press(page, "s", "ArrowRight", "Shift+ArrowRight", "c", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight", "j")
    assert drawn(page) == NESTED
    assert told(page) == ["edit", "edit", "edit"]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], "Lead"),
        (["ArrowRight"], "UX"),
        (["ArrowRight", "ArrowLeft"], "Lead"),
        (["Shift+ArrowRight"], "Lead UX"),
        (["Shift+ArrowRight", "Shift+ArrowLeft"], "Lead"),
        (["Shift+ArrowLeft"], "Lead"),
        (["."], "Lead "),
        ([","], "Lea"),
        (["Shift+."], "ead"),
        ([">", "<"], "Lead"),
        (["Shift+.", "Shift+,"], "Lead"),
    ],
)
def test_keys_move_the_selection(page: Page, keys: list[str], words: str) -> None:
    press(page, *keys)
    assert selected(page) == words


def test_a_label_is_put_and_taken_off(page: Page) -> None:
    press(page, "s")
    assert (drawn(page), selected(page)) == ([[0, 4, "SENIORITY"]], "Lead")
    press(page, "S")
    assert drawn(page) == []


def test_down_and_up_walk_and_delete_removes(page: Page) -> None:
    show(page, TITLE, NESTED)
    press(page, "ArrowDown")
    assert selected(page) == "Lead UX researcher"
    press(page, "ArrowDown", "ArrowDown")
    assert selected(page) == "UX researcher"
    press(page, "ArrowUp", "Delete")
    assert drawn(page) == [[0, 18, "JOBTITLE"], [5, 18, "COREJOBTITLE"]]
    press(page, "ArrowDown", "Backspace")
    assert len(drawn(page)) == 1


def test_undo_and_redo(page: Page) -> None:
    press(page, "s", "j", "Control+z")
    assert drawn(page) == [[0, 4, "SENIORITY"]]
    press(page, "Control+z", "Control+z", "Control+Shift+Z")
    assert drawn(page) == [[0, 4, "SENIORITY"]]
    assert told(page) == ["edit", "edit", "undo", "undo", "redo"]


def test_undo_goes_on_from_the_acts(page: Page) -> None:
    page.evaluate(
        """async () => { const act = (kind, spans) => ({ kind, state: { ...element.initial, spans } });
        const span = { start: 0, end: 4, label: "SENIORITY" };
        element.acts = [act("edit", [span]), act("edit", [span, { start: 0, end: 18, label: "JOBTITLE" }])];
        await element.updateComplete; }"""
    )
    press(page, "Control+z")
    assert drawn(page) == [[0, 4, "SENIORITY"]]
    press(page, "Control+z")
    assert drawn(page) == []


def test_enter_accepts_what_is_proposed(page: Page) -> None:
    show(page, TITLE, NESTED[:1], proposed=NESTED[1:])
    assert [span[3:] for span in drawn(page)] == [[], ["?"], ["?"]]
    press(page, "Enter")
    assert drawn(page) == NESTED
    assert told(page) == ["accept"]
    assert page.evaluate("told[0].state.spans.length") == 3


def test_a_key_accepts_one_and_delete_dismisses_one(page: Page) -> None:
    show(page, TITLE, proposed=NESTED)
    press(page, "s", "ArrowDown", "Delete")
    assert drawn(page) == [[0, 4, "SENIORITY"], [5, 18, "COREJOBTITLE", "?"]]


@pytest.mark.parametrize(("key", "event"), [("Shift+Enter", "back"), ("Space", "skip"), ("?", "help")])
def test_other_keys_are_told(page: Page, key: str, event: str) -> None:
    press(page, key)
    assert told(page) == [event]


def test_tab_belongs_to_the_browser(page: Page) -> None:
    press(page, "Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    press(page, "s", "Shift+Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "group"
    assert drawn(page) == []


def test_letters_act_only_in_the_text(page: Page) -> None:
    page.fill("textarea", "s j 1")
    page.locator("textarea").press("c")
    assert drawn(page) == []
    page.locator("textarea").blur()
    assert page.evaluate("element.state.note") == "s j 1c"


def test_digits_choose_categories(page: Page) -> None:
    show(page, "So happy!", schema=EMOTION.schema)
    press(page, "1", "8", "3", "2")
    assert page.evaluate("element.state.categories.map(({ task, label }) => `${task} ${label}`)") == [
        "emotion joy",
        "ekman joy",
    ]
    page.get_by_role("button", name="joy", pressed=True).first.click()
    press(page, "3")
    page.wait_for_function("() => element.typed === ''")
    press(page, "2")
    assert page.evaluate("element.state.categories.length") == 1


def test_keys_can_be_remapped_and_a_bad_keymap_says_so(page: Page) -> None:
    show(page, TITLE, keys={"next": "w", "labels": {"SENIORITY": "x"}})
    press(page, "x", "w", "s")
    assert (drawn(page), selected(page)) == ([[0, 4, "SENIORITY"]], "UX")
    show(page, TITLE, keys={"next": "Enter"})
    assert "the key Enter stands for two things: next and accept" in page.inner_text("[role=alert]")


def test_composing_and_the_browser_s_own_keys_do_nothing(page: Page) -> None:
    page.evaluate(
        """() => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key: "s", isComposing: true, bubbles: true }))"""
    )
    press(page, "Control+s", "Alt+s")
    assert drawn(page) == []


def test_a_drag_snaps_to_words_and_alt_does_not(page: Page) -> None:
    drag(page, "ea", "resear")
    assert selected(page) == "Lead UX researcher"
    page.keyboard.down("Alt")
    drag(page, "ea", "UX")
    page.keyboard.up("Alt")
    assert selected(page) not in ("Lead UX", "Lead")
    assert selected(page) in "Lead UX"


def drag(page: Page, start: str, end: str) -> None:
    page.mouse.move(*middle(page, start))
    page.mouse.down()
    page.mouse.move(*middle(page, end), steps=4)
    page.mouse.up()


def test_clicks_select_words_extend_and_choose_marks(page: Page) -> None:
    page.mouse.click(*middle(page, "UX"))
    assert selected(page) == "UX"
    page.keyboard.down("Shift")
    page.mouse.click(*middle(page, "London"))
    page.keyboard.up("Shift")
    assert selected(page) == "UX researcher (m/f/d), London"
    show(page, TITLE, NESTED)
    page.click('[data-label="COREJOBTITLE"]')
    assert selected(page) == "UX researcher"
    assert page.evaluate("element.chosen.label") == "COREJOBTITLE"


def test_a_button_is_the_key_and_the_text_keeps_the_focus(page: Page) -> None:
    button = page.get_by_role("button", name="SENIORITY", exact=True)
    button.click()
    assert drawn(page) == [[0, 4, "SENIORITY"]]
    assert button.get_attribute("aria-pressed") == "true"
    press(page, "ArrowRight")
    assert (selected(page), button.get_attribute("aria-pressed")) == ("UX", "false")


def test_a_nested_span_is_made_by_touch_alone(browser: Browser, address: str) -> None:
    with opened(browser, address, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as page:
        show(page, TITLE)
        page.touchscreen.tap(*middle(page, "Lead"))
        page.get_by_role("button", name="SENIORITY", exact=True).tap()
        page.get_by_role("button", name="Extend").tap()
        page.touchscreen.tap(*middle(page, "researcher"))
        page.get_by_role("button", name="JOBTITLE", exact=True).tap()
        assert drawn(page) == NESTED[:2]
        heights = page.eval_on_selector_all(
            "span-annotator button", "all => all.map(each => each.offsetHeight).filter(Boolean)"
        )
        assert min(heights) >= 44
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_repairs_are_offered(page: Page) -> None:
    show(page, TITLE, NESTED[:2])
    assert "JOBTITLE “Lead UX researcher” holds no COREJOBTITLE" in page.inner_text(".problems")
    page.get_by_role("button", name="Add COREJOBTITLE on “UX researcher”").click()
    assert drawn(page) == NESTED
    assert page.inner_text(".problems") == ""


def test_what_happens_is_said(page: Page) -> None:
    press(page, "s")
    page.wait_for_function("() => document.querySelector('[aria-live]').textContent === 'SENIORITY on “Lead”'")
    press(page, "s")
    page.wait_for_function(
        "() => document.querySelector('[aria-live]').textContent === 'SENIORITY removed from “Lead”'"
    )


def test_the_text_is_one_node_and_never_markup(page: Page) -> None:
    text = '<img src=x onerror="document.title=1"> <b>Nurse</b> &amp; <script>document.title=2</script>'
    show(page, text, [[39, 48, "<i>x</i>"]])
    group = page.get_by_role("group", name="Text")
    assert (group.text_content(), group.get_attribute("data-id")) == (text, text)
    assert (
        page.evaluate("[...document.querySelector('.text').childNodes].filter(({ nodeType }) => nodeType === 3).length")
        == 1
    )
    assert page.locator("span-annotator :is(img, b, script, i)").count() == 0
    assert page.title() == "My page"


@pytest.mark.parametrize("kind", ["spans", "proposed"])
def test_a_name_with_room_stands_whole(page: Page, kind: str) -> None:
    show(page, TITLE, **{kind: NESTED})
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    cut = "[...document.querySelectorAll('.mark .name')].filter(name => name.scrollWidth > name.clientWidth).length"
    assert len(drawn(page)) == len(NESTED)
    assert page.evaluate(cut) == 0


@pytest.mark.parametrize("width", [360, 1100])
def test_names_and_lines_cover_neither_each_other_nor_the_text(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    words = [(i * 7, i * 7 + 6) for i in range(60)]
    labels = [label.name for label in JOB_TITLES.schema.labels]
    spans = [[words[i][0], words[min(i + n, 59)][1], labels[(i + n) % 9]] for i in range(0, 60, 3) for n in (0, 2, 5)]
    show(page, " ".join("abcdef" for _ in words), spans)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    boxes = page.evaluate(BOXES)
    assert len(boxes) >= 2 * len(spans)
    assert [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if meet(a, b)] == []
    letters = page.evaluate(
        """() => { const range = document.createRange();
        range.selectNodeContents(document.querySelector(".text").firstChild);
        return [...range.getClientRects()].map(({ left, top, right, bottom }) => [left, top, right, bottom]); }"""
    )
    assert [(name, line) for name in boxes for line in letters if meet(name, line)] == []


def meet(a: Sequence[float], b: Sequence[float]) -> bool:
    """Say whether two boxes share more than a pixel's edge."""
    return min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("👩‍💻 Lead 👍🏽", [4, 8, "JOBTITLE"]),
        ("مهندس برمجيات أول", [0, 5, "JOBTITLE"]),
        ("one\n\ntwo three", [5, 8, "JOBTITLE"]),
        ("日本語の仕事", [0, 3, "JOBTITLE"]),
        ("cafe\u0301 chef", [0, 5, "JOBTITLE"]),
    ],
)
def test_a_span_stands_under_its_words(page: Page, text: str, span: Mark) -> None:
    show(page, text, [span])
    assert drawn(page) == [span]
    words = text[span[0] : span[1]]
    line = page.locator(".mark .line").bounding_box()
    assert line is not None
    x, y = middle(page, words)
    assert abs(line["x"] + line["width"] / 2 - x) < 2
    assert 0 < line["y"] - y < 30
    press(page, "ArrowDown")
    assert selected(page) == words


def test_spans_follow_their_words_when_the_width_changes(page: Page) -> None:
    show(page, "word " * 60, [[250, 254, "LOCATION"]])
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_function(
        """() => { const range = document.createRange(); const node = document.querySelector(".text").firstChild;
        range.setStart(node, 250); range.setEnd(node, 254);
        const left = (each) => each.getBoundingClientRect().left;
        return Math.abs(left(range) - left(document.querySelector(".line"))) < 2; }"""
    )


def test_read_only_draws_alone(page: Page) -> None:
    show(page, TITLE, NESTED, readOnly=True)
    assert drawn(page) == NESTED
    assert page.locator("span-annotator button, span-annotator textarea").count() == 0
    page.mouse.click(*middle(page, "UX"))
    press(page, "s", "Enter")
    assert (drawn(page), told(page)) == (NESTED, [])


def test_the_next_text_keeps_nothing_of_the_one_before(page: Page) -> None:
    press(page, "s", "ArrowRight")
    page.fill("textarea", "a note")
    show(page, "Chef 👩‍🍳")
    assert (drawn(page), selected(page), page.input_value("textarea")) == ([], "Chef", "")
    press(page, "Control+z")
    assert told(page) == []


@pytest.mark.parametrize("width", [360, 1100])
def test_it_is_accessible(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(ANEW)  # an element that begins narrow shows less
    for schema in (JOB_TITLES.schema, EMOTION.schema):
        show(page, TITLE, NESTED[:2], proposed=[[28, 34, "LOCATION"]], schema=schema)
        assert faults_in_each_look(page, width) == []


def test_the_theme_can_be_chosen(page: Page) -> None:
    paper = "getComputedStyle(document.querySelector('.text')).backgroundColor"
    before = page.evaluate(paper)
    page.evaluate("element.theme = 'dark'")
    page.evaluate("element.updateComplete")
    assert page.evaluate(paper) != before


def test_the_page_of_the_documentation_works(browser: Browser, address: str) -> None:
    page = browser.new_page()
    written = (spec.ROOT / "docs/annotator-element.md").read_text(encoding="utf-8")
    example = written.partition("```html\n")[2].partition("```")[0]
    page.route("**/mine.html", lambda route: route.fulfill(body=example, content_type="text/html"))
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto(f"{address}mine.html")
    page.wait_for_function("() => document.activeElement.getAttribute('aria-label') === 'Text'")
    press(page, "ArrowRight", "j", "Enter")
    marks: list[Mark] = page.evaluate(DRAWN)
    assert marks == [[7, 12, "JOB"]]
    assert len(heard) == 1
    page.close()


def test_it_works_in_a_shadow_root(page: Page) -> None:
    page.evaluate(
        """async () => { const host = element.parentElement.appendChild(document.createElement("div"));
        const root = host.attachShadow({ mode: "open" });
        const inner = root.appendChild(document.createElement("span-annotator"));
        window.inner = inner;
        Object.assign(inner, { text: "Lead nurse", schema: element.schema });
        await inner.updateComplete; inner.focusText(); }"""
    )
    place = page.evaluate(
        """() => { const range = document.createRange(); const node = inner.querySelector(".text").firstChild;
        range.setStart(node, 5); range.setEnd(node, 10); inner.scrollIntoView();
        const box = range.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; }"""
    )
    page.mouse.click(*place)
    press(page, "c")
    assert page.evaluate("inner.state.spans") == [{"start": 5, "end": 10, "label": "COREJOBTITLE"}]
    assert page.evaluate("getComputedStyle(inner.querySelector('.mark')).position") == "absolute"


def test_undo_reaches_the_buttons_but_not_the_note(page: Page) -> None:
    press(page, "s", "Tab", "Control+z")
    assert drawn(page) == []
    press(page, "Control+Shift+Z")
    page.locator("textarea").press("Control+z")
    assert drawn(page) == [[0, 4, "SENIORITY"]]


def test_the_flag_and_the_proposals_have_buttons(page: Page) -> None:
    show(page, TITLE, proposed=NESTED)
    page.get_by_role("button", name="Flag").click()
    page.get_by_role("button", name="Accept all").click()
    assert (drawn(page), page.evaluate("element.state.flagged")) == (NESTED, True)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Dismiss").click()
    assert drawn(page) == []


# --- texts in other scripts --------------------------------------------------------------------------

HEBREW = "👩🏽‍⚕️ דרושה אחות ראשית בתל אביב (Part-time) 12,500 ₪\u200f לחודש"
UNDER = """([first, last]) => {
  const node = document.querySelector(".text").firstChild, range = document.createRange();
  range.setStart(node, node.data.indexOf(first)); range.setEnd(node, node.data.indexOf(last) + last.length);
  const words = [...range.getClientRects()], lines = [...document.querySelectorAll(".mark .line")];
  const edges = boxes => [Math.min(...boxes.map(b => b.left)), Math.max(...boxes.map(b => b.right))].map(Math.round);
  return [edges(words), edges(lines.map(line => line.getBoundingClientRect()))];
}"""


def test_keys_follow_the_order_of_reading_from_right_to_left(page: Page) -> None:
    show(page, HEBREW)
    press(page, "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    assert selected(page) == "אחות ראשית"
    press(page, "j")
    [[start, end, label]] = drawn(page)
    assert (HEBREW[start:end], label) == ("אחות ראשית", "JOBTITLE")
    words, line = page.evaluate(UNDER, ["אחות", "ראשית"])
    assert line == pytest.approx(words, abs=2)
    press(page, ",")
    assert selected(page) == "אחות ראשי"


def test_a_drag_from_right_to_left_takes_the_words_that_it_touches(page: Page) -> None:
    show(page, HEBREW)
    page.mouse.move(*middle(page, "דרושה"))
    page.mouse.down()
    page.mouse.move(*middle(page, "ראשית"), steps=5)
    page.mouse.up()
    assert selected(page) == "דרושה אחות ראשית"
    page.mouse.click(*middle(page, "time"))
    assert selected(page) == "time"
    page.mouse.click(*middle(page, "לחודש"))
    assert selected(page) == "לחודש"
