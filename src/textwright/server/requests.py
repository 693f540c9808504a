"""Read the body of a request to predict; say precisely what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from fastapi import Request

from textwright.server.limits import Limits
from textwright.server.problems import HttpProblem

Unit = Literal["code_points", "utf16"]
UNITS: tuple[Unit, ...] = ("code_points", "utf16")
TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@dataclass(frozen=True, slots=True)
class PredictRequest:
    """Texts to annotate, and how the offsets of the answer are counted."""

    texts: tuple[str, ...]
    offsets: Unit


async def read_predict_request(request: Request, limits: Limits) -> PredictRequest:
    """Read and check a body. Raise `HttpProblem` 400, 413 or 422."""
    return predict_request_of(_decode(await _read_body(request, limits.body)), limits)


async def _read_body(request: Request, limit: int) -> bytes:
    """Collect the body, and stop as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise HttpProblem(TOO_LARGE, "body_too_large", f"the body is larger than {limit} bytes", limit=limit)
    return bytes(body)


def _decode(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        detail = f'the body is not JSON ({error}); expected {{"texts": ["..."]}}'
        raise HttpProblem(HTTPStatus.BAD_REQUEST, "not_json", detail) from error


def predict_request_of(data: Any, limits: Limits) -> PredictRequest:
    """Check a decoded body against its shape and the limits."""
    if not isinstance(data, dict):
        raise _wrong_shape(f'the body is {_kind(data)}, expected an object: {{"texts": ["..."]}}')
    unknown = sorted(set(data) - {"texts", "offsets"})
    if unknown:
        raise _wrong_shape(f"unknown key {unknown[0]!r}. Known keys: offsets, texts")
    if data.get("offsets", "code_points") not in UNITS:
        raise _wrong_shape(f"offsets is {data['offsets']!r}. Known: {', '.join(UNITS)}")
    return PredictRequest(_texts(data, limits), data.get("offsets", "code_points"))


def _texts(data: Mapping[str, Any], limits: Limits) -> tuple[str, ...]:
    texts = data.get("texts")
    if not isinstance(texts, list):
        raise _wrong_shape(f"texts is {_kind(texts) if 'texts' in data else 'missing'}, expected a list of strings")
    if len(texts) > limits.texts:
        detail = f"{len(texts)} texts in one request, at most {limits.texts} are allowed"
        raise HttpProblem(TOO_LARGE, "too_many_texts", detail, limit=limits.texts, found=len(texts))
    for place, text in enumerate(texts):
        _check_text(place, text, limits.length)
    return tuple(texts)


def _check_text(place: int, text: Any, limit: int) -> None:
    if not isinstance(text, str):
        raise _wrong_shape(f"texts[{place}] is {_kind(text)}, expected a string")
    if len(text) > limit:
        detail = f"texts[{place}] has {len(text)} code points, at most {limit} are allowed"
        raise HttpProblem(TOO_LARGE, "text_too_long", detail, limit=limit, found=len(text), text=place)


def _wrong_shape(detail: str) -> HttpProblem:
    return HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_shape", detail)


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "a truth value", type(None): "null"}
    return names.get(type(value), "a number")
