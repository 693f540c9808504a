"""A tab that the tests of a file use one after the other: a new one takes nearly twice as long to open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.conftest import PATIENCE

# What a tab can be made to look like after it was opened; anything else asks for another one.
LOOKS = {"viewport", "color_scheme", "reduced_motion"}


@dataclass
class LentTab:
    """A tab that is free, or in one test's hands.

    Each test has a server at a port of its own, so that the browser keeps apart what their pages store; cookies,
    routes, messages and looks are taken away between two tests.
    """

    page: Page
    messages: list[str] = field(default_factory=list)
    free: bool = True

    def fits(self, options: dict[str, Any]) -> bool:
        """Say whether nobody has the tab, and whether it can be as the options say."""
        return self.free and options.keys() <= LOOKS

    def take(
        self, *, viewport: Any, color_scheme: Any = "light", reduced_motion: Any = "no-preference"
    ) -> tuple[Page, list[str]]:
        """Give the tab, and the list in which its messages will stand."""
        self.free = False
        self.messages.clear()
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        return self.page, self.messages

    def give_back(self) -> None:
        """Leave the test's page, so that its server can end, and forget the test."""
        if self.free:
            return
        self.page.unroute_all(behavior="ignoreErrors")
        leave(self.page)
        self.page.context.clear_cookies()
        self.free = True


def leave(page: Page) -> None:
    """Go away from a page; once more where it was about to load itself anew, as after a log-out, and did that."""
    try:
        page.goto("about:blank")
    except Error:
        page.goto("about:blank")


@contextmanager
def lent_tab(context: BrowserContext) -> Iterator[LentTab]:
    """Open a tab to be lent, and close it with its context."""
    tab = LentTab(context.new_page())
    listen(tab.page, tab.messages)
    tab.page.on("dialog", lambda dialog: dialog.accept())
    yield tab
    context.close()


def listen(page: Page, messages: list[str]) -> None:
    """Write down what a page says on its console."""
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))


def patient(browser: Browser, **options: Any) -> BrowserContext:
    """Open a context that waits for less than the page's own poll."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context
