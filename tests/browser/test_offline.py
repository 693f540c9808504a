"""The static site on a bare file server, at a path of its own: alone, without network, and after a new build."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.test_playground import drawn, expected, write
from textwright.server import site
from textwright.server.hosted import open_hosted

pytestmark = pytest.mark.browser

MODELS = ("job_titles", "job_titles.rules")
KEPT = """async name => {
  const isKept = async () => {
    for (const cache of await caches.keys()) {
      if (!cache.startsWith("textwright-pages")) continue;
      for (const { url } of await (await caches.open(cache)).keys()) if (url.endsWith(name)) return true;
    }
  };
  while (!(await isKept())) await new Promise(done => setTimeout(done, 50));
}"""


def files_of(*models: str) -> dict[str, bytes]:
    """Return a site whose files are not packed: a bare server does not send packed ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "packers", dict)
        return site.site_files(open_hosted(models))


@pytest.fixture(scope="module")
def small_files(small: Path) -> dict[str, bytes]:
    return files_of(str(small))


@pytest.fixture
def root(small_files: dict[str, bytes], tmp_path: Path) -> Path:
    """Put the site of a small model below a folder, and return the site."""
    return put(small_files, tmp_path)


def put(files: dict[str, bytes], folder: Path) -> Path:
    """Write a site below a folder."""
    for name, content in files.items():
        path = folder / "some/where" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "some/where"


