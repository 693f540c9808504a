"""What a body may hold, for whom, and how many may be held at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from tests.apart import run_apart
from tests.server.annotation.conftest import ADDRESS, Client, act, kind_of, state
from textwright.annotate.desk import Desk
from textwright.server.annotation import app as app_module
from textwright.server.annotation.app import create_annotation_app
from textwright.server.annotation.limits import AnnotationLimits
from textwright.server.problems import HttpProblem
from textwright.server.requests import Room

JSON = {"Content-Type": "application/json"}
BYTES = {"Content-Type": "application/octet-stream"}


@pytest.mark.parametrize("path", ["/api/session", "/api/accounts"])
def test_strangers_send_small_bodies_alone(people: Desk, client_of: Client, path: str) -> None:
    """Before anybody has logged in 15.9 MB of brackets held the loop for 2.8 s, and 390 MB stayed."""
    refused = client_of(people).post(path, content=b"[" + b"[]," * 10_000 + b"[]]", headers=JSON)
    assert (refused.status_code, kind_of(refused)) == (413, "body_too_large")
    assert refused.json()["limit"] == 16 * 1024


def test_body_of_too_many_values_is_refused_before_it_is_read(standing: TestClient) -> None:
    refused = standing.post("/api/acts", content=b"[" + b"[]," * 1_000_000 + b"[]]", headers=JSON)
    assert (refused.status_code, kind_of(refused)) == (413, "too_many_values")


def test_file_counts_while_it_is_held(desk: Desk) -> None:
    """Each upload may be large; so many at once may not."""
    limits = AnnotationLimits(upload=2_000, uploads_held=3_000)
    app = create_annotation_app(desk, limits=limits)

    async def run() -> list[httpx.Response]:
        come = asyncio.Event()

        async def slowly() -> AsyncIterator[bytes]:
            yield b"a text\n" * 200
            await come.wait()

        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:

            def send(content: Any) -> Any:
                return asyncio.create_task(client.post("/api/import?name=x.txt", content=content, headers=BYTES))

            first = send(slowly())
            while app.state.service.uploads.held < 1_400:
                await asyncio.sleep(0.001)
            refused = await send(b"a text\n" * 100)
            come.set()
            return [refused, await first, await send(b"another\n" * 100)]

    refused, first, after = run_apart(run())
    assert (refused.status_code, kind_of(refused), refused.headers["retry-after"]) == (503, "no_room", "1")
    assert "your own" in refused.json()["detail"]
    assert (first.status_code, after.status_code, app.state.service.uploads.held_of) == (200, 200, {})


def test_uploads_of_all_are_counted_together() -> None:
    room = Room(3_000, each=2_000)
    with room.share("ann") as first, room.share("bob") as second:
        first.take(2_000)
        with pytest.raises(HttpProblem) as refused:
            second.take(1_001)
        assert (refused.value.kind, refused.value.more["limit"]) == ("no_room", 3_000)
    assert (room.held, room.held_of) == (0, {})


def test_stranger_s_body_is_not_read_where_somebody_must_be_known(people: Desk) -> None:
    app = create_annotation_app(people)

    async def run() -> httpx.Response:
        async def body() -> AsyncIterator[bytes]:
            pytest.fail("the body was asked for")
            yield b""

        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            return await client.post("/api/import?name=x.txt", content=body(), headers=BYTES)

    assert run_apart(run()).status_code == 401


def test_large_body_is_parsed_beside_the_loop(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever takes long to parse, other requests are answered meanwhile."""
    threads: list[str] = []
    real = app_module.body_of

    def noting(*arguments: Any, **more: Any) -> Any:
        threads.append(threading.current_thread().name)
        return real(*arguments, **more)

    monkeypatch.setattr(app_module, "body_of", noting)
    app = create_annotation_app(desk)

    async def run() -> str:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            for size in (10, 40_000):
                body = {"acts": [act("a", state=state(note="x" * 10)), {"key": "x" * size}]}
                await client.post("/api/acts", json=body)
        return threading.current_thread().name

    loop = run_apart(run())
    assert [each == loop for each in threads] == [True, False]
