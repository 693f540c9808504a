"""Read what a server answers: the text, why it ended, the tokens, what it cost.

Nothing is believed: an answer of any other shape becomes a `Failure` that says what was found.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from textwright.errors import CallError
from textwright.llm.calls import Completion, Request, Token
from textwright.llm.client.failures import Failure, beginning, of_status, said_in, shown
from textwright.types import Usage

# Servers' words for an answer that was cut off.
CUT = frozenset({"length", "max_tokens", "model_length"})


class UnreadableError(Exception):
    """What is wrong with an answer, in words."""


def completion_of(body: bytes, request: Request) -> Completion | Failure:
    """Read the answer to a request."""
    value = decoded(body, request.address)
    if isinstance(value, Failure):
        return value
    try:
        return _completion(value, request)
    except UnreadableError as error:
        return Failure(_bad(request.address, str(error)), paid=True)


def decoded(body: bytes, address: str) -> Any | Failure:
    """Read JSON. What was cut off is worth another try; a page or an error in an answer's clothes is named."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return Failure(_bad(address, _no_json(body)), again=_is_cut(body), paid=True)
    if isinstance(value, dict) and value.get("error"):
        return of_status(_status_in(value["error"]), said_in(value), address, headers={})
    return value


def _no_json(body: bytes) -> str:
    what = "JSON that breaks off or is broken" if _is_cut(body) else "no JSON"
    return f"{what}: {beginning(body)}"


def _is_cut(body: bytes) -> bool:
    return body.lstrip()[:1] in (b"{", b"[", b"")


def _status_in(error: Any) -> int:
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 500


def _bad(address: str, found: str) -> CallError:
    return CallError("bad_answer", f"{address} did not answer as a language model's server does: {found}")


# --- the answer -----------------------------------------------------------------------------


def _completion(value: Any, request: Request) -> Completion | Failure:
    choice = _choice(value)
    if choice.get("error"):
        return of_status(_status_in(choice["error"]), said_in(choice), request.address, headers={})
    declined = _declined(choice)
    if declined is not None:
        return Failure(CallError("declined", f"{request.model} declined to answer: {declined}"), paid=True)
    cut = choice.get("finish_reason") in CUT
    text = _sound(_text(choice, cut=cut))
    tokens = _fitted(_tokens(choice), text)
    return _stopped(Completion(text, "length" if cut else "stop", _usage(value), tokens), request.stop)


def _choice(value: Any) -> Mapping[str, Any]:
    choices = value.get("choices") if isinstance(value, dict) else None
    if not isinstance(choices, list):
        raise UnreadableError(f"there are no choices in it. It is {_described(value)}")
    if not choices or not isinstance(choices[0], dict):
        raise UnreadableError("its list of choices is empty, or holds something else")
    choice: Mapping[str, Any] = choices[0]
    return choice


def _described(value: Any) -> str:
    if isinstance(value, dict):
        return f"an object with {', '.join(shown(str(name)) for name in list(value)[:8]) or 'nothing in it'}"
    return f"a {type(value).__name__}"


def _declined(choice: Mapping[str, Any]) -> str | None:
    message = choice.get("message")
    if isinstance(message, dict) and message.get("refusal"):
        return shown(str(message["refusal"]))
    return "its content filter did" if choice.get("finish_reason") == "content_filter" else None


def _text(choice: Mapping[str, Any], *, cut: bool) -> str:
    """Return what was said. A model that spent all its tokens on thinking has said nothing."""
    message = choice.get("message")
    said = message.get("content") if isinstance(message, dict) else choice.get("text")
    if isinstance(said, list):
        said = "".join(_part(part) for part in said)
    if isinstance(said, str):
        return said
    if said is None and cut:
        return ""
    if isinstance(message, dict) and message.get("tool_calls"):
        raise UnreadableError("the model called a tool instead of answering")
    raise UnreadableError(f"its text is {'missing' if said is None else f'a {type(said).__name__}'}")


