"""A client whose waits are recorded instead of waited."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.llm.servers import Act, Server
from textwright.errors import CallError
from textwright.llm.calls import Completion, Message, Request
from textwright.llm.client.client import Client

KEY = "sk-test-0123456789abcdef"


class Time:
    """A clock that moves only when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        with self._lock:
            self.waits.append(seconds)
            self.now += seconds


class Talk:
    """A client, its server, and what both did."""

    def __init__(self, server: Server, **options: Any) -> None:
        self.server = server
        self.time = Time()
        self.notes: list[str] = []
        self.told: list[tuple[str, float]] = []
        self.client = Client(
            server.address,
            wait=self.time.wait,
            clock=self.time.clock,
            on_note=self.notes.append,
            on_wait=lambda reason, seconds: self.told.append((reason, seconds)),
            **options,
        )

    def request(self, text: str = "Hello?", **changes: Any) -> Request:
        return Request(self.client.address, changes.pop("model", "talker"), (Message("user", text),), **changes)

    def ask(self, text: str = "Hello?", **changes: Any) -> Completion:
        return self.client.complete(self.request(text, **changes))

    def fault(self, text: str = "Hello?", **changes: Any) -> CallError:
        with pytest.raises(CallError) as caught:
            self.ask(text, **changes)
        return caught.value

    @property
    def calls(self) -> int:
        return len(self.server.received)


@contextmanager
def talk(*acts: Act, **options: Any) -> Iterator[Talk]:
    with Server(*acts) as server:
        talking = Talk(server, **options)
        try:
            yield talking
        finally:
            talking.client.close()


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the keys and proxies of who runs the tests out of them."""
    for name in ("OPENAI_API_KEY", "TEXTWRIGHT_API_KEY", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
