"""What comes to the port before there is a request: too much of it, too slowly, from too many, or of another kind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from uvicorn.server import ServerState

from tests.apart import run_apart
from textwright.server import connections
from textwright.server.connections import HEAD_BYTES, Connection

Opened = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Open = Callable[[], Awaitable[Opened]]
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())} {len(request.headers)}")


async def slow(_: Request) -> PlainTextResponse:
    await asyncio.sleep(0.3)
    return PlainTextResponse("late")


async def slower(_: Request) -> PlainTextResponse:
    await asyncio.sleep(2)  # another is refused meanwhile, on a busy machine too
    return PlainTextResponse("late")


@asynccontextmanager
async def served() -> AsyncIterator[Open]:
    app = Starlette(routes=[Route("/", echo, methods=["GET", "POST"]), Route("/slow", slow), Route("/slower", slower)])
    config, state = uvicorn.Config(app, http=Connection, log_config=None, lifespan="off"), ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(config=config, server_state=state, app_state={}), "127.0.0.1", 0
    )
    port = server.sockets[0].getsockname()[1]
    opened: list[Opened] = []

    async def connect() -> Opened:
        opened.append(await asyncio.open_connection("127.0.0.1", port))
        return opened[-1]

    try:
        yield connect
    finally:
        for _, writer in opened:
            writer.close()
        server.close()


async def told(opened: Opened, *sent: bytes) -> bytes:
    """Send some bytes and read until the server closes."""
    reader, writer = opened
    for each in sent:
        writer.write(each)
    return await asyncio.wait_for(reader.read(), 60)


async def answered(opened: Opened, sent: bytes) -> bytes:
    """Send a request and read the beginning of its answer."""
    reader, writer = opened
    writer.write(sent)
    return await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)


def problem(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    found = json.loads(body)
    assert head.startswith(b"HTTP/1.1 %d " % found["status"])
    return found["status"], found["type"].removeprefix("urn:textwright:problem:")


CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-i: aaaaaaaaaaaaaaaa\r\n" * (HEAD_BYTES // 20),
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * HEAD_BYTES,
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * HEAD_BYTES + b"\r\n\r\n",
        b"GET /" + b"a" * HEAD_BYTES,
    ],
)
def test_a_head_that_is_too_large_is_refused(sent: bytes) -> None:
    async def run() -> None:
        async with served() as connect:
            assert problem(await told(await connect(), sent)) == (431, "head_too_large")

    run_apart(run())


def test_trailers_are_bounded_and_no_headers() -> None:
    async def run() -> None:
        async with served() as connect:
            answer = await answered(await connect(), CHUNKED + b"X: y\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 200")
            reader, writer = await connect()
            writer.write(CHUNKED)
            await asyncio.sleep(0.05)
            assert problem(await told((reader, writer), b"X: " + b"y" * HEAD_BYTES))[0] == 431

    run_apart(run())


def test_a_large_body_is_no_large_head() -> None:
    async def run() -> None:
        async with served() as connect:
            body = b"x" * 5 * HEAD_BYTES
            reader, writer = await connect()
            assert b"200 OK" in await answered(
                (reader, writer), b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            )
            assert await reader.readexactly(len(f"{len(body)} 2")) == b"%d 2" % len(body)
            assert b"200 OK" in await answered((reader, writer), GET)

    run_apart(run())


@pytest.mark.parametrize("sent", [b"hello\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n"])
def test_what_is_no_request_gets_a_problem_document(sent: bytes) -> None:
    async def run() -> None:
        async with served() as connect:
            assert problem(await told(await connect(), sent)) == (400, "not_http")

    run_apart(run())


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"\r\n", GET + b"GET / HT"])
def test_who_sends_no_whole_request_is_cut_off(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.1)

    async def run() -> None:
        async with served() as connect:
            found = await told(await connect(), sent)
            assert found.count(b"HTTP/1.1 200") == sent.count(GET)

    run_apart(run())


def test_who_waits_for_an_answer_is_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.1)

    async def run() -> None:
        async with served() as connect:
            assert b"200 OK" in await answered(await connect(), GET.replace(b"/ ", b"/slow ", 1))

    run_apart(run())


def test_the_longest_idle_makes_room(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(connections, "most_connections", lambda: 3)
    monkeypatch.setattr(Connection, "last_warning", float("-inf"))

    async def run() -> None:
        async with served() as connect:
            idle = [await connect() for _ in range(3)]
            await asyncio.sleep(0.02)
            assert b"200 OK" in await answered(await connect(), GET)
            assert await told(idle[0]) == b""
            assert b"200 OK" in await answered(idle[2], GET)

    run_apart(run())
    assert "3 connections are open" in caplog.text


def test_a_connection_more_is_refused_when_all_are_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "most_connections", lambda: 1)

    async def run() -> None:
        async with served() as connect:
            at_work: Any = asyncio.create_task(answered(await connect(), GET.replace(b"/ ", b"/slower ", 1)))
            await asyncio.sleep(0.05)
            assert problem(await told(await connect())) == (503, "too_many_connections")
            assert b"200 OK" in await at_work

    run_apart(run())