def _part(part: Any) -> str:
    said = part.get("text") if isinstance(part, dict) else part
    return said if isinstance(said, str) else ""


def _sound(text: str) -> str:
    """Replace halves of characters, which JSON can hold and no file can."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _stopped(completion: Completion, stop: Iterable[str]) -> Completion:
    """End the text where it should have stopped, for servers that do not."""
    places = [place for mark in stop if mark and (place := completion.text.find(mark)) >= 0]
    if not places:
        return completion
    text = completion.text[: min(places)]
    return Completion(text, "stop", completion.usage, _fitted(completion.tokens, text))


def _fitted(tokens: tuple[Token, ...] | None, text: str) -> tuple[Token, ...] | None:
    """Keep the tokens that make up the text: some servers strip white space from the one and not from the others."""
    if tokens is None:
        return None
    start = "".join(token.text for token in tokens).find(text)
    return tokens if start < 0 else tuple(_cut(tokens, start, start + len(text)))


def _cut(tokens: Iterable[Token], start: int, end: int) -> Iterator[Token]:
    at = 0
    for token in tokens:
        kept = token.text[max(start - at, 0) : max(end - at, 0)]
        at += len(token.text)
        if kept:
            yield Token(kept, token.logprob)


# --- what it cost ---------------------------------------------------------------------------


def _usage(value: Mapping[str, Any]) -> Usage:
    usage = value.get("usage")
    if not isinstance(usage, dict):
        return Usage()
    return Usage(
        prompt_tokens=_count(usage.get("prompt_tokens")), completion_tokens=_count(usage.get("completion_tokens"))
    )


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


# --- tokens ---------------------------------------------------------------------------------


def _tokens(choice: Mapping[str, Any]) -> tuple[Token, ...] | None:
    """Read log-probabilities in the form of a chat or of a completion; None when there are none to rely on."""
    found = choice.get("logprobs")
    if not isinstance(found, dict):
        return None
    pairs = list(_of_chat(found) if isinstance(found.get("content"), list) else _of_completion(found))
    if not pairs or not all(_is_logprob(each.logprob) for each in pairs):
        return None
    return tuple(Token(_sound(each.text), float(each.logprob)) for each in pairs)


def _is_logprob(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)


def _of_completion(found: Mapping[str, Any]) -> Iterator[Token]:
    texts, logprobs = found.get("tokens"), found.get("token_logprobs")
    if isinstance(texts, list) and isinstance(logprobs, list) and len(texts) == len(logprobs):
        for text, logprob in zip(texts, logprobs, strict=True):
            yield Token(str(text), logprob)


def _of_chat(found: Mapping[str, Any]) -> Iterator[Token]:
    """Read tokens, and put together those that are only parts of one character."""
    held, logprob = b"", 0.0
    for each in found["content"]:
        if not isinstance(each, dict) or not _is_logprob(each.get("logprob")):
            yield Token("", math.nan)
            return
        held += _bytes_of(each)
        logprob += each["logprob"]
        text = _whole(held)
        if text is not None:
            yield Token(text, logprob)
            held, logprob = b"", 0.0
    if held:
        yield Token(held.decode("utf-8", "replace"), logprob)


def _bytes_of(token: Mapping[str, Any]) -> bytes:
    given = token.get("bytes")
    try:
        return bytes(given) if isinstance(given, list) else str(token.get("token", "")).encode("utf-8", "replace")
    except (ValueError, TypeError):
        return str(token.get("token", "")).encode("utf-8", "replace")


def _whole(held: bytes) -> str | None:
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError:
        return None


# --- models ---------------------------------------------------------------------------------


def models_of(body: bytes, address: str) -> list[str] | Failure:
    """Read a server's list of models, sorted; some send the list alone."""
    value = decoded(body, address)
    if isinstance(value, Failure):
        return value
    listed = value.get("data") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        return Failure(_bad(address, f"there is no list of models in it. It is {_described(value)}"))
    names = [each.get("id") if isinstance(each, dict) else each for each in listed]
    return sorted({name for name in names if isinstance(name, str)})
