"""Pages of other sites: which may ask, and what those are told that may not."""

from __future__ import annotations

from http import HTTPStatus

from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from textwright.server.problems import HttpProblem, response_of


class OtherSites(CORSMiddleware):
    """Wraps the application; a refusal is a problem document."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse what a browser asks before it."""
        try:
            await super().__call__(scope, receive, send)
        except HttpProblem as problem:
            await response_of(Request(scope), problem)(scope, receive, send)

    def preflight_response(self, request_headers: Headers) -> Response:
        """Say what a page may do. Raise `HttpProblem` 400 when that is nothing."""
        answer = super().preflight_response(request_headers)
        if answer.status_code != HTTPStatus.OK:
            raise HttpProblem(HTTPStatus.BAD_REQUEST, "origin_refused", bytes(answer.body).decode())
        return answer
