"""The front end in Chromium, with a host that speaks the widget's protocol as Jupyter does, and Python behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import textwright as tw
from textwright.notebook.widget import Annotator
from textwright.types import Example

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.browser

HOST = Path(__file__).with_name("host.html")
AXE = HOST.parents[2] / "web/node_modules/axe-core/axe.min.js"
SCRIPT = Path(tw.__file__).parent / "notebook" / "annotator.js"
TEXTS = ["Senior Nurse, Leeds", "\N{GRINNING FACE} Pilot", "Cook"]
TRAITS = ("settings", "window", "place", "acts")


def job_titles() -> tw.Schema:
    from textwright.packs.job_titles import SCHEMA

    return SCHEMA


@dataclass
class Notebook:
    """A page that shows a widget of this process."""

    page: Page
    widget: Annotator

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("group", name="Text")

    def spans(self) -> list[tuple[int, int, str]]:
        read = "spans => spans.map(({dataset: d}) => [Number(d.start), Number(d.end), d.label])"
        return [tuple(each) for each in self.page.locator("[data-start]").evaluate_all(read)]


@dataclass
class Shown:
    """The widget that the tests' one page shows; each test has its own, and all that the page stores is in Python."""

    widget: Annotator | None = None
    messages: list[str] = field(default_factory=list)

    @property
    def now(self) -> Annotator:
        assert self.widget is not None
        return self.widget


@pytest.fixture(scope="module")
def host(browser: Browser) -> Iterator[tuple[Page, Shown]]:
    """Open a page once for all tests: they load it anew, which takes half as long as another one."""
    context, shown = browser.new_context(viewport={"width": 900, "height": 900}), Shown()
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.on("console", lambda message: shown.messages.append(message.text))
    page.on("pageerror", lambda error: shown.messages.append(str(error)))
    page.route("http://notebook.test/**", lambda route: answer(route, shown.now))
    page.expose_function("toPython", lambda sent: set_traits(shown.now, json.loads(sent)))
    yield page, shown
    context.close()


@pytest.fixture
def notebook(host: tuple[Page, Shown]) -> Iterator[Notebook]:
    page, shown = host
    shown.widget = tw.annotate(TEXTS, schema=job_titles(), annotator="anna")
    shown.messages.clear()
    page.goto("http://notebook.test/")
    page.get_by_role("group", name="Text").wait_for()
    yield Notebook(page, shown.widget)
    assert shown.messages == []


def answer(route: Route, widget: Annotator) -> None:
    """Serve the host, the built module and the widget's traits as they are now."""
    name = route.request.url.rsplit("/", 1)[-1]
    if name == "annotator.js":
        route.fulfill(body=SCRIPT.read_bytes(), content_type="text/javascript")
    elif name == "state.json":
        route.fulfill(json={trait: getattr(widget, trait) for trait in TRAITS})
    elif name == "":
        route.fulfill(body=HOST.read_bytes(), content_type="text/html")
    else:
        route.fulfill(status=204)


def set_traits(widget: Annotator, sent: dict[str, Any]) -> str:
    """Set traits as the kernel does; return those that Python changed on its own."""
    before = {trait: getattr(widget, trait) for trait in TRAITS}
    with widget.hold_trait_notifications():
        for name, value in sent.items():
            setattr(widget, name, value)
    changed = {trait: getattr(widget, trait) for trait in TRAITS if getattr(widget, trait) is not before[trait]}
    return json.dumps({name: value for name, value in changed.items() if name not in sent})


def examples(widget: Annotator) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [(each.text, each.extra["status"], marked(each)) for each in widget.examples]


def marked(example: Example) -> list[tuple[str, str]]:
    return [(example.text[span.start : span.end], span.label) for span in example.gold.spans or ()]


def press(notebook: Notebook, *keys: str) -> None:
    for key in keys:
        notebook.page.keyboard.press(key)


NESTED = ["s", "Shift+ArrowRight", "j", "ArrowRight", "ArrowLeft", "c"]  # Senior, Senior Nurse; Leeds and back: Nurse
NURSE = [("Senior Nurse", "JOBTITLE"), ("Senior", "SENIORITY"), ("Nurse", "COREJOBTITLE")]


