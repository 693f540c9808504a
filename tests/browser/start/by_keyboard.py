"""A newcomer without a mouse: whatever is clicked is walked to by Tab, and pressed."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.start.newcomer import Newcomer

MOST_TABS = 200
IS_THERE = """target => {
    const seen = document.activeElement;
    return target === seen || (target.type === "radio" && target.name === seen.name);
}"""


@dataclass
class ByKeyboard(Newcomer):
    """Somebody who has a keyboard only. Each use of a button counts once, however far it was to walk."""

    def click(self, target: Locator) -> None:
        target.wait_for()
        words = target.inner_text().strip() or target.get_attribute("name")
        self._walk_to(target)
        self._use(target)
        self.acts.append(f"use {words}")

    def _walk_to(self, target: Locator) -> None:
        for _ in range(MOST_TABS):
            if target.evaluate(IS_THERE):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {target}")

    def _use(self, target: Locator) -> None:
        kind = target.evaluate("target => target.type ?? target.localName")
        if kind == "radio":
            while not target.is_checked():
                self.page.keyboard.press("ArrowDown")
        elif kind not in ("text", "textarea"):
            self.page.keyboard.press("Enter")
