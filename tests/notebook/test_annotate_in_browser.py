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


NURSE = [("Senior Nurse", "JOBTITLE"), ("Senior", "SENIORITY"), ("Nurse", "COREJOBTITLE")]


def test_a_nested_title_is_annotated_by_keys_and_comes_back(notebook: Notebook) -> None:
    notebook.text.focus()
    for key in ["s", "Shift+ArrowRight", "j", "ArrowLeft", "ArrowRight", "ArrowRight"]:
        notebook.page.keyboard.press(key)
    notebook.page.keyboard.press("Enter")
    notebook.page.get_by_text("Text 2 of 3").wait_for()
    assert examples(notebook.widget)[0][1] == "done"
    assert ("Senior Nurse", "JOBTITLE") in examples(notebook.widget)[0][2]
    assert notebook.widget.examples[0].annotator == "anna"


def test_the_next_text_has_the_focus_and_offsets_are_code_points(notebook: Notebook) -> None:
    notebook.text.focus()
    notebook.page.keyboard.press("Space")
    notebook.page.get_by_text("Text 2 of 3").wait_for()
    notebook.page.keyboard.press("ArrowRight")
    notebook.page.keyboard.press("j")
    notebook.page.keyboard.press("Enter")
    notebook.page.get_by_text("Text 3 of 3").wait_for()
    assert examples(notebook.widget)[1] == (TEXTS[1], "done", [("Pilot", "JOBTITLE")])
    assert examples(notebook.widget)[0] == (TEXTS[0], "skipped", [])
