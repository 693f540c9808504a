"""Each limit has a problem of its own, and what is refused leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.apart import run_apart
from tests.server.conftest import LIMITS
from textwright.schema import Schema, schema_of
from textwright.server.app import Service, create_app
from textwright.server.hosted import host
from textwright.server.limits import Limits
from textwright.types import Annotation

PATH = "/v1/models/slow/predict"
JSON = {"Content-Type": "application/json"}


class Slow:
    """Answers when it is let go."""

    schema: Schema = schema_of(["A"])

    def __init__(self) -> None:
        self.go, self.seen = threading.Event(), list[str]()

    def predict(self, texts: Sequence[str]) -> list[Annotation]:
        self.go.wait(60)
        self.seen += texts
        return [Annotation(spans=()) for _ in texts]


class Asked:
    """A server in this process, with a model that waits."""

    def __init__(self, limits: Limits) -> None:
        self.model = Slow()
        self.app = create_app([host("slow", self.model)], limits=limits)
        self.service: Service = self.app.state.service
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://test")

    async def ask(self, *texts: str) -> httpx.Response:
        return await self.client.post(PATH, json={"texts": texts})

    async def begun(self, requests: int) -> None:
        """Wait until so many requests wait for the model, and it is at the first of them."""
        running = self.service.models["slow"]
        while running.waiting < requests or not any(turn.since for turn in running.batcher._turns):
            await asyncio.sleep(0.001)


@asynccontextmanager
async def asked(limits: Limits = LIMITS) -> AsyncIterator[Asked]:
    made = Asked(limits)
    async with made.client, made.app.router.lifespan_context(made.app):
        yield made
        made.model.go.set()


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("urn:textwright:problem:")


def test_more_requests_than_may_wait_are_refused_at_once() -> None:
    async def run() -> None:
        async with asked(replace(LIMITS, waiting=2)) as server:
            waiting = [asyncio.create_task(server.ask("a")), asyncio.create_task(server.ask("b"))]
            await server.begun(2)
            refused = await server.ask("c")
            assert problem(refused) == (503, "too_many_waiting")
            assert refused.headers["retry-after"] == "1"
            server.model.go.set()
            assert [(await each).status_code for each in waiting] == [200, 200]
            assert (await server.ask("d")).status_code == 200
            assert "c" not in server.model.seen

    run_apart(run())


def test_more_bytes_than_may_be_held_are_refused() -> None:
    async def run() -> None:
        async with asked(replace(LIMITS, held=60)) as server:
            first = asyncio.create_task(server.ask("x" * 20))
            await server.begun(1)
            assert problem(await server.ask("y" * 20)) == (503, "no_room")
            server.model.go.set()
            assert (await first).status_code == 200
            assert (await server.ask("y" * 20)).status_code == 200

    run_apart(run())


def test_texts_whose_turn_does_not_come_are_given_up() -> None:
    async def run() -> None:
        async with asked(replace(LIMITS, seconds=1.0)) as server:
            first = asyncio.create_task(server.ask("first"))
            await server.begun(1)
            late = await server.ask("late")
            assert problem(late) == (503, "waited_too_long")
            assert late.headers["retry-after"] == "1"
            assert problem(await first) == (504, "took_too_long")
            server.model.go.set()
            assert (await server.ask("then")).status_code == 200
            assert server.model.seen == ["first", "then"]

    run_apart(run())


def test_a_model_that_answers_no_more_makes_the_server_not_ready() -> None:
    async def run() -> None:
        async with asked(replace(LIMITS, seconds=0.05)) as server:
            assert problem(await server.ask("a")) == (504, "took_too_long")
            while (answer := await server.client.get("/readyz")).status_code == 200:
                await asyncio.sleep(0.001)
            assert problem(answer) == (503, "not_ready")
            assert answer.json()["models"] == ["slow"]
            server.model.go.set()
            while (await server.client.get("/readyz")).status_code == 503:
                await asyncio.sleep(0.001)

    run_apart(run())


def test_a_body_that_comes_too_slowly_is_refused() -> None:
    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"texts": '
        await asyncio.sleep(5)
        yield b"[]}"

    async def run() -> None:
        async with asked(replace(LIMITS, body_seconds=0.05)) as server:
            assert problem(await server.client.post(PATH, content=slowly(), headers=JSON)) == (408, "body_too_slow")

    run_apart(run())


def test_a_body_that_is_still_coming_takes_no_place_of_those_that_wait() -> None:
    async def when(come: asyncio.Event) -> AsyncIterator[bytes]:
        yield b'{"texts": '
        await come.wait()
        yield b"[]}"

    async def run() -> None:
        async with asked(replace(LIMITS, waiting=1)) as server:
            come = asyncio.Event()
            slow = [asyncio.create_task(server.client.post(PATH, content=when(come), headers=JSON)) for _ in range(3)]
            await asyncio.sleep(0.02)
            server.model.go.set()
            assert (await server.ask("a")).status_code == 200
            come.set()
            assert [(await each).status_code for each in slow] == [200] * 3

    run_apart(run())


def test_nothing_is_computed_for_a_client_that_has_gone() -> None:
    async def run() -> None:
        async with asked(replace(LIMITS, seconds=20)) as server:
            first = asyncio.create_task(server.ask("first"))
            await server.begun(1)
            body = json.dumps({"texts": ["gone"]}).encode()
            messages: list[dict[str, Any]] = [{"type": "http.disconnect"}, {"type": "http.request", "body": body}]
            sent: list[Any] = []

            async def receive() -> dict[str, Any]:
                return messages.pop()

            async def send(message: Any) -> None:
                sent.append(message)

            headers = [(b"content-type", b"application/json")]
            scope = {"type": "http", "method": "POST", "path": PATH, "headers": headers, "query_string": b""}
            await server.app(scope, receive, send)
            assert sent == []
            server.model.go.set()
            await first
            assert server.model.seen == ["first"]
            shown = (await server.client.get("/metrics")).text
            assert 'textwright_requests_total{status="499"} 1.0' in shown
            assert 'textwright_waiting_requests{model="slow"} 0.0' in shown

    run_apart(run())


def test_what_is_cut_off_when_the_server_stops_is_told_so() -> None:
    async def run() -> None:
        async with asked() as server:
            cut = asyncio.create_task(server.ask("first"))
            await server.begun(1)
            server.service.begin_to_stop()
            cut.cancel()
            answer = await cut
            assert problem(answer) == (503, "stopping")
            assert answer.headers["connection"] == "close"
            shown = (await server.client.get("/metrics")).text
            assert 'textwright_requests_total{status="503"} 1.0' in shown

    run_apart(run())


def test_refusals_are_counted_by_reason() -> None:
    async def run() -> None:
        async with asked() as server:
            await server.ask(*["x"] * 6)
            await server.ask("x" * 21)
            await server.client.get("/nothing")
            shown = (await server.client.get("/metrics")).text
            for reason in ("too_many_texts", "text_too_long", "not_found"):
                assert f'textwright_rejected_total{{reason="{reason}"}} 1.0' in shown

    run_apart(run())


@pytest.mark.parametrize("texts", [[], ["a"], ["a"] * 5])
def test_the_time_of_requests_and_the_texts_of_batches_are_counted(texts: list[str]) -> None:
    async def run() -> None:
        async with asked() as server:
            server.model.go.set()
            await server.ask(*texts)
            shown = (await server.client.get("/metrics")).text
            assert 'textwright_request_seconds_count{model="slow"} 1.0' in shown
            assert f'textwright_batch_texts_sum{{model="slow"}} {len(texts)}.0' in shown

    run_apart(run())
