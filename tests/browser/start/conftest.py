"""Projects, each behind a real server, and tabs that show them. A message on the console fails a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.annotate.working import NETWORK, examples
from tests.browser.lent import LentTab, lent_tab, listen, patient
from tests.browser.start.working import Served
from textwright.dataset import Dataset
from textwright.project import open_project
from textwright.project.files import Project
from textwright.types import Example

DESKTOP = {"width": 1280, "height": 800}


class StartProject(Protocol):
    """Serves a project: without texts as somebody finds it who begins, or with texts and labels in it."""

    def __call__(
        self,
        texts: Sequence[str | Example] = ...,
        *,
        schema: str = ...,
        before: Callable[[Project], None] | None = ...,
    ) -> Served: ...


class OpenStart(Protocol):
    """Opens a tab on an address, at a step (`"bring"`), and waits until the step is shown."""

    def __call__(self, url: str, step: str = ..., *, context: BrowserContext | None = ..., **options: Any) -> Page: ...


@pytest.fixture
def start_project(tmp_path: Path) -> Iterator[StartProject]:
    """Serve projects until the test ends; each has its own folder.

    `texts` come in as a file would, so that a part is set aside; examples keep their annotations. `schema` is the
    text of a schema file in TOML. `before` may do more to the project's files. What is given back has `url`,
    `project`, `bench`, `stop()` and `start()`.
    """
    numbers = count()
    with ExitStack() as stack:

        def make(
            texts: Sequence[str | Example] = (),
            *,
            schema: str = "",
            before: Callable[[Project], None] | None = None,
        ) -> Served:
            project = _project(tmp_path / str(next(numbers)), texts)
            if schema:
                project.schema_file.write_text(schema, encoding="utf-8")
            if before is not None:
                before(project)
            served = Served(project)
            stack.callback(served.stop)
            served.start()
            return served

        yield make


def _project(folder: Path, texts: Sequence[str | Example]) -> Project:
    folder.mkdir()
    if not texts:
        return open_project(folder / "mine.textwright")
    Dataset(examples(texts)).write(folder / "mine.jsonl")
    return open_project(folder / "mine.jsonl")


@pytest.fixture(scope="module")
def lent_start(browser: Browser) -> Iterator[LentTab]:
    with lent_tab(patient(browser)) as tab:
        yield tab


@pytest.fixture
def open_start(browser: Browser, lent_start: LentTab) -> Iterator[OpenStart]:
    """Open tabs; at the end none may have said anything on its console.

    The first is lent from test to test, unless the options ask for another one.
    """
    said: list[list[str]] = []
    with ExitStack() as stack:

        def make(url: str, step: str = "", *, context: BrowserContext | None = None, **options: Any) -> Page:
            if context is None and lent_start.fits(options):
                page, messages = lent_start.take(**{"viewport": DESKTOP, **options})
                stack.callback(lent_start.give_back)
            else:
                context = context or stack.enter_context(patient(browser, **{"viewport": DESKTOP, **options}))
                page, messages = stack.enter_context(context.new_page()), list[str]()
                listen(page, messages)
            said.append(messages)
            page.goto(f"{url}#/{step}" if step else url)
            page.locator("h1").wait_for()
            return page

        yield make
    # What a browser itself says of a server that was taken away is none of the page's words.
    assert [each for messages in said for each in messages if not NETWORK.match(each)] == []