def test_a_nested_title_is_annotated_by_keys_and_comes_back(notebook: Notebook) -> None:
    notebook.text.focus()
    press(notebook, *NESTED, "Enter")
    notebook.page.get_by_text("Text 2 of 3").wait_for()
    assert examples(notebook.widget) == [(TEXTS[0], "done", NURSE)]
    assert notebook.widget.examples[0].annotator == "anna"


def test_the_next_text_has_the_focus_and_offsets_are_code_points(notebook: Notebook) -> None:
    notebook.text.focus()
    press(notebook, "Space")
    notebook.page.get_by_text("Text 2 of 3").wait_for()
    press(notebook, "ArrowRight", "j", "Enter")
    notebook.page.get_by_text("Text 3 of 3").wait_for()
    assert examples(notebook.widget) == [(TEXTS[0], "skipped", []), (TEXTS[1], "done", [("Pilot", "JOBTITLE")])]


def test_the_notebook_keeps_the_focus_until_the_text_is_asked_for(notebook: Notebook) -> None:
    assert notebook.page.evaluate("document.activeElement.tagName") == "BODY"
    press(notebook, "j")
    assert examples(notebook.widget) == []


def test_a_word_is_chosen_by_mouse_in_the_shadow_root(notebook: Notebook) -> None:
    box = notebook.text.bounding_box()
    assert box is not None
    notebook.page.mouse.click(box["x"] + 110, box["y"] + 30)
    press(notebook, "c")
    notebook.page.get_by_role("button", name="Accept", exact=True).click()
    notebook.page.get_by_text("Text 2 of 3").wait_for()
    assert examples(notebook.widget) == [(TEXTS[0], "done", [("Nurse", "COREJOBTITLE")])]


def test_undo_goes_on_where_it_was_before_a_reload(notebook: Notebook) -> None:
    notebook.text.focus()
    press(notebook, *NESTED)
    notebook.page.reload()
    notebook.text.focus()
    assert len(notebook.spans()) == 3
    press(notebook, "Control+z", "Control+z")
    assert notebook.spans() == [(0, 6, "SENIORITY")]
    assert examples(notebook.widget) == [(TEXTS[0], "begun", [("Senior", "SENIORITY")])]
    press(notebook, "Control+Shift+z")
    assert len(notebook.spans()) == 2


def test_back_leads_to_a_text_with_its_history(notebook: Notebook) -> None:
    notebook.text.focus()
    press(notebook, "s", "Enter")
    notebook.page.get_by_text("Text 2 of 3").wait_for()
    press(notebook, "Shift+Enter")
    notebook.page.get_by_text("Text 1 of 3, done").wait_for()
    assert notebook.spans() == [(0, 6, "SENIORITY")]
    press(notebook, "Control+z")
    notebook.page.get_by_text("Text 1 of 3, begun").wait_for()
    assert notebook.spans() == []


def test_nothing_is_lost_while_python_is_busy(notebook: Notebook) -> None:
    notebook.page.evaluate("() => { window.python = toPython; window.toPython = () => new Promise(() => {}); }")
    notebook.text.focus()
    press(notebook, *NESTED, "Enter", "ArrowRight", "j")
    notebook.page.get_by_text("5 on the way to Python").wait_for()
    assert examples(notebook.widget) == []
    notebook.page.evaluate("() => { window.toPython = window.python; }")
    press(notebook, "Enter")
    notebook.page.get_by_text("Text 3 of 3").wait_for()
    expect(notebook.page.get_by_text("on the way to Python")).to_have_count(0)
    assert examples(notebook.widget) == [(TEXTS[0], "done", NURSE), (TEXTS[1], "done", [("Pilot", "JOBTITLE")])]


def test_two_views_show_the_same(notebook: Notebook) -> None:
    notebook.page.evaluate("() => { window.show(); }")
    first, second = notebook.text.nth(0), notebook.text.nth(1)
    first.focus()
    press(notebook, "s")
    second.locator("[data-start]").wait_for(state="attached")
    second.focus()
    press(notebook, "Shift+ArrowRight", "j")
    for view in (first, second):
        expect(view.locator("[data-start]")).to_have_count(2)
    assert len(examples(notebook.widget)[0][2]) == 2


