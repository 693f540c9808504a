"""What surrounds every answer: the security headers, the count by status, and our own faults as a 500."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from textwright.server.metrics import RequestMetrics
from textwright.server.problems import problem_response

LOG = logging.getLogger(__name__)
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Together these make a page one that may use threads.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Envelope:
    """Wraps the application. A page may use nothing of other places, and they may not read answers."""

    def __init__(self, app: ASGIApp, *, metrics: RequestMetrics, headers: Mapping[str, str] = HEADERS) -> None:
        """Wrap an application; `headers` go with every answer."""
        self.app, self.metrics, self.headers = app, metrics, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(self.headers)
                self.metrics.requests.labels(str(message["status"])).inc()
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except ClientDisconnect:
            return
        except Exception:
            LOG.exception("a fault while answering %s %s", scope["method"], scope["path"])
            if not started:
                answer = problem_response(Request(scope), 500, "fault", "the server failed; its log says why")
                await answer(scope, receive, send_with_headers)
