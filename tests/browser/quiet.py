"""Pages that must say nothing on the console, and what axe finds in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests import spec


@contextmanager
def quiet_page(browser: Browser, address: str, *, ready: str, **context: Any) -> Iterator[Page]:
    """Open a page and wait until `ready` is there; a message on the console fails the test."""
    opened = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context})
    opened.set_default_timeout(60_000)
    page, messages = opened.new_page(), list[str]()
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(address)
    page.wait_for_selector(ready)
    yield page
    opened.close()
    assert messages == []


def accessibility_faults(page: Page) -> list[Any]:
    """Return each rule of axe that the page breaks, with the first element that does."""
    spec.need_modules()
    if not page.evaluate("'axe' in window"):
        page.evaluate((spec.WEB / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(
        "axe.run().then(found => found.violations.map(fault => [fault.id, fault.nodes[0].html]))"
    )
    return found
