"""Read what a request holds, and say precisely what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from textwright.server.problems import HttpProblem
from textwright.server.requests import json_of

Shaped = TypeVar("Shaped", bound=BaseModel)


def body_of(body: bytes, shape: type[Shaped], *, values: int) -> Shaped:
    """Decode and check a body. Numbers that are none and halves of characters are no JSON here.

    Raise `HttpProblem` 400, 413 or 422.
    """
    data = json_of(body, values=values, parse=lambda found: from_json(found, allow_inf_nan=False))
    return _checked(data, shape, "the body")


def query_of(request: Request, shape: type[Shaped]) -> Shaped:
    """Read the parameters of a URL. Raise `HttpProblem` 422."""
    pairs = request.query_params.multi_items()
    twice = next((name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1), None)
    if twice is not None:
        raise _wrong_shape(f"the parameter {twice!r} stands twice")
    return _checked(dict(pairs), shape, "the parameters")


def path_of(request: Request, shape: type[Shaped]) -> Shaped:
    """Read the changing parts of a path. Raise `HttpProblem` 404: there is nothing at such a place."""
    try:
        return shape.model_validate(request.path_params)
    except ValidationError:
        detail = f"nothing is at {request.scope['path']}. What there is: /openapi.json"
        raise HttpProblem(HTTPStatus.NOT_FOUND, "not_found", detail) from None


def _checked(data: Any, shape: type[Shaped], what: str) -> Shaped:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise _wrong_shape(told(error, shape, what)) from None


def told(error: ValidationError, shape: type[BaseModel], what: str) -> str:
    """Say where the first fault is and what would do; never what was found, which may be a password."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    where = _place(first["loc"])
    if first["type"] == "extra_forbidden" and len(first["loc"]) == 1:
        return f"{where} is unknown in {what}. Known there: {', '.join(sorted(shape.model_fields)) or 'nothing'}"
    return f"{where or what}: {first['msg']}"


def _place(path: Sequence[int | str]) -> str:
    """Write a place as JavaScript does.

    >>> _place(("acts", 0, "state", "note"))
    'acts[0].state.note'
    """
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path).removeprefix(".")


def _wrong_shape(detail: str) -> HttpProblem:
    return HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_shape", detail)
