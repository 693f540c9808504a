"""The route that annotates: read a request, let its texts wait for the model, send the answer.

It is an ASGI application of its own, because all that a framework does for a route takes longer than a title.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from textwright.server.batching import Job
from textwright.server.encodings import packed_for
from textwright.server.limits import Limits
from textwright.server.problems import HttpProblem
from textwright.server.requests import (
    BodyLimits,
    PredictRequest,
    Room,
    decoded_body,
    predict_request_of,
    read_json,
)
from textwright.server.running import Running, running_model
from textwright.server.told import told

# Who waits longer is watched: whether the client is still there, and that it does not wait for ever.
SOON = 0.25
JSON = (b"content-type", b"application/json")


class Predicting:
    """Answers `POST /v1/models/{name}/predict`."""

    def __init__(self, models: Mapping[str, Running], limits: Limits) -> None:
        """Answer for some models."""
        self.models, self.limits = models, limits
        self.room = Room(limits.held)
        self.body = BodyLimits(size=limits.body, seconds=limits.body_seconds, pause=limits.body_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        note = told(scope)
        model = running_model(self.models, scope["path_params"]["name"])
        note.model = model.name
        with self.room.share() as share:
            data = await read_json(receive, self.body, share, lambda body: decoded_body(body, self.limits))
            asked = predict_request_of(data, self.limits)
            note.texts = len(asked.texts)
            began = time.perf_counter()
            found = await self._annotated(model, asked, receive) if asked.texts else ""
            model.metrics.request.observe(time.perf_counter() - began)
            await _send(scope, send, f'{{"annotations": [{found}]}}'.encode())

    async def _annotated(self, model: Running, asked: PredictRequest, receive: Receive) -> str:
        with model.one_more(self.limits.waiting):
            job = Job(asked.texts, asked.offsets)
            model.batcher.put(job)
            watch = _Watch(job, receive, self.limits.seconds)
            try:
                return await job.future
            finally:
                watch.end()


class _Watch:
    """Ends a job whose client has gone or whose time is over; most are done before that begins."""

    __slots__ = ("job", "receive", "seconds", "task", "timer")

    def __init__(self, job: Job, receive: Receive, seconds: float) -> None:
        self.job, self.receive, self.seconds = job, receive, seconds
        self.task: asyncio.Task[None] | None = None
        self.timer = job.loop.call_later(min(SOON, seconds), self._begin)

    def _begin(self) -> None:
        self.task = self.job.loop.create_task(self._watch())

    async def _watch(self) -> None:
        try:
            async with asyncio.timeout(max(0.0, self.seconds - SOON)):
                while (await self.receive())["type"] != "http.disconnect":
                    pass
            self.job.give_up(ClientDisconnect())
        except TimeoutError:
            self.job.give_up(_too_late(self.job, self.seconds))

    def end(self) -> None:
        """Watch no more; what is not computed yet never is."""
        self.job.given_up = True
        self.timer.cancel()
        if self.task is not None:
            self.task.cancel()


def _too_late(job: Job, seconds: float) -> HttpProblem:
    if not job.taken:
        detail = f"the texts waited {seconds:g} seconds and their turn had not come. Ask again later"
        return HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "waited_too_long", detail, limit=seconds, retry_after=1)
    detail = f"{job.left} of {len(job.texts)} texts were not annotated after {seconds:g} seconds. Ask for fewer at once"
    return HttpProblem(HTTPStatus.GATEWAY_TIMEOUT, "took_too_long", detail, limit=seconds)


async def _send(scope: Scope, send: Send, body: bytes) -> None:
    body, own = await packed_for(scope["headers"], body)
    headers = [JSON, *own, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
