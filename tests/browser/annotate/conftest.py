"""Projects on disk, each behind a real server, and tabs that show them. A message on the console fails a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, BrowserContext

from tests.browser.annotate.working import SCHEMA, Served, Work, examples, served
from tests.browser.lent import LentTab, lent_tab, listen, patient
from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.schema import Schema
from textwright.server.annotation.limits import AnnotationLimits
from textwright.store import accounts
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

    def __call__(
        self, url: str, *, context: BrowserContext | None = ..., wait: bool = ..., new: bool = ..., **options: Any
    ) -> Work: ...


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords in a moment: what a hash costs is tested with the accounts."""
    monkeypatch.setattr(accounts, "HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))


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


@pytest.fixture(scope="module")
def lent(browser: Browser) -> Iterator[LentTab]:
    with lent_tab(_context(browser)) as tab:
        yield tab


@pytest.fixture
def open_tab(browser: Browser, lent: LentTab) -> Iterator[Open]:
    """Open tabs; at the end none may have said anything on its console.

    The first is lent from test to test, unless the options or `new` ask for another one.
    """
    opened: list[Work] = []
    with ExitStack() as stack:

        def make(
            url: str, *, context: BrowserContext | None = None, wait: bool = True, new: bool = False, **options: Any
        ) -> Work:
            if context is None and not new and lent.fits(options):
                work = Work(*lent.take(**{"viewport": WIDE, **options}))
                stack.callback(lent.give_back)
            else:
                context = context or stack.enter_context(_context(browser, **options))
                work = Work(stack.enter_context(context.new_page()))
                listen(work.page, work.messages)
            opened.append(work)
            work.page.goto(url)
            if wait:
                work.page.locator('[role=group][aria-label="Text"]:focus').wait_for()
            return work

        yield make
    assert [message for work in opened for message in work.own_messages] == []


def _context(browser: Browser, **options: Any) -> BrowserContext:
    # Requests of a page that a service worker controls do not all come to `page.route`.
    context = patient(browser, **{"viewport": WIDE, "service_workers": "block", **options})
    if "service_workers" not in options:
        # A page that loads before the first route may send what follows at once past that route.
        context.route("**/asked-by-nobody", lambda route: route.abort())
    return context
