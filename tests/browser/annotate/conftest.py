"""Projects on disk, each behind a real server, and tabs that show them. A message on the console fails a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.annotate.working import SCHEMA, Served, Work, examples, served
from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.schema import Schema
from textwright.server.annotation.limits import AnnotationLimits
from textwright.store.database import Database, open_database
from textwright.store.projects import open_project
from textwright.types import Example

TITLES = ("Senior Chef, London", "Lead UX researcher", "Night Nurse", "Cook", "Head of Design", "Pilot")
WIDE = {"width": 1280, "height": 900}


class Serve(Protocol):
    """Serves a project made of texts or of examples."""

    def __call__(
        self,
        texts: Sequence[str | Example] = ...,
        *,
        schema: Schema = ...,
        before: Callable[[Database], None] | None = ...,
        limits: AnnotationLimits | None = ...,
        **settings: Any,
    ) -> Served: ...


class Open(Protocol):
    """Opens a tab on an address and waits for its first text."""

    def __call__(self, url: str, *, context: BrowserContext | None = ..., wait: bool = ..., **options: Any) -> Work: ...


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serve projects until the test ends; each has its own database."""
    numbers = count()
    with ExitStack() as stack:

        def make(
            texts: Sequence[str | Example] = TITLES,
            *,
            schema: Schema = SCHEMA,
            before: Callable[[Database], None] | None = None,
            limits: AnnotationLimits | None = None,
            **settings: Any,
        ) -> Served:
            database = open_database(tmp_path / f"work{next(numbers)}.sqlite")
            stack.callback(database.close)
            if before is not None:
                before(database)
            project = open_project(database, "titles", schema, {})
            desk = Desk(
                database,
                project,
                Settings(**{"blind_share": 0.0, "alone": before is None, **settings}),
                say=lambda _: None,
            )
            stack.callback(desk.close)
            desk.add(examples(texts))
            return stack.enter_context(served(desk, limits=limits))

        yield make


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[Open]:
    """Open tabs; at the end none may have said anything on its console."""
    opened: list[Work] = []
    contexts: list[BrowserContext] = []

    def make(url: str, *, context: BrowserContext | None = None, wait: bool = True, **options: Any) -> Work:
        if context is None:
            # Requests of a page that a service worker controls do not all come to `page.route`.
            context = browser.new_context(**{"viewport": WIDE, "service_workers": "block", **options})
            # Less than the page's own poll of 20 seconds, which would mend what should not have gone wrong.
            context.set_default_timeout(18_000)
            contexts.append(context)
            if "service_workers" not in options:
                # A page that loads before the first route may send what follows at once past that route.
                context.route("**/asked-by-nobody", lambda route: route.abort())
        work = _listening(context.new_page())
        opened.append(work)
        work.page.goto(url)
        if wait:
            work.page.locator('[role=group][aria-label="Text"]:focus').wait_for()
        return work

    yield make
    for context in contexts:
        context.close()
    assert [message for work in opened for message in work.own_messages] == []


def _listening(page: Page) -> Work:
    work = Work(page)
    page.on("console", lambda message: work.messages.append(message.text))
    page.on("pageerror", lambda error: work.messages.append(str(error)))
    return work
