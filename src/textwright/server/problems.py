"""Every error as an RFC 9457 problem document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from textwright.server.told import told

MEDIA_TYPE = "application/problem+json"
# What may stand in the path of a URI as it is (RFC 3986, 3.3).
IN_PATHS = "/:@!$&'()*+,;=~"


class HttpProblem(Exception):  # noqa: N818  it is the document's name for it
    """A request that cannot be served. `kind` is a short stable word, `more` goes into the document."""

    def __init__(
        self, status: HTTPStatus, kind: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        """Say what was found and what would have worked."""
        super().__init__(detail)
        self.headers = dict(headers or {})
        self.status, self.kind, self.detail, self.more = status, kind, detail, more


def fault() -> HttpProblem:
    """Say that it was us, and where more of it stands."""
    return HttpProblem(HTTPStatus.INTERNAL_SERVER_ERROR, "fault", "the server failed; its log says why")


def add_problem_handlers(app: FastAPI) -> None:
    """Turn what a request can do wrong into a problem document; `envelope` does so for our own faults."""
    app.add_exception_handler(HttpProblem, _ours)
    app.add_exception_handler(HTTPException, _of_the_framework)


def document(
    status: int, kind: str, detail: str, *, instance: str | None = None, more: Mapping[str, Any] | None = None
) -> bytes:
    """Write a document; it has no `instance` where no request could be read."""
    facts = {"type": f"urn:textwright:problem:{kind}", "title": HTTPStatus(status).phrase, "status": status}
    where = {} if instance is None else {"instance": instance}
    return json.dumps({**facts, "detail": detail, **where, **(more or {})}).encode()


def problem_response(
    request: Request,
    status: int,
    kind: str,
    detail: str,
    *,
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Build the document."""
    body = document(status, kind, detail, instance=quote(request.scope["path"], safe=IN_PATHS), more=more)
    return Response(body, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def response_of(request: Request, problem: HttpProblem) -> Response:
    """Build the document of a problem; `retry_after`, where it has that, becomes the header of this name too."""
    told(request.scope).problem = problem.kind
    seconds = problem.more.get("retry_after")
    headers = problem.headers | ({} if seconds is None else {"Retry-After": str(seconds)})
    return problem_response(request, problem.status, problem.kind, problem.detail, more=problem.more, headers=headers)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, HttpProblem)
    return response_of(request, error)


async def _of_the_framework(request: Request, error: Exception) -> Response:
    """Answer an unknown path or a method that the path does not take."""
    assert isinstance(error, HTTPException)
    kind = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "")
        detail = f"{request.method} is not allowed for {request.scope['path']}. Allowed: {allowed}"
    else:
        detail = f"nothing is at {request.scope['path']}. What there is: /openapi.json"
    told(request.scope).problem = kind
    return problem_response(request, error.status_code, kind, detail, headers=error.headers)
