"""What surrounds every answer: the security headers, its count, its line in the log, and our own faults as a 500."""

from __future__ import annotations

import asyncio
import logging
import random
import re
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from textwright.server.faults import where_it_failed
from textwright.server.logs import Line, Write
from textwright.server.metrics import RequestMetrics
from textwright.server.problems import HttpProblem, fault, response_of
from textwright.server.told import KEY, Told

LOG = logging.getLogger(__name__)
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
# The worker of the page of cells compiles what somebody typed; no page does, and nothing else is allowed to.
OWN_POLICIES = {
    "cells/worker.js": "default-src 'none'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; connect-src 'self'",
}
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Together these make a page one that may use threads.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NAMED = re.compile(rb"[A-Za-z0-9._-]{1,64}")
CLOSE = (b"connection", b"close")
GONE = 499


class Envelope:
    """Wraps the application. A page may use nothing of other places, and they may not read answers."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        metrics: RequestMetrics,
        headers: Mapping[str, str] = HEADERS,
        log: Write | None = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        """Wrap an application; `headers` go with every answer, and with those of one that stops a last goodbye."""
        self.app, self.metrics, self.log, self.stopping = app, metrics, log, stopping
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0
        note = scope[KEY] = Told(_name_of(scope))

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = [(b"x-request-id", note.id.encode()), *([CLOSE] if self.stopping() else [])]
                headers = [*message.get("headers", ()), *own]
                named = {name for name, _ in headers}
                message["headers"] = [*headers, *(each for each in self.headers if each[0] not in named)]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except ClientDisconnect:
            status = status or GONE
        except asyncio.CancelledError:
            if not self.stopping():
                raise
            if not status:
                await response_of(Request(scope), _cut())(scope, receive, send_with_headers)
        except Exception as error:
            LOG.error("a fault while answering %s %s: %s", scope["method"], path_of(scope), where_it_failed(error))
            answer = response_of(Request(scope), fault())
            if not status:
                await answer(scope, receive, send_with_headers)
        finally:
            self._record(scope, note, status, time.perf_counter() - began)

    def _record(self, scope: Scope, note: Told, status: int, seconds: float) -> None:
        self.metrics.answered(status)
        if note.problem is not None:
            self.metrics.refused(note.problem)
        if self.log is not None:
            self.log(_line(scope, note, status, seconds))


def _cut() -> HttpProblem:
    detail = "the server stops, and the answer was not ready in time. Ask again"
    return HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "stopping", detail, retry_after=1)


def _name_of(scope: Scope) -> str:
    """Return the name that a proxy gave the request, else make one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and NAMED.fullmatch(value):
            return str(value.decode())
    return f"{random.getrandbits(64):016x}"


def path_of(scope: Scope) -> str:
    """Return the route's path with names for what changes: a path that is none of ours may hold anything."""
    routes = scope["app"].routes if "app" in scope else ()
    found = next((route for route in routes if route.matches(scope)[0] is Match.FULL), None)
    return "unknown" if found is None else str(found.path)


def _line(scope: Scope, note: Told, status: int, seconds: float) -> Line:
    line: Line = {
        "method": scope["method"],
        "path": path_of(scope),
        "status": status,
        "ms": round(seconds * 1000, 2),
        "id": note.id,
    }
    more = {"model": note.model, "texts": note.texts, "problem": note.problem}
    return line | {key: value for key, value in more.items() if value is not None}
