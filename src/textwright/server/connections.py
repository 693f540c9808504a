"""A client's connection: how much may come before a request is whole, for how long, and how many there may be."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from functools import cache
from http import HTTPStatus
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from textwright.server.problems import MEDIA_TYPE, HttpProblem, document

LOG = logging.getLogger(__name__)
# Of the request line with all headers; of what else is no body, as trailers, too.
HEAD_BYTES = 64 * 1024
# From the last answer, or the beginning, until the head of a request has come.
HEAD_SECONDS = 20.0
# Fewer where the system lets the process open fewer files; some of them it needs itself.
CONNECTIONS, OWN_FILES = 1_000, 64
WARN_SECONDS = 10.0


class Connection(HttpToolsProtocol):
    """Closes what keeps it waiting, and answers with a problem document what is no request."""

    last_warning: ClassVar[float] = -WARN_SECONDS

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Take uvicorn's settings."""
        super().__init__(*args, **settings)
        self.expected_by: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._in_head, self._without_body = True, 0
        self._why: HttpProblem | None = None

    # --- how long, and how many ---

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Expect a request, and see that there is room."""
        super().connection_made(transport)
        self._expect_head()
        if len(self.connections) > most_connections():
            self._make_room()

    def _expect_head(self) -> None:
        self._expect_nothing()
        self.expected_by = self.loop.time() + HEAD_SECONDS
        self._timer = self.loop.call_at(self.expected_by, self.leave)

    def _expect_nothing(self) -> None:
        self.expected_by = None
        if self._timer is not None:
            self._timer.cancel()

    def leave(self) -> None:
        """Close without a word."""
        self._expect_nothing()
        self.transport.close()

    def _make_room(self) -> None:
        """Close what has kept us waiting longest; where all are at work, refuse this one."""
        others = (each for each in self.connections if isinstance(each, Connection) and each is not self)
        idle = {each: each.expected_by for each in others if each.expected_by is not None}
        if idle:
            min(idle, key=lambda each: idle[each]).leave()
        else:
            detail = f"{most_connections()} connections are open, as many as may be. Ask again"
            status = HTTPStatus.SERVICE_UNAVAILABLE
            self._refuse(HttpProblem(status, "too_many_connections", detail, limit=most_connections(), retry_after=1))
        if time.monotonic() - Connection.last_warning >= WARN_SECONDS:
            Connection.last_warning = time.monotonic()
            LOG.warning("%d connections are open, as many as may be: the longest idle are closed", most_connections())

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._expect_nothing()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Wait for the next request, if none is here already."""
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._expect_head()

    # --- how much ---

    def data_received(self, data: bytes) -> None:
        """Take what has come; too much that is no body ends the connection."""
        self._without_body += len(data)
        super().data_received(data)
        if self._without_body > HEAD_BYTES and not self.transport.is_closing():
            self._refuse(_too_large())

    def on_message_begin(self) -> None:
        """Begin with a request."""
        self._in_head = True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; what follows a body is none."""
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin to answer, unless the head is too large."""
        self._in_head = False
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > HEAD_BYTES:
            self._why = _too_large()
            raise self._why  # the parser stops, and uvicorn calls `send_400_response`
        self._expect_nothing()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._without_body = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Be ready for another request."""
        self._without_body = 0
        super().on_message_complete()

    # --- what is no request ---

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's one sentence for all
        """Answer what the parser refuses."""
        self._refuse(self._why or HttpProblem(HTTPStatus.BAD_REQUEST, "not_http", "this is no request of HTTP/1.1"))

    def _refuse(self, problem: HttpProblem) -> None:
        self._expect_nothing()
        body = document(problem.status, problem.kind, problem.detail, more=problem.more)
        own = [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
        ]
        headers = [b"%b: %b\r\n" % header for header in (*self.server_state.default_headers, *own)]
        self.transport.write(b"".join([STATUS_LINE[problem.status], *headers, b"\r\n", body]))
        self.transport.close()


def _too_large() -> HttpProblem:
    detail = f"request line and headers have more than {HEAD_BYTES} bytes"
    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return HttpProblem(status, "head_too_large", detail, limit=HEAD_BYTES)


@cache
def most_connections() -> int:
    """Return how many connections may be open at once."""
    if sys.platform == "win32":
        return CONNECTIONS
    import resource

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if files == resource.RLIM_INFINITY else max(1, min(CONNECTIONS, files - OWN_FILES))
