"""Do without what a server does not take: remember it, and say so once."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from textwright.addresses import is_openai
from textwright.llm.calls import Request
from textwright.llm.client.failures import Failure
from textwright.llm.prompts.answer_schema import strict

# A step is something that is left out from now on; `json_schema` and `json_object` follow each other.
Steps = frozenset[str]
NOTHING_LEFT_OUT: Steps = frozenset()

FORMAT = r"response_format|json.?schema|json_object|structured output|grammar|guided|'json'|\"json\""
REFUSED = (
    r"unsupported|not support|unknown|unrecognized|unrecognised|unexpected|extra |not permitted|not allowed"
    r"|only the default|does not accept|not available|invalid param"
)
TOO_LONG = r"context length|context_length|context window|too long|too large"

NOTES = {
    "json_schema": "does not enforce a JSON Schema: it is asked for any JSON object, and the answers are checked here",
    "json_object": "does not enforce JSON: it is only asked for it in words, and the answers are checked here",
    "max_tokens": "wants max_completion_tokens in place of max_tokens",
    "temperature": "takes no temperature: it uses its own, and may answer differently each time",
    "seed": "takes no seed: it may answer differently each time",
    "stop": "takes no stop sequences: the answers are cut here",
    "logprobs": "gives no log-probabilities: there will be no scores",
}


class Known:
    """What each model of a server does not take, found out by many threads and told once."""

    def __init__(self, tell: Callable[[str], None] | None = None) -> None:
        """Take who wants to know."""
        self._tell = tell
        self._lock = threading.Lock()
        self._steps: dict[tuple[str, str], Steps] = {}

    def steps(self, request: Request) -> Steps:
        """Return what to leave out for this model and form."""
        return self._steps.get((request.model, request.form), NOTHING_LEFT_OUT)

    def take(self, step: str, request: Request, *, why: str) -> None:
        """Leave this out from now on; `why` is what the server said."""
        where = (request.model, request.form)
        with self._lock:
            known = self._steps.get(where, NOTHING_LEFT_OUT)
            self._steps[where] = known | {step}
        if step not in known and self._tell is not None:
            self._tell(f'{request.model} at {request.address} {NOTES[step]}. It said: "{why}"')


def next_step(failure: Failure, sent: Mapping[str, Any]) -> str | None:
    """Find what to leave out, if a server says that it does not take a parameter that was sent."""
    words = f"{failure.said.code} {failure.said.message}".lower()
    if failure.status not in (400, 422) or re.search(TOO_LONG, words):
        return None
    return next((step for step in _sendable(sent) if _is_refused(step, failure.said.param, words)), None)


def _sendable(sent: Mapping[str, Any]) -> Iterator[str]:
    """Name what was sent and can be left out."""
    if "response_format" in sent:
        yield sent["response_format"]["type"]
    yield from (name for name in ("max_tokens", "temperature", "seed", "stop", "logprobs") if name in sent)


def _is_refused(step: str, param: str, words: str) -> bool:
    if step in ("json_schema", "json_object"):
        return param.startswith("response_format") or re.search(FORMAT, words) is not None
    if step == "max_tokens":
        return "max_completion_tokens" in words and re.search(rf"{REFUSED}|instead", words) is not None
    named = param == step or re.search(rf"\b{step}\b", words) is not None
    return named and re.search(REFUSED, words) is not None


# --- what is sent ---------------------------------------------------------------------------


def body_of(request: Request, steps: Steps) -> dict[str, Any]:
    """Write a request as the server's JSON, without what it does not take."""
    body: dict[str, Any] = {"model": request.model, **_asked(request)}
    for name, value in _optional(request):
        if name not in steps:
            body[name] = value
    if "max_tokens" in steps:
        body["max_completion_tokens"] = request.max_tokens
    form = _format(request, steps)
    return body if form is None else {**body, **form}


def _asked(request: Request) -> dict[str, Any]:
    if request.form == "completion":
        return {"prompt": "".join(message.content for message in request.messages)}
    return {"messages": [{"role": each.role, "content": each.content} for each in request.messages]}


def _optional(request: Request) -> Iterator[tuple[str, Any]]:
    yield "max_tokens", request.max_tokens
    yield "temperature", request.temperature
    if request.seed is not None:
        yield "seed", request.seed
    if request.stop:
        yield "stop", list(request.stop)
    if request.logprobs:
        yield "logprobs", True if request.form == "chat" else 1


def _format(request: Request, steps: Steps) -> dict[str, Any] | None:
    if request.answer is None or request.enforce == "none" or "json_object" in steps:
        return None
    if request.enforce == "object" or "json_schema" in steps:
        return {"response_format": {"type": "json_object"}}
    named = {"name": "answer", **_schema(request.answer, request.address)}
    asked = {"response_format": {"type": "json_schema", "json_schema": named}}
    if request.form == "chat" or is_openai(request.address):
        return asked
    # llama.cpp takes the schema of a completion under a name of its own, and vLLM under OpenAI's.
    return asked | {"json_schema": named["schema"]}


def _schema(answer: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Write the schema as the server enforces it: OpenAI only in its strict form, others as it stands."""
    schema = strict(answer) if is_openai(address) else dict(answer)
    return {"schema": schema, "strict": is_strict(schema)}


def is_strict(schema: Any) -> bool:
    """Say whether a schema keeps OpenAI's rules for strict ones: every object closed, every property required.

    >>> is_strict({"type": "object", "properties": {"a": {}}, "required": ["a"], "additionalProperties": False})
    True
    >>> is_strict({"type": "object", "properties": {"a": {}}})
    False
    """
    if isinstance(schema, list):
        return all(is_strict(each) for each in schema)
    if not isinstance(schema, dict):
        return True
    if "properties" in schema or schema.get("type") == "object":
        closed = schema.get("additionalProperties") is False
        if not closed or set(schema.get("required", ())) != set(schema.get("properties", ())):
            return False
    return all(is_strict(each) for each in schema.values())
