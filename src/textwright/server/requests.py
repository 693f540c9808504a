"""Read the body of a request to predict; say precisely what is wrong with it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from reprlib import Repr
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from textwright.server.answer_json import Unit
from textwright.server.limits import Limits
from textwright.server.problems import HttpProblem

UNITS: tuple[Unit, ...] = ("code_points", "utf16")
TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
# Values that a body may hold whatever its texts are: lists of nothing take many times the memory of their brackets.
VALUES = 100_000
# A string of JSON without escaped quotes, or what begins as one and never ends.
STRING = re.compile(rb'"[^"]*+"?')
# What is told of a value that was sent.
SHORT = Repr()
SHORT.maxstring = SHORT.maxother = 80


@dataclass(frozen=True, slots=True)
class PredictRequest:
    """Texts to annotate, and how the offsets of the answer are counted."""

    texts: tuple[str, ...]
    offsets: Unit


class Room:
    """Counts the bytes of all bodies that are held, from their arrival to their answer."""

    def __init__(self, most: int) -> None:
        """Hold so many bytes at most."""
        self.most, self.held = most, 0

    @contextmanager
    def place(self) -> Iterator[Place]:
        """Give a place for one body, and what it took back at the end."""
        place = Place(self)
        try:
            yield place
        finally:
            self.held -= place.size


class Place:
    """The bytes of one body."""

    __slots__ = ("room", "size")

    def __init__(self, room: Room) -> None:
        """Take nothing yet."""
        self.room, self.size = room, 0

    def take(self, size: int) -> None:
        """Take some bytes. Raise `HttpProblem` 503 when so many are held already."""
        self.size += size
        self.room.held += size
        if self.room.held > self.room.most:
            detail = f"the requests that are being answered hold {self.room.most} bytes, as many as may be. Ask again"
            raise HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "no_room", detail, limit=self.room.most, retry_after=1)


async def read_predict_request(receive: Receive, limits: Limits, place: Place) -> PredictRequest:
    """Read and check a body. Raise `HttpProblem` 400, 408, 413, 422 or 503."""
    try:
        async with asyncio.timeout(limits.body_seconds):
            body = await _read_body(receive, limits.body, place)
    except TimeoutError:
        detail = f"the body did not come within {limits.body_seconds:g} seconds"
        limit = limits.body_seconds
        raise HttpProblem(HTTPStatus.REQUEST_TIMEOUT, "body_too_slow", detail, limit=limit) from None
    return predict_request_of(decoded_body(body, limits), limits)


async def _read_body(receive: Receive, limit: int, place: Place) -> bytes:
    """Collect the body, and stop as soon as it is too long."""
    pieces, more = list[bytes](), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        pieces.append(message.get("body", b""))
        place.take(len(pieces[-1]))
        if place.size > limit:
            raise HttpProblem(TOO_LARGE, "body_too_large", f"the body is larger than {limit} bytes", limit=limit)
        more = message.get("more_body", False)
    return b"".join(pieces)


def decoded_body(body: bytes, limits: Limits) -> Any:
    """Read the JSON of a body. Raise `HttpProblem` for what is none, or too much."""
    try:
        _check_values(body, limits)
        return json.loads(body.decode("utf-8-sig"), object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        detail = f'the body is not JSON in UTF-8 ({error}); expected {{"texts": ["..."]}}'
        raise HttpProblem(HTTPStatus.BAD_REQUEST, "not_json", detail) from error


def _check_values(body: bytes, limits: Limits) -> None:
    """Refuse a body of far too many values before each of them becomes an object of Python.

    Three counts do for most bodies; only where commas and brackets abound are those inside of strings left out.
    """
    most = limits.texts + VALUES
    if _marks(body) <= most:
        return
    plain = body.replace(rb"\\", b"").replace(rb"\"", b"")
    strings = plain.count(b'"') // 2
    found = strings if strings > most else _marks(STRING.sub(b"", plain))
    if found > most:
        detail = f"the body holds {found} values, at most {limits.texts} texts are allowed"
        raise HttpProblem(TOO_LARGE, "too_many_texts", detail, limit=limits.texts, found=found)


def _marks(body: bytes) -> int:
    return sum(body.count(mark) for mark in (b",", b"[", b"{"))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object; of a key that stands twice nobody knows which value is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in an object")
    return found


def predict_request_of(data: Any, limits: Limits) -> PredictRequest:
    """Check a decoded body against its shape and the limits."""
    if not isinstance(data, dict):
        raise _wrong_shape(f'the body is {_kind(data)}, expected an object: {{"texts": ["..."]}}')
    unknown = sorted(data.keys() - {"texts", "offsets"})
    if unknown:
        raise _wrong_shape(f"unknown key {SHORT.repr(unknown[0])}. Known keys: offsets, texts")
    if data.get("offsets", "code_points") not in UNITS:
        raise _wrong_shape(f"offsets is {SHORT.repr(data['offsets'])}. Known: {', '.join(UNITS)}")
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
