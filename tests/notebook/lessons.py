"""Lessons run for tests: from clean, in a folder of their own, without network and without data from elsewhere."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tests.spec import WEB
from textwright.notebook.frame.lesson import copy_lesson, find_lesson
from textwright.notebook.frame.page import lesson_page
from textwright.notebook.frame.run import Run, run_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DATA = "TEXTWRIGHT_LESSON_DATA"


@cache
def run_of(name: str) -> Run:
    """Run a copy of a lesson with the texts that are installed, once for all tests of a file."""
    with TemporaryDirectory() as folder, chdir(folder), alone():
        copy = copy_lesson(find_lesson(name), Path(folder))
        run = run_notebook(copy)
        check_left(Path(folder), copy)
        return run


def check_left(folder: Path, copy: Path) -> None:
    """Check that a lesson writes into folders of its own: a file beside it may have been the reader's."""
    assert [path.name for path in folder.iterdir() if path.is_file() and path != copy] == []


@cache
def page_of(name: str) -> str:
    return lesson_page(run_of(name), name=name)


@contextmanager
def alone() -> Iterator[None]:
    """Let nothing but this machine be reached, and hide data that lies beside the checkout."""
    without_data = {name: value for name, value in os.environ.items() if name != DATA}
    with patch.dict(os.environ, without_data, clear=True), patch.object(socket.socket, "connect", _connect):
        yield


_connected = socket.socket.connect


def _connect(self: socket.socket, address: Any) -> None:
    if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise AssertionError(f"a lesson asked for {address}")
    _connected(self, address)


def words_of(run: Run) -> str:
    """Join what a run shows, without tags, so that a test can look for a sentence."""
    from textwright.notebook.frame.show import show

    return " ".join(unescape(re.sub(r"<[^>]+>", "", "\n".join(map(show, run.outputs)))).split())


def check_page(page: str) -> None:
    """Check that a page stands alone: nothing of marimo's, no script, nothing to fetch, and small."""
    assert "<marimo-" not in page
    assert "<script" not in page
    assert re.findall(r"<(?:link|iframe|img)[^>]+(?:href|src)=\"(?!data:)", page) == []
    assert "@import" not in page
    assert len(page.encode()) < 1_000_000


@contextmanager
def offline(browser: Browser, page: Path, **settings: Any) -> Iterator[Page]:
    """Open a file without any network; a request, a message or a fault fails the test."""
    context = browser.new_context(offline=True, **settings)
    opened = context.new_page()
    seen: list[str] = []
    opened.on("console", lambda message: seen.append(message.text))
    opened.on("pageerror", lambda error: seen.append(str(error)))
    opened.on("request", lambda request: seen.append(request.url))
    opened.goto(page.as_uri())
    yield opened
    context.close()
    assert seen == [page.as_uri()]


PHONE = {"width": 390, "height": 844}


COLOURS = ["color-contrast", "link-in-text-block"]
LOOK = """([within, rules]) => axe
    .run(within, { resultTypes: ["violations"], ...(rules === null ? {} : { runOnly: rules }) })
    .then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))"""


def check_access(browser: Browser, page: str, folder: Path, *, within: str = "body", **settings: Any) -> None:
    """Let axe look at a page, or at what a selector finds in it; the page's policy is opened for it.

    Between the themes only colours differ, so that the dark is asked for those alone.
    """
    file = folder / "page.html"
    policy, opened_for_axe = "default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'"
    file.write_text(page.replace(policy, opened_for_axe), encoding="utf-8")
    with offline(browser, file, **settings) as opened:
        opened.evaluate((WEB / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8") + "; undefined")
        in_the_light = opened.evaluate(LOOK, [within, None])
        opened.emulate_media(color_scheme="dark")
        in_the_dark = opened.evaluate(LOOK, [within, COLOURS])
    assert (in_the_light, in_the_dark) == ([], [])
