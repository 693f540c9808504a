"""Pages that must say nothing on the console, what axe finds in them, and texts that come as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from playwright.sync_api import Browser, Page, ViewportSize

from tests import spec

THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
WINDOW: ViewportSize = {"width": 1280, "height": 800}
COLOURS = ("color-contrast", "link-in-text-block")
# Between two colours there may be one that cannot be read.
SETTLED = "() => document.getAnimations().every(each => !(each instanceof CSSTransition))"
PASTED = "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }"


@contextmanager
def quiet_page(browser: Browser, address: str, *, ready: str, **context: Any) -> Iterator[Page]:
    """Open a page and wait until `ready` is there; a message on the console fails the test."""
    opened = browser.new_context(**{"viewport": WINDOW, **context})
    opened.set_default_timeout(60_000)
    page, messages = opened.new_page(), list[str]()
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(address)
    page.wait_for_selector(ready)
    yield page
    opened.close()
    assert messages == []


def accessibility_faults(page: Page, *rules: str) -> list[Any]:
    """Return each rule of axe that the page breaks, with the first element that does; ask all rules, or those named."""
    spec.need_modules()
    if not page.evaluate("'axe' in window"):
        page.evaluate((spec.WEB / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(
        "options => axe.run(options).then(found => found.violations.map(fault => [fault.id, fault.nodes[0].html]))",
        {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})},
    )
    return found


def faults_in_each_look(page: Page, *widths: int) -> list[str]:
    """Look at a page at each width in the light and in the dark; return what axe finds and what does not fit.

    Between the themes only colours differ, so that the dark is asked for those alone.
    """
    before, faults = page.viewport_size, list[str]()
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.wait_for_function(SETTLED)
            rules = COLOURS if theme == "dark" else ()
            faults += [f"{width} px, {theme}: {fault}" for fault in accessibility_faults(page, *rules)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{width} px: the page is {wide} px wide"] if wide > width else []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before or WINDOW)
    return faults


def paste(page: Page, field: str, text: str) -> None:
    """Put a text into a field at once: Playwright's `fill` writes line by line, seconds for a thousand lines."""
    page.eval_on_selector(field, PASTED, text)
