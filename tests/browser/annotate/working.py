"""A project that is really served, and somebody who annotates it in a browser."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import uvicorn

from tests.conftest import PATIENCE
from textwright.annotate.desk import Desk
from textwright.packs.job_titles import PACK
from textwright.schema import Schema
from textwright.server.annotation.app import create_annotation_app
from textwright.server.gate import place_of
from textwright.server.run import address, bind
from textwright.store.tasks import texts_by_numbers
from textwright.types import Example

if TYPE_CHECKING:
    from socket import socket

    from playwright.sync_api import Locator, Page

SCHEMA: Schema = PACK.schema
# What a browser itself, or Playwright, says of a request that failed: not the page's words.
NETWORK = re.compile(
    "^(Failed to load resource: |An unknown error occurred when fetching the script"
    "|Service Worker registration blocked)"
)
DRAWN = """marks => marks.map(({dataset: d}) =>
    [Number(d.start), Number(d.end), d.label, ...('suggested' in d ? ['?'] : [])])"""
PRESSES = """() => {
    window.presses = 0;
    addEventListener("keydown", ({key}) => (window.presses += key === "Shift" ? 0 : 1), true);
}"""

Mark = tuple[Any, ...]


class Served:
    """A desk behind its address; it can go away and come back."""

    def __init__(self, desk: Desk, **options: Any) -> None:
        self.desk, self._options = desk, options
        self._listening: socket | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._port = 0

    @property
    def url(self) -> str:
        assert self._listening is not None
        return address(self._listening)

    def start(self) -> None:
        self._listening = bind("127.0.0.1", self._port)
        self._port = self._listening.getsockname()[1]
        app = create_annotation_app(self.desk, place=place_of("127.0.0.1", self._port), **self._options)
        # The page holds its connections open; a server that stops does not wait for it.
        config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listening]})
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        if self._server is None or self._thread is None or self._listening is None:
            return
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()
        self._server = None

    def kinds(self, number: int, annotator: str = "me") -> list[str]:
        """Return what is stored of a text: the kinds of the acts, oldest first."""
        task = self.desk.task(annotator, number)
        assert task is not None
        return [act.kind for act in task.acts]

    def spans(self, number: int, annotator: str = "me") -> list[Mark]:
        task = self.desk.task(annotator, number)
        assert task is not None
        assert task.acts
        return [(each["start"], each["end"], each["label"]) for each in task.acts[-1].state["spans"]]

    def status(self, number: int, annotator: str = "me") -> str:
        task = self.desk.task(annotator, number)
        assert task is not None
        return task.status

    def text(self, number: int) -> str:
        return texts_by_numbers(self.desk.database, self.desk.project, [number])[number].text

    def exported(self, which: str = "annotators") -> list[Example]:
        return list(self.desk.examples(which=which, status="any"))  # type: ignore[arg-type]  # one of two words


@contextmanager
def served(desk: Desk, **options: Any) -> Iterator[Served]:
    server = Served(desk, **options)
    server.start()
    yield server
    server.stop()


@dataclass
class Work:
    """What somebody sees and does who annotates in one tab."""

    page: Page
    messages: list[str] = field(default_factory=list)

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("group", name="Text", exact=True)

    @property
    def marks(self) -> Locator:
        return self.text.locator("[data-start]")

    @property
    def id(self) -> str | None:
        return self.text.get_attribute("data-id")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def save_state(self, says: str) -> Locator:
        """Find the line that says how saving goes, with what it says."""
        return self.page.get_by_role("status").filter(has_text=re.compile(rf"^\s*{says}"))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def wait_text(self, name: str) -> None:
        """Wait until a text is up and has the focus."""
        self.page.locator(f'[role=group][data-id="{name}"]:focus').wait_for()

    def wait_saved(self) -> None:
        self.save_state("Saved").wait_for()

    def wait_marks(self, *marks: Mark) -> None:
        """Wait until exactly these spans are drawn; proposed ones have a `"?"` behind."""
        deadline = time.monotonic() + PATIENCE / 1000
        while (found := self.drawn()) != sorted(marks) and time.monotonic() < deadline:
            self.page.wait_for_timeout(10)
        assert found == sorted(marks)

    def drawn(self) -> list[Mark]:
        return sorted(tuple(each) for each in self.marks.evaluate_all(DRAWN))

    def wait_stored(self, read: Any, wanted: Any) -> None:
        """Wait until the server has stored something; the page's own loop goes on meanwhile."""
        deadline = time.monotonic() + PATIENCE / 1000
        while (found := read()) != wanted and time.monotonic() < deadline:
            self.page.wait_for_timeout(20)
        assert found == wanted

    def count_presses(self) -> None:
        self.page.evaluate(PRESSES)

    @property
    def presses(self) -> int:
        return int(self.page.evaluate("presses"))

    @property
    def own_messages(self) -> list[str]:
        """Return what stands on the console, without what the browser says of a lost network."""
        return [each for each in self.messages if not NETWORK.match(each)]


def examples(texts: Sequence[str | Example]) -> list[Example]:
    """Give plain texts an id by their place."""
    return [Example(f"t{place}", each) if isinstance(each, str) else each for place, each in enumerate(texts, 1)]