def test_a_view_that_was_taken_away_hears_nothing_more(notebook: Notebook) -> None:
    notebook.page.evaluate("window.hide()")
    expect(notebook.text).to_have_count(0)
    notebook.page.evaluate("window.model.set('place', 1)")
    notebook.page.evaluate("() => { window.show(); }")
    notebook.page.get_by_text("Text 2 of 3").wait_for()
    expect(notebook.text).to_have_count(1)


def test_keys_do_not_reach_the_notebooks_shortcuts(notebook: Notebook) -> None:
    notebook.text.focus()
    press(notebook, "d", "d", "a", "b", "Space")
    assert notebook.page.evaluate("window.shortcuts") == []
    notebook.page.evaluate("document.activeElement.blur()")
    press(notebook, "d")
    assert notebook.page.evaluate("window.shortcuts") == ["d"]


def test_the_end_is_said_and_back_leads_from_it(notebook: Notebook) -> None:
    notebook.text.focus()
    for place in (2, 3):
        press(notebook, "Enter")
        notebook.page.get_by_text(f"Text {place} of 3").wait_for()
    press(notebook, "Enter")
    notebook.page.get_by_text("That was the last text.").wait_for()
    assert len(notebook.widget.done) == 3
    notebook.page.get_by_role("button", name="Back").click()
    notebook.page.get_by_text("Text 3 of 3, done").wait_for()


def test_question_mark_shows_the_keys(notebook: Notebook) -> None:
    notebook.text.focus()
    press(notebook, "?")
    notebook.page.get_by_text("SENIORITY: put it on the selection").wait_for()


def test_what_python_cannot_take_is_shown(notebook: Notebook) -> None:
    notebook.page.evaluate("model.set('acts', [{number: 1, place: 0, kind: 'burn', state: {}}]); model.save_changes()")
    notebook.page.get_by_role("alert").get_by_text("Python could not take this").wait_for()
    notebook.text.focus()
    press(notebook, "s")
    notebook.page.get_by_role("alert").wait_for(state="detached")
    assert examples(notebook.widget)[0][2] == [("Senior", "SENIORITY")]


DARK = {"jpThemeLight": "false", "vscodeThemeKind": "vscode-dark", "theme": "dark"}
GROUND = "element => getComputedStyle(element).backgroundColor"


def test_the_notebooks_theme_is_followed(notebook: Notebook) -> None:
    """Each notebook says its theme in its own way, and a theme that is left says nothing any more."""
    assert notebook.text.evaluate(GROUND) == "rgb(255, 255, 255)"
    for name, value in DARK.items():
        says(notebook, {name: value}, theme="dark")
        assert notebook.text.evaluate(GROUND) == "rgb(28, 32, 37)", name
        says(notebook, {"jpThemeLight": "true"}, theme="light")
        assert notebook.text.evaluate(GROUND) == "rgb(255, 255, 255)", name


def says(notebook: Notebook, data: dict[str, str], *, theme: str) -> None:
    """Let the notebook's body say its theme, and wait until the widget has followed."""
    notebook.page.evaluate(
        """data => {
          for (const name of Object.keys(document.body.dataset)) delete document.body.dataset[name];
          Object.assign(document.body.dataset, data);
        }""",
        data,
    )
    follows = "theme => document.querySelector('#output > div').dataset.theme === theme"
    notebook.page.wait_for_function(follows, arg=theme)


def test_the_widget_is_accessible_in_the_light_and_in_the_dark(notebook: Notebook) -> None:
    notebook.text.focus()
    press(notebook, *NESTED, "?")
    notebook.page.add_script_tag(path=AXE)
    for light, theme, ground in (("true", "light", "#ffffff"), ("false", "dark", "#111111")):
        says(notebook, {"jpThemeLight": light}, theme=theme)
        notebook.page.evaluate("ground => { document.body.style.background = ground; }", ground)
        found = notebook.page.evaluate("axe.run({ rules: { 'page-has-heading-one': { enabled: false } } })")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == [], theme
