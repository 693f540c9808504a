"""What every request must pass before anything is done: Host, origin, kind of content, size and time.

A page of another site makes the browser send requests to us, also where only this machine can reach us. Such a
request is known by its Origin and Sec-Fetch-Site; one whose name was made to point here (DNS rebinding) by its Host.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from textwright.server.annotation.addresses import Place
from textwright.server.annotation.limits import AnnotationLimits
from textwright.server.problems import HttpProblem, response_of

HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
JSON, BYTES = "application/json", "application/octet-stream"


class Gate:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, *, place: Place, limits: AnnotationLimits, uploads: Collection[str]) -> None:
        """Wrap an application that is reached at `place`; `uploads` are the paths that take files."""
        self.app, self.place, self.limits, self.uploads = app, place, limits, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_uncached(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            self._check(scope, Headers(scope=scope))
            await self.app(scope, self._limited(scope, receive), send_uncached)
        except HttpProblem as problem:
            await response_of(Request(scope), problem)(scope, receive, send_uncached)

    def _check(self, scope: Scope, headers: Headers) -> None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.place.is_ours(hosts[0]):
            detail = f"this server is not called {', '.join(hosts) or 'nothing'}. It is at {self.place.public_url}"
            raise HttpProblem(HTTPStatus.MISDIRECTED_REQUEST, "wrong_host", detail)
        length = len(scope["raw_path"] or b"") + len(scope["query_string"])
        if length > self.limits.target:
            detail = f"the URL has {length} bytes, at most {self.limits.target} are allowed"
            raise HttpProblem(HTTPStatus.REQUEST_URI_TOO_LONG, "url_too_long", detail, limit=self.limits.target)
        harmless = scope["method"] in HARMLESS
        if not harmless or scope["path"].startswith("/api"):
            self._check_origin(headers, hosts[0], harmless=harmless)
        if not harmless:
            _check_content(headers, wanted=BYTES if scope["path"] in self.uploads else JSON)

    def _check_origin(self, headers: Headers, host: str, *, harmless: bool) -> None:
        """Refuse what another site's page made a browser send. Programs send neither header."""
        origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
        foreign = [each for each in origins if not self.place.is_our_origin(each, host)]
        if foreign or any(site not in ("same-origin", "none") for site in sites):
            what = "read" if harmless else "changed"
            detail = f"nothing may be {what} here by a page of {', '.join(foreign) or 'another site'}"
            raise HttpProblem(HTTPStatus.FORBIDDEN, "foreign_origin", detail)

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        """Wrap the body: too large or too slow a one ends with a problem."""
        upload = scope["path"] in self.uploads
        most = self.limits.upload if upload else self.limits.body
        end = time.monotonic() + (self.limits.upload_seconds if upload else self.limits.body_seconds)
        got, done = 0, False

        async def receive_limited() -> Message:
            nonlocal got, done
            if done:
                return await receive()
            message = await self._in_time(receive, end)
            got += len(message.get("body", b""))
            done = not message.get("more_body", False)
            if got > most:
                detail = f"the body is larger than {most} bytes"
                raise HttpProblem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", detail, limit=most)
            return message

        return receive_limited

    async def _in_time(self, receive: Receive, end: float) -> Message:
        seconds = max(0.0, min(self.limits.pause, end - time.monotonic()))
        try:
            return await asyncio.wait_for(receive(), seconds)
        except TimeoutError:
            raise HttpProblem(HTTPStatus.REQUEST_TIMEOUT, "too_slow", "the body did not come in time") from None


def _check_content(headers: Headers, *, wanted: str) -> None:
    """Refuse what a form of any site can send: it cannot name these kinds of content."""
    found = headers.get("content-type", "").partition(";")[0].strip().lower()
    if found != wanted:
        detail = f"the Content-Type is {found or 'missing'}, expected {wanted}"
        raise HttpProblem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_content_type", detail, expected=wanted)
