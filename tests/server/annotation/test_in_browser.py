"""A page of another origin tries all that a browser lets it; nothing is changed and nothing is read."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from tests.server.annotation.conftest import act
from textwright.annotate.desk import Desk
from textwright.server.annotation.app import create_annotation_app
from textwright.server.gate import place_of
from textwright.server.run import bind

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ATTACK = """
async (base) => {
  const act = JSON.stringify({acts: [ACT]}), got = [];
  const tries = [];
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"])
    for (const mode of ["cors", "no-cors"])
      for (const type of ["text/plain", "application/json", "application/x-www-form-urlencoded"])
        for (const path of ["api/acts", "api/project", "api/import?name=x.txt", "api/export", "api/session"])
          tries.push(fetch(base + path, {method, mode, credentials: "include", headers: {"Content-Type": type},
            body: method === "GET" ? undefined : act})
            .then(async (answer) => { const text = await answer.text(); if (text) got.push(text); }).catch(() => 0));
  await Promise.all(tries);
  navigator.sendBeacon(base + "api/acts", new Blob([act], {type: "text/plain"}));
  const load = (tag, path, set) => new Promise((done) => {
    const element = document.createElement(tag);
    element.onload = () => done(path);
    element.onerror = () => done(null);
    set(element, base + path);
    document.body.append(element);
    setTimeout(() => done(null), 1500);
  });
  const src = (element, url) => { element.src = url; };
  const loaded = await Promise.all([
    load("img", "api/export", src), load("script", "api/project", src), load("script", "api/texts", src),
    load("link", "api/project", (element, url) => { element.rel = "stylesheet"; element.href = url; }),
  ]);
  got.push(...loaded.filter(Boolean));
  const socket = await new Promise((done) => {
    const opened = new WebSocket(base.replace("http", "ws") + "api/queue");
    opened.onopen = () => done("opened");
    opened.onerror = () => done(null);
  });
  if (socket) got.push(socket);
  const frame = document.createElement("iframe");
  frame.src = base;
  document.body.append(frame);
  await new Promise((done) => { frame.onload = done; setTimeout(done, 1500); });
  try {
    if (frame.contentDocument && frame.contentDocument.body.textContent) got.push("frame");
  } catch { /* as it should */ }
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const form = document.createElement("form");
    Object.assign(form, {method: "POST", action: base + "api/acts", enctype: type, target: "hidden"});
    const field = document.createElement("input");
    Object.assign(field, {name: act.slice(0, -1) + ', "x": "', value: '"}'});
    form.append(field);
    document.body.append(form);
    form.submit();
  }
  await new Promise((done) => setTimeout(done, 500));
  return got;
}
"""
SENT = """
(body) => fetch("/api/acts", {method: "POST", headers: {"Content-Type": "application/json"}, body})
  .then((answer) => answer.status)
"""


class Foreign(BaseHTTPRequestHandler):
    """A site with one page."""

    def do_GET(self) -> None:
        page = b"<!doctype html><title>evil</title><body><iframe name=hidden></iframe>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture
def foreign() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Foreign)
    threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def ours(desk: Desk) -> Iterator[str]:
    with bind("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        app = create_annotation_app(desk, place=place_of("127.0.0.1", port))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", proxy_headers=False, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{port}/"
        server.should_exit = True
        thread.join(60)


def test_foreign_page_changes_and_reads_nothing(browser: Browser, desk: Desk, ours: str, foreign: str) -> None:
    page = browser.new_page()
    page.goto(foreign)
    got = page.evaluate(ATTACK.replace("ACT", json.dumps(act("evil"))), ours)
    page.close()
    assert got == []
    task = desk.task("me", 1)
    assert task is not None
    assert task.version == 0
    assert [each.version for each in desk.queue("me", limit=10)] == [0, 0, 0]


def test_own_page_may_do_it(browser: Browser, desk: Desk, ours: str) -> None:
    """The same request from the server's own origin is kept, so that the test above is about origins."""
    page = browser.new_page()
    page.goto(f"{ours}healthz")
    assert page.evaluate(SENT, json.dumps({"acts": [act("own")]})) == 200
    page.close()
    task = desk.task("me", 1)
    assert task is not None
    assert task.version == 1
