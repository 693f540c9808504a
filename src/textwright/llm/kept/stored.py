"""Requests and completions as JSON, for whatever keeps them: the cache and recordings.

A request holds no key and no header, so that nothing secret can be kept with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from textwright.llm.calls import Completion, Message, Request, Token
from textwright.types import Usage

Data = dict[str, Any]


def as_json(value: Any) -> str:
    """Write JSON on one line, readable; halves of characters are escaped, since no file can hold them.

    >>> as_json({"text": "Zoë"})
    '{"text": "Zoë"}'
    """
    readable = json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if _has_halves(readable) else readable


def _has_halves(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)


def loaded(text: str | bytes) -> Data:
    """Read a JSON object. Raise `ValueError` when it is none."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("it is too deep to be read") from None
    if not isinstance(value, dict):
        raise ValueError("it is no JSON object")
    return value


def request_data(request: Request) -> Data:
    """Return a request as plain data, messages as pairs of role and content."""
    data = {each.name: getattr(request, each.name) for each in fields(request)}
    return {
        **data,
        "messages": [[message.role, message.content] for message in request.messages],
        "stop": list(request.stop),
    }


def request_from(data: Mapping[str, Any]) -> Request:
    """Read a request back. Raise `ValueError` when the data is none."""
    try:
        messages = tuple(Message(role, content) for role, content in data["messages"])
        return Request(**{**data, "messages": messages, "stop": tuple(data["stop"])})
    except (KeyError, TypeError) as error:
        raise ValueError(f"it is no request: {error}") from None


def completion_data(completion: Completion) -> Data:
    """Return a completion as plain data: what was said, and what it cost when it was said."""
    usage = completion.usage
    data: Data = {
        "text": completion.text,
        "finish": completion.finish,
        "usage": _usage_data(usage),
    }
    if completion.tokens is not None:
        data["tokens"] = [[token.text, token.logprob] for token in completion.tokens]
    return data


def _usage_data(usage: Usage) -> Data:
    """Return what was used; that nobody knows the price is said only where it is so, as older files do."""
    data = {each.name: getattr(usage, each.name) for each in fields(usage)}
    if not usage.unpriced:
        del data["unpriced"]
    return data


def completion_from(data: Mapping[str, Any], *, cached: bool) -> Completion:
    """Read a completion back. Raise `ValueError` when the data is none."""
    try:
        tokens = data.get("tokens")
        return Completion(
            text=_text(data["text"]),
            finish=_text(data["finish"]),
            usage=_usage(data["usage"]),
            tokens=None if tokens is None else tuple(Token(_text(text), float(logprob)) for text, logprob in tokens),
            cached=cached,
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"it is no completion: {error}") from None


def _usage(data: Mapping[str, Any]) -> Usage:
    for name, value in data.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"expected a number as {name}, found {type(value).__name__}")
    return Usage(**data)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a text, found {type(value).__name__}")
    return value
