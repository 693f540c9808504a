"""The token of a run in a browser: opened once, known from then on, and told where it is missing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page

from textwright.project import open_project
from textwright.project.workbench import Workbench
from textwright.server.app import create_app
from textwright.server.gate import place_of
from textwright.server.hosted import open_hosted
from textwright.server.keys import Token, new_token
from textwright.server.run import bind
from textwright.server.start.app import create_start_app

pytestmark = pytest.mark.browser
HEADING = "This page needs its token"


@contextmanager
def running(app: FastAPI, port: int) -> Iterator[None]:
    """Serve an application on a port of this machine."""
    with bind("127.0.0.1", port) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield
        server.should_exit = True
        thread.join()


def free_port() -> int:
    with bind("127.0.0.1", 0) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def visit(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def playground(small: Path) -> Iterator[tuple[str, Token]]:
    port, token = free_port(), new_token()
    with running(create_app(open_hosted([str(small)]), place=place_of("127.0.0.1", port), token=token), port):
        yield f"http://127.0.0.1:{port}/", token


def is_kept(page: Page) -> bool:
    """Say whether the pages' service worker answers for this page from now on."""
    return bool(page.evaluate("navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"))


def test_pages_open_with_the_token_and_ask_models_by_their_cookie(
    visit: BrowserContext, playground: tuple[str, Token]
) -> None:
    url, token = playground
    page = visit.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(token.in_address(url))
    page.wait_for_selector("#results li")
    assert "token" not in page.url
    assert page.evaluate("document.cookie") == ""
    status = """async () => (await fetch('v1/models/small/predict', {
        method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{"texts": ["Senior Nurse"]}'})).status"""
    assert page.evaluate(status) == 200
    assert messages == []


def test_an_address_reaches_the_server_where_a_visit_was_kept(
    visit: BrowserContext, playground: tuple[str, Token]
) -> None:
    url, token = playground
    page = visit.new_page()
    page.goto(token.in_address(url))
    page.wait_for_selector("#results li")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    visit.clear_cookies()
    page.goto(token.in_address(url))
    page.wait_for_selector("#results li")


def test_without_it_a_person_is_told_where_the_address_stands(
    visit: BrowserContext, playground: tuple[str, Token]
) -> None:
    page = visit.new_page()
    answer = page.goto(playground[0])
    assert answer is not None
    assert answer.status == 401
    assert page.get_by_role("heading").inner_text() == HEADING


def test_a_link_in_another_site_s_page_opens_too(visit: BrowserContext, playground: tuple[str, Token]) -> None:
    """A terminal in the browser has such links. A strict cookie is left out of what another site begins."""
    url, token = playground
    page = visit.new_page()
    page.goto(f"data:text/html,<a href='{token.in_address(url)}'>open</a>")
    page.click("a")
    page.wait_for_selector("#results li")


def test_a_page_that_was_left_open_goes_on_with_the_next_run(visit: BrowserContext, tmp_path: Path) -> None:
    port = free_port()
    place, url = place_of("127.0.0.1", port), f"http://127.0.0.1:{port}/"
    (tmp_path / "goods.txt").write_text("Sony headphones black\nBosch drill 18 V\n")
    bench = Workbench(open_project(tmp_path / "goods.txt"), say=lambda _: None)
    page = visit.new_page()
    try:
        with running(create_start_app(bench, place=place, token=(first := new_token())), port):
            page.goto(first.for_browser(url, port))
            page.get_by_text("2 texts").first.wait_for()
        second = new_token()
        assert second.word != first.word
        with running(create_start_app(bench, place=place, token=second), port):
            page.reload()
            page.get_by_text("2 texts").first.wait_for()
            visit.clear_cookies()
            page.evaluate("fetch('api/steps').then((answer) => answer.json())")
            assert page.evaluate("fetch('api/steps').then((answer) => answer.status)") == 401
            page.goto(second.in_address(url))
            page.get_by_text("2 texts").first.wait_for()
    finally:
        bench.close()
