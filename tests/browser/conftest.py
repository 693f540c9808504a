from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from textwright.server.app import create_app
from textwright.server.hosted import open_hosted
from textwright.server.run import address, bind


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


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """Open the playground with the rules."""
    with playground(browser, url) as opened:
        yield opened


@contextmanager
def playground(browser: Browser, url: str) -> Iterator[Page]:
    """Open the playground and wait for its first answers; a message on the console fails the test."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(60_000)
    opened = context.new_page()
    messages: list[str] = []
    opened.on("console", lambda message: messages.append(message.text))
    opened.on("pageerror", lambda error: messages.append(str(error)))
    opened.goto(url)
    opened.wait_for_selector("#results li")
    yield opened
    context.close()
    assert messages == []
