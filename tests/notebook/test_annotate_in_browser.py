"""The front end in Chromium, with a host that speaks the widget's protocol as Jupyter does, and Python behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

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


@pytest.fixture
def widget() -> Annotator:
    return tw.annotate(TEXTS, schema=job_titles(), annotator="anna")


@pytest.fixture
def notebook(browser: Browser, widget: Annotator) -> Iterator[Notebook]:
    context = browser.new_context(viewport={"width": 900, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.route("http://notebook.test/**", lambda route: answer(route, widget))
    page.expose_function("toPython", lambda sent: set_traits(widget, json.loads(sent)))
    page.goto("http://notebook.test/")
    page.get_by_role("group", name="Text").wait_for()
    yield Notebook(page, widget)
    context.close()
    assert messages == []


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
    assert examples(notebook.widget) == [(TEXTS[0], "done", NURSE), (TEXTS[1], "done", [("Pilot", "JOBTITLE")])]
    assert notebook.page.get_by_text("on the way to Python").count() == 0


def test_two_views_show_the_same(notebook: Notebook) -> None:
    notebook.page.evaluate("() => { window.show(); }")
    first, second = notebook.text.nth(0), notebook.text.nth(1)
    first.focus()
    press(notebook, "s")
    second.locator("[data-start]").wait_for(state="attached")
    second.focus()
    press(notebook, "Shift+ArrowRight", "j")
    expect_spans = "texts => texts.map((text) => text.querySelectorAll('[data-start]').length)"
    assert notebook.text.evaluate_all(expect_spans) == [2, 2]
    assert len(examples(notebook.widget)[0][2]) == 2


def test_a_view_that_was_taken_away_hears_nothing_more(notebook: Notebook) -> None:
    notebook.page.evaluate("window.hide()")
    assert notebook.text.count() == 0
    notebook.page.evaluate("window.model.set('place', 1)")
    notebook.page.evaluate("() => { window.show(); }")
    notebook.page.get_by_text("Text 2 of 3").wait_for()
    assert notebook.text.count() == 1


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


@pytest.mark.parametrize("name", DARK)
def test_the_notebooks_theme_is_followed(notebook: Notebook, name: str) -> None:
    ground = "element => getComputedStyle(element).backgroundColor"
    assert notebook.text.evaluate(ground) == "rgb(255, 255, 255)"
    notebook.page.evaluate(
        "([name, value]) => { delete document.body.dataset.jpThemeLight; document.body.dataset[name] = value; }",
        [name, DARK[name]],
    )
    notebook.page.wait_for_function(
        "() => document.querySelector('#output > div').dataset.theme === 'dark'",
    )
    assert notebook.text.evaluate(ground) == "rgb(28, 32, 37)"


@pytest.mark.parametrize("light", ["true", "false"])
def test_the_widget_is_accessible(notebook: Notebook, light: str) -> None:
    notebook.page.evaluate(
        """light => {
          document.body.dataset.jpThemeLight = light;
          document.body.style.background = light === "true" ? "#ffffff" : "#111111";
        }""",
        light,
    )
    notebook.text.focus()
    press(notebook, *NESTED, "?")
    notebook.page.add_script_tag(path=AXE)
    found = notebook.page.evaluate("axe.run({ rules: { 'page-has-heading-one': { enabled: false } } })")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
