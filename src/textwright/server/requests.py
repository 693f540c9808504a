"""Read the body of a request: how much, how fast, how many values; and what a request to predict may hold.

What is JSON is parsed outside the event loop where it is large, so that nobody else waits for it.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from reprlib import Repr
from typing import Any, NoReturn

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from textwright.server.answer_json import Unit
from textwright.server.limits import Limits
from textwright.server.problems import HttpProblem

UNITS: tuple[Unit, ...] = ("code_points", "utf16")
TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
# Values that a body may hold whatever its texts are: lists of nothing take many times the memory of their brackets.
VALUES = 100_000
# What is parsed where it came; larger bodies are parsed in a thread.
AT_ONCE = 32 * 1024
# A string of JSON without escaped quotes, or what begins as one and never ends.
STRING = re.compile(rb'"[^"]*+"?')
# What is told of a value that was sent.
SHORT = Repr()
SHORT.maxstring = SHORT.maxother = 80
Parse = Callable[[bytes], Any]
TooMany = Callable[[int, int], HttpProblem]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLimits:
    """The most that is taken of one body: bytes, seconds for all of it and for a pause in it."""

    size: int
    seconds: float
    pause: float


class Room:
    """Counts the bytes of all bodies that are held, from their arrival to their answer."""

    def __init__(self, most: int, *, each: int | None = None) -> None:
        """Hold so many bytes at most, of one holder so many where `each` says that."""
        self.most, self.each, self.held = most, each, 0
        self.held_of = dict[str, int]()

    @contextmanager
    def share(self, holder: str = "") -> Iterator[Share]:
        """Give a share for one body, and what it took back at the end."""
        share = Share(self, holder)
        try:
            yield share
        finally:
            share.give_back()


class Share:
    """The bytes of one body."""

    __slots__ = ("holder", "room", "size")

    def __init__(self, room: Room, holder: str) -> None:
        """Take nothing yet."""
        self.room, self.holder, self.size = room, holder, 0

    def take(self, size: int) -> None:
        """Take some bytes. Raise `HttpProblem` 503 when so many are held already."""
        room = self.room
        self.size += size
        room.held += size
        if room.held > room.most:
            _refuse_more("the requests that are being answered hold", room.most)
        if room.each is not None:
            room.held_of[self.holder] = room.held_of.get(self.holder, 0) + size
            if room.held_of[self.holder] > room.each:
                _refuse_more("your own requests that are being answered hold", room.each)

    def give_back(self) -> None:
        """Hold nothing any more."""
        self.room.held -= self.size
        if self.holder in self.room.held_of:
            self.room.held_of[self.holder] -= self.size
            if self.room.held_of[self.holder] <= 0:
                del self.room.held_of[self.holder]


def _refuse_more(who: str, most: int) -> NoReturn:
    detail = f"{who} {most} bytes, as many as may be. Ask again"
    raise HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "no_room", detail, limit=most, retry_after=1)


# --- bodies ---------------------------------------------------------------------------------


async def pieces_of(receive: Receive, limits: BodyLimits, share: Share) -> AsyncIterator[bytes]:
    """Yield a body as it comes. Raise `HttpProblem` 408, 413 or 503 as soon as it is too slow or too large."""
    loop = asyncio.get_running_loop()
    end, more = loop.time() + limits.seconds, True
    while more:
        try:
            async with asyncio.timeout_at(min(end, loop.time() + limits.pause)):
                message = await receive()
        except TimeoutError:
            detail = f"the body did not come within {limits.seconds:g} seconds, or stopped for {limits.pause:g}"
            limit = limits.seconds
            raise HttpProblem(HTTPStatus.REQUEST_TIMEOUT, "body_too_slow", detail, limit=limit) from None
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        piece: bytes = message.get("body", b"")
        if share.size + len(piece) > limits.size:
            detail = f"the body is larger than {limits.size} bytes"
            raise HttpProblem(TOO_LARGE, "body_too_large", detail, limit=limits.size)
        share.take(len(piece))
        more = message.get("more_body", False)
        yield piece


async def read_json(receive: Receive, limits: BodyLimits, share: Share, decoded: Callable[[bytes], Any]) -> Any:
    """Read a body and decode it. Raise `HttpProblem` 408, 413 or 503, and what `decoded` raises."""
    body = b"".join([piece async for piece in pieces_of(receive, limits, share)])
    return decoded(body) if len(body) <= AT_ONCE else await asyncio.to_thread(decoded, body)


def too_many_values(found: int, most: int) -> HttpProblem:
    """Build the problem of a body that holds too much, however few bytes it has."""
    detail = f"the body holds {found} values, at most {most} are allowed"
    return HttpProblem(TOO_LARGE, "too_many_values", detail, limit=most, found=found)


def json_of(body: bytes, *, values: int, parse: Parse, too_many: TooMany = too_many_values) -> Any:
    """Parse JSON of at most so many values. Raise `HttpProblem` for what is none, as `parse` says, or too much."""
    found = _values_beyond(values, body)
    if found:
        raise too_many(found, values)
    try:
        return parse(body)
    except (ValueError, RecursionError) as error:
        detail = f"the body is not JSON in UTF-8: {error}"
        raise HttpProblem(HTTPStatus.BAD_REQUEST, "not_json", detail) from error


def _values_beyond(most: int, body: bytes) -> int:
    """Count the values of a body that holds far too many, before each of them becomes an object of Python; else 0.

    Three counts do for most bodies; only where commas and brackets abound are those inside of strings left out.
    """
    if _marks(body) <= most:
        return 0
    plain = body.replace(rb"\\", b"").replace(rb"\"", b"")
    strings = plain.count(b'"') // 2
    found = strings if strings > most else _marks(STRING.sub(b"", plain))
    return found if found > most else 0


def _marks(body: bytes) -> int:
    return sum(body.count(mark) for mark in (b",", b"[", b"{"))


# --- a request to predict -------------------------------------------------------------------


def decoded_body(body: bytes, limits: Limits) -> Any:
    """Read the JSON of a body. Raise `HttpProblem` 400 or 413."""

    def too_many(found: int, _: int) -> HttpProblem:
        detail = f"the body holds {found} values, at most {limits.texts} texts are allowed"
        return HttpProblem(TOO_LARGE, "too_many_texts", detail, limit=limits.texts, found=found)

    return json_of(body, values=limits.texts + VALUES, parse=_parsed, too_many=too_many)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"), object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise ValueError(f'{error}; expected {{"texts": ["..."]}}') from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object; of a key that stands twice nobody knows which value is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in an object")
    return found


@dataclass(frozen=True, slots=True)
class PredictRequest:
    """Texts to annotate, and how the offsets of the answer are counted."""

    texts: tuple[str, ...]
    offsets: Unit


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