class Quiet(SimpleHTTPRequestHandler):
    """Python's own file server, which remembers what it sent."""

    sent: list[tuple[str, int]]

    def send_response(self, code: int, message: str | None = None) -> None:
        type(self).sent.append((self.path, code))
        super().send_response(code, message)

    def log_message(self, *_: Any) -> None:
        """Write no log."""


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Serve a folder; give the site's address, and what was sent: paths with their status."""
    sent: list[tuple[str, int]] = []
    handler = partial(type("Handler", (Quiet,), {"sent": sent}), directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/some/where/", sent
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def visitor(browser: Browser) -> Iterator[tuple[BrowserContext, list[str]]]:
    """Open a browser for one person; give what came to the console."""
    context = browser.new_context()
    messages: list[str] = []
    context.on("console", lambda message: messages.append(message.text))
    context.on("weberror", lambda fault: messages.append(str(fault.error)))
    yield context, messages
    context.close()


def visit(page: Page, address: str) -> None:
    """Open the playground and wait for its answers."""
    page.goto(address)
    page.wait_for_selector("#results li", timeout=60_000)


def visit_and_keep(page: Page, address: str, *more: str) -> None:
    """Visit until all that the visit needs is kept; `more` is what the model needs besides."""
    visit(page, address)
    for name in ("/some/where/", "runtime/textwright.worker.js", "/config.json", *more):
        page.evaluate(KEPT, name)


@dataclass
class Visited:
    """A page that was visited twice, and what was sent to it: at each visit, and in all."""

    page: Page
    first: list[tuple[str, int]]
    second: list[tuple[str, int]]
    sent: list[tuple[str, int]]


@pytest.fixture(scope="module")
def visited(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    """Visit the site of the shipped models twice; a message on the console fails the tests."""
    root = put(files_of(*MODELS), tmp_path_factory.mktemp("site"))
    with running(root.parents[1]) as (address, sent), visitor(browser) as (context, messages):
        page = context.new_page()
        visit_and_keep(page, address, "runtime/onnxruntime.glue.js")
        first = [*sent]
        visit(page, address)
        page.wait_for_load_state("networkidle")
        yield Visited(page, first, sent[len(first) :], sent)
        assert messages == []


def test_a_bare_file_server_is_enough(visited: Visited) -> None:
    page, texts = visited.page, ["Senior Nurse 👩 Leeds", "nothing here 123"]
    for model in MODELS:
        page.select_option("#model", model)
        page.wait_for_selector("#results[aria-busy=false]", state="attached")
        write(page, *texts)
        assert drawn(page) == expected(*texts, model=model)
    assert page.locator("#place option").all_inner_texts() == ["in a worker", "in this page"]
    assert [path for path, status in visited.sent if status >= 400 or not path.startswith("/some/where/")] == []


def test_the_first_visit_loads_what_it_needs_and_that_once(visited: Visited) -> None:
    loaded = [path.removeprefix("/some/where/").partition("?")[0] for path, status in visited.first if status == 200]
    assert sorted(set(loaded)) == sorted(loaded)
    folders = {path.partition("/")[0] for path in loaded if "/" in path}
    assert folders == {"assets", "runtime", "models"}
    assert not any("rules" in path for path in loaded)


def test_the_second_visit_is_sent_nothing_again(visited: Visited) -> None:
    assert [path for path, status in visited.second if status != 304] == []
    assert len(visited.second) > 0


def test_a_visited_page_runs_its_network_without_network(visited: Visited) -> None:
    visited.page.context.set_offline(True)
    visited.page.goto(visited.page.url.partition("?")[0])
    answers_again(visited.page, "job_titles")
    visited.page.context.set_offline(False)


@pytest.mark.parametrize("how", ["network off", "server gone"])
def test_a_visited_page_works_without_network(browser: Browser, root: Path, small: Path, how: str) -> None:
    with visitor(browser) as (context, _):
        page = context.new_page()
        with running(root.parents[1]) as (address, _sent):
            visit_and_keep(page, address)
            if how == "network off":
                context.set_offline(True)
                answers_after_reloading(page, small)
        if how == "server gone":
            answers_after_reloading(page, small)


def test_a_page_that_is_named_by_its_file_works_without_network(browser: Browser, root: Path, small: Path) -> None:
    with running(root.parents[1]) as (address, _), visitor(browser) as (context, _messages):
        page = context.new_page()
        visit_and_keep(page, f"{address}index.html")
        context.set_offline(True)
        answers_after_reloading(page, small)


def answers_after_reloading(page: Page, model: Path) -> None:
    page.reload()
    answers_again(page, str(model))


def answers_again(page: Page, model: str) -> None:
    page.wait_for_selector("#results li", timeout=60_000)
    write(page, "Junior Chef, York")
    assert drawn(page) == expected("Junior Chef, York", model=model)


def test_a_new_build_is_there_at_the_next_visit(browser: Browser, root: Path, small: Path) -> None:
    with running(root.parents[1]) as (address, _), visitor(browser) as (context, _messages):
        page = context.new_page()
        visit_and_keep(page, address)
        build_anew(root)
        visit(page, address)
        assert page.title() == "the new playground"
        page.wait_for_function("""async () => {
          const names = (await caches.keys()).filter(name => name.startsWith("textwright-pages"));
          return names.length === 1 && names[0].endsWith("0123456789abcdef");
        }""")
        context.set_offline(True)
        answers_after_reloading(page, small)
        assert page.title() == "the new playground"


def build_anew(root: Path) -> None:
    """Change the page and the version of the worker, as a build does; not in the second in which they were written.

    A server of files tells a change by the second, and says within it that nothing has changed.
    """
    page, worker = root / "index.html", root / "sw.js"
    page.write_text(page.read_text().replace("<title>textwright playground", "<title>the new playground"))
    worker.write_text(re.sub(r'"version":"[0-9a-f]{16}"', '"version":"0123456789abcdef"', worker.read_text()))
    for each in (page, worker):
        changed = each.stat().st_mtime + 2
        os.utime(each, (changed, changed))


def test_what_is_not_a_page_is_left_alone(browser: Browser, root: Path) -> None:
    (root / "v1").mkdir()
    (root / "v1/models").write_text("{}")
    (root / "other.txt").write_text("x")
    with running(root.parents[1]) as (address, sent), visitor(browser) as (context, _):
        page = context.new_page()
        visit_and_keep(page, address)
        for path in ("v1/models", "other.txt"):
            page.evaluate("path => fetch(path, { cache: 'no-store' }).then(answer => answer.text())", path)
        kept = page.evaluate("""async () => (await Promise.all((await caches.keys()).map(
          async name => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat()""")
        assert [url for url in kept if "/v1/" in url or "other" in url] == []
        assert {path for path, _ in sent} >= {"/some/where/v1/models", "/some/where/other.txt"}
