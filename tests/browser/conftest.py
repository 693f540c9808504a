from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Playwright, Route

from tests.browser.annotate.working import NETWORK
from tests.browser.engines import ENGINES, Engines, Tab
from textwright.references import open_model
from textwright.server.app import create_app
from textwright.server.hosted import open_hosted
from textwright.server.run import address, bind

# What Python says is asked for by many tests, and to open a model takes longer than to ask it.
known_model = cache(open_model)
# Rules that are there at once, for tests of what happens around a model: the shipped ones take half a second to start.
SMALL = {
    "config.json": '{"kind": "rules", "rules": "rules.toml"}',
    "titles.txt": "Nurse\nChef\nResearcher\n",
    "rules.toml": """
language = 1
[lists]
rank = ["senior", "junior"]
title = "titles.txt"
[[phases]]
name = "titles"
rules = [{ name = "title", match = "[JOBTITLE: ([SENIORITY: {rank}])? [COREJOBTITLE: {title}]]" }]
""",
}


@contextmanager
def served(*references: str) -> Iterator[str]:
    """Serve models from a thread; give the address."""
    with bind("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(open_hosted(references)), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield address(listening)
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    with served("job_titles.rules", "job_titles.split", "job_titles") as found:
        yield found


@contextmanager
def playground(browser: Browser, url: str) -> Iterator[Page]:
    """Open the playground and wait for its first answers; a message on the console of any tab fails the test."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(60_000)
    messages: list[str] = []
    context.on("console", lambda message: messages.append(message.text))
    context.on("weberror", lambda fault: messages.append(str(fault.error)))
    opened = context.new_page()
    opened.goto(url)
    opened.wait_for_selector("#results li")
    yield opened
    context.close()
    assert messages == []


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small rules into a folder."""
    folder = tmp_path_factory.mktemp("models") / "small"
    folder.mkdir()
    for name, content in SMALL.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def page(browser: Browser, url: str) -> Iterator[Page]:
    """Open a page that does nothing by itself, for tests that ask the runtime and leave nothing behind."""
    with visiting(browser, url) as found:
        yield found


@contextmanager
def visiting(browser: Browser, url: str, *, messages: int = 0) -> Iterator[Page]:
    """Open a page of the server that does nothing by itself; the console must show so many messages."""
    context = browser.new_context(service_workers="block")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.route(f"{url}bare", lambda route: bare(route, url))
    opened.goto(f"{url}bare")
    yield opened
    context.close()
    assert len(said) == messages, said


def bare(route: Route, url: str) -> None:
    """Answer with an empty page that has the headers of the server's own."""
    headers = {**route.fetch(url=url).headers, "content-type": "text/html"}
    dropped = ("content-length", "content-encoding", "etag")
    kept = {name: value for name, value in headers.items() if name not in dropped}
    route.fulfill(body='<!doctype html><link rel="icon" href="data:,">', headers=kept)


@pytest.fixture(scope="session")
def engines(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    with ExitStack() as stack:
        yield Engines(playwright, tmp_path_factory.mktemp("engines"), stack)


@pytest.fixture(scope="module", params=ENGINES)
def tab(request: pytest.FixtureRequest, engines: Engines, url: str) -> Iterator[Tab]:
    """Open a tab of each engine that shows a text and does nothing; a message on its console fails the tests."""
    with engines.tab(request.param) as opened:
        opened.open(f"{url}runtime/textwright.worker.js")
        yield opened
        assert opened.messages == []


@pytest.fixture(params=ENGINES)
def new_tab(request: pytest.FixtureRequest, engines: Engines) -> Iterator[Tab]:
    """Open a tab of each engine for one test; a message of the page's own on its console fails it."""
    with engines.tab(request.param) as opened:
        yield opened
        assert [each for each in opened.messages if not NETWORK.match(each)] == []
