"""The static site on a bare file server, at a path of its own: alone, without network, and after a new build."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Return a site whose files are not packed: a bare server does not send packed ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "packers", dict)
        return site.site_files(open_hosted(MODELS))


@pytest.fixture
def root(files: dict[str, bytes], tmp_path: Path) -> Path:
    """Put the site below a folder, and return the site."""
    for name, content in files.items():
        path = tmp_path / "some/where" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "some/where"


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


def visit_and_keep(page: Page, address: str) -> None:
    """Visit until all that the visit needs is kept."""
    visit(page, address)
    for name in (
        "/some/where/",
        "runtime/onnxruntime.glue.js",
        "runtime/textwright.worker.js",
        "job_titles/config.json",
    ):
        page.evaluate(KEPT, name)


def test_a_bare_file_server_is_enough(browser: Browser, root: Path) -> None:
    with running(root.parents[1]) as (address, sent), visitor(browser) as (context, messages):
        page = context.new_page()
        visit(page, address)
        texts = ["Senior Nurse 👩 Leeds", "nothing here 123"]
        for model in MODELS:
            page.select_option("#model", model)
            page.wait_for_selector("#results[aria-busy=false]", state="attached")
            write(page, *texts)
            assert drawn(page) == expected(*texts, model=model)
        assert page.locator("#place option").all_inner_texts() == ["in a worker", "in this page"]
        assert messages == []
        assert [path for path, status in sent if status >= 400 or not path.startswith("/some/where/")] == []


def test_the_first_visit_loads_what_it_needs_and_that_once(browser: Browser, root: Path) -> None:
    with running(root.parents[1]) as (address, sent), visitor(browser) as (context, _):
        visit_and_keep(context.new_page(), address)
        loaded = [path.removeprefix("/some/where/").partition("?")[0] for path, status in sent if status == 200]
        assert sorted(set(loaded)) == sorted(loaded)
        folders = {path.partition("/")[0] for path in loaded if "/" in path}
        assert folders == {"assets", "runtime", "models"}
        assert not any("rules" in path for path in loaded)


@pytest.mark.parametrize("how", ["network off", "server gone"])
def test_a_visited_page_works_without_network(browser: Browser, root: Path, how: str) -> None:
    with visitor(browser) as (context, _):
        page = context.new_page()
        with running(root.parents[1]) as (address, _sent):
            visit_and_keep(page, address)
            if how == "network off":
                context.set_offline(True)
                answers_again(page)
        if how == "server gone":
            answers_again(page)


def test_a_page_that_is_named_by_its_file_works_without_network(browser: Browser, root: Path) -> None:
    with running(root.parents[1]) as (address, _), visitor(browser) as (context, _messages):
        page = context.new_page()
        visit_and_keep(page, f"{address}index.html")
        context.set_offline(True)
        answers_again(page)


def answers_again(page: Page) -> None:
    page.reload()
    page.wait_for_selector("#results li", timeout=60_000)
    write(page, "Junior Chef, York")
    assert drawn(page) == expected("Junior Chef, York", model="job_titles")


def test_the_second_visit_is_sent_nothing_again(browser: Browser, root: Path) -> None:
    with running(root.parents[1]) as (address, sent), visitor(browser) as (context, _):
        page = context.new_page()
        visit_and_keep(page, address)
        sent.clear()
        visit(page, address)
        page.wait_for_load_state("networkidle")
        assert [path for path, status in sent if status != 304] == []
        assert len(sent) > 0


def test_a_new_build_is_there_at_the_next_visit(browser: Browser, root: Path) -> None:
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
        answers_again(page)
        assert page.title() == "the new playground"


def build_anew(root: Path) -> None:
    """Change the page and the version of the worker, as a build does."""
    page, worker = root / "index.html", root / "sw.js"
    page.write_text(page.read_text().replace("<title>textwright playground", "<title>the new playground"))
    worker.write_text(re.sub(r'"version":"[0-9a-f]{16}"', '"version":"0123456789abcdef"', worker.read_text()))


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
