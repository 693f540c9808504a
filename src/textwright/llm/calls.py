"""What is sent to a language model and what comes back: plain data, and the one method between.

Whatever can change an answer stands in the `Request`, so that its `key` is what a cache goes by.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, Protocol

from textwright.types import Usage

Role = Literal["system", "user", "assistant"]
Form = Literal["chat", "completion"]
Enforce = Literal["schema", "object", "none"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """A question to a language model, with everything that can change its answer.

    `address` names the server, or the file of an embedded model by its SHA-256. `form` chooses between
    the chat and the completion address. `enforce` says how much of `answer`, a JSON Schema, the server
    is asked to enforce: the schema, that it is a JSON object, or nothing. A completion sends the contents of the
    messages, one after the other, as one prompt.
    """

    address: str
    model: str
    messages: tuple[Message, ...]
    form: Form = "chat"
    answer: Mapping[str, Any] | None = None
    enforce: Enforce = "schema"
    temperature: float = 0.0
    max_tokens: int = 512
    seed: int | None = 0
    stop: tuple[str, ...] = ()
    logprobs: bool = False

    @property
    def key(self) -> str:
        """Return the SHA-256 of the whole request: two requests that differ in anything have two keys."""
        parts = {each.name: getattr(self, each.name) for each in fields(self)}
        parts["messages"] = [(message.role, message.content) for message in self.messages]
        # The order of an answer's parts is kept, for that is the order in which they are written.
        parts["answer"] = None if self.answer is None else json.dumps(self.answer)
        plain = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(plain.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Token:
    """A token of an answer with the natural logarithm of its probability."""

    text: str
    logprob: float


@dataclass(frozen=True, slots=True)
class Completion:
    """What a language model answered. `finish` is "stop", or "length" when the answer was cut off.

    `cached` says that nothing was sent for it; `usage` is then what it cost when it was.
    """

    text: str
    finish: str
    usage: Usage
    tokens: tuple[Token, ...] | None = None
    cached: bool = False


class Completer(Protocol):
    """Anything that answers requests: a server, an embedded model, a cache around either, a test's function.

    Several threads call it at once.
    """

    def complete(self, request: Request) -> Completion:
        """Answer one request. Raise `CallError` that says why there is no answer."""
