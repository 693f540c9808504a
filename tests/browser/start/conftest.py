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


@pytest.fixture
def open_start(browser: Browser) -> Iterator[OpenStart]:
    """Open tabs; at the end none may have said anything on its console."""
    messages: list[str] = []
    contexts: list[BrowserContext] = []

    def make(url: str, step: str = "", *, context: BrowserContext | None = None, **options: Any) -> Page:
        if context is None:
            context = browser.new_context(**{"viewport": DESKTOP, **options})
            context.set_default_timeout(18_000)
            contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(f"{url}#/{step}" if step else url)
        page.locator("h1").wait_for()
        return page

    yield make
    for context in contexts:
        context.close()
    # What a browser itself says of a server that was taken away is none of the page's words.
    assert [each for each in messages if not NETWORK.match(each)] == []
