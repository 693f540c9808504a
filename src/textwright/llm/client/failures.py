"""What a failed call means: which kind of `CallError` it is, and whether it is worth repeating."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from socket import gaierror
from typing import TYPE_CHECKING, Any

from textwright.errors import CallError
from textwright.llm.client.keys import variables_for
from textwright.llm.client.retry_after import asked_to_wait

if TYPE_CHECKING:
    from openai import APIConnectionError, APIStatusError

SHOWN = 200
# Tries of an address where nobody has ever answered: it is wrong more often than not.
FEW = 2
# Worth another try: the server was slow, locked, busy or broken for a moment.
PASSING = frozenset({408, 409, 429})
FINAL = frozenset({"refused", "unknown_model"})
NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
NO_MODEL = (
    *("model_not_found", "model_not_available", "does not exist", "unknown model", "invalid model"),
    *("not a valid model", "no such model", "unable to access model"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a server says of an error: in words, by a code, and of which parameter."""

    message: str
    code: str = ""
    param: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that failed: the error to raise, whether to try `again`, and not before `after` seconds.

    `status` and `said` are there when the server answered with an error. `paid` says that it may have
    answered for money all the same, and only the answer was lost. `nowhere` says that nobody listens at the
    address. `attempts` is how often to try at most; None: as often as anything.
    """

    error: CallError
    again: bool = False
    after: float | None = None
    status: int | None = None
    said: Said = Said("")
    paid: bool = False
    nowhere: bool = False
    attempts: int | None = None

    @property
    def reached(self) -> bool:
        """Say whether a server was there at all."""
        return self.status is not None or self.paid


def failure_of(error: Exception, address: str) -> Failure:
    """Say what a failed call means. Anything that is no failed call is a bug, and is raised again."""
    import openai

    if isinstance(error, CallError):
        return Failure(error, paid=True)
    if isinstance(error, openai.APITimeoutError):
        return Failure(CallError("timeout", f"{address} did not answer in time"), again=True, paid=_was_sent(error))
    if isinstance(error, openai.APIConnectionError):
        return _unconnected(error, address)
    if isinstance(error, openai.APIStatusError):
        return _of_answer(error, address)
    if isinstance(error, UnicodeEncodeError):
        return Failure(
            CallError("bad_request", "the text holds half a character (a lone surrogate), which cannot be sent")
        )
    raise error


def _unconnected(error: APIConnectionError, address: str) -> Failure:
    why = shown(str(error.__cause__ or error))
    if "CERTIFICATE_VERIFY_FAILED" in why:
        return Failure(
            CallError("connection", f"{address} has no certificate that this machine trusts: {why}", final=True)
        )
    reason = f"{address} cannot be reached, or hung up: {why}"
    return Failure(CallError("connection", reason), again=True, paid=_was_sent(error), nowhere=_is_nobody_there(error))


def never_reached(failure: Failure) -> Failure:
    """Say of a server that nobody has heard of yet that no other text would reach it, after few tries."""
    reason = f"{failure.error.reason.rstrip('.')} (is the address right, and the server running?)"
    error = CallError(failure.error.kind, reason, final=True)
    return replace(failure, error=error, attempts=FEW)


def _is_nobody_there(error: BaseException | None) -> bool:
    """Say whether a connection was refused or the host is unknown."""
    while error is not None:
        if isinstance(error, ConnectionRefusedError | gaierror):
            return True
        error = error.__cause__ or error.__context__  # the libraries below name no cause
    return False


def _was_sent(error: APIConnectionError) -> bool:
    import httpx2

    never = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
    return not isinstance(error.__cause__, never)


def _of_answer(error: APIStatusError, address: str) -> Failure:
    response = error.response
    where = response.headers.get("location")
    if 300 <= response.status_code < 400:
        return _moved(address, response.status_code, where)
    said = read_error(response.content)
    return of_status(response.status_code, said, address, headers=response.headers)


def _moved(address: str, status: int, where: str | None) -> Failure:
    to = f" to {shown(where)}" if where else ""
    reason = f"{address} sends us on{to} (status {status}). Keys do not follow: give the address where the server is."
    return Failure(CallError("bad_answer", reason, final=True), status=status)


def of_status(status: int, said: Said, address: str, *, headers: Mapping[str, str]) -> Failure:
    """Say what an error that the server answered with means."""
    kind = _kind(status, said)
    message = (said.message or "nothing more").rstrip(".")
    reason = f"{address} answered {status}: {message}.{_hint(kind, status, address)}"
    broke = said.code in NO_MONEY or status == 402
    passing = (status in PASSING or status >= 500) and not broke and headers.get("x-should-retry") != "false"
    return Failure(
        CallError(kind, reason, final=kind in FINAL or broke or _is_no_endpoint(status, kind)),
        again=passing,
        after=asked_to_wait(headers) if passing else None,
        status=status,
        said=said,
    )


def _kind(status: int, said: Said) -> str:
    if status in (401, 402, 403):
        return "refused"
    if status in (400, 404, 422) and _names_model(status, said):
        return "unknown_model"
    known = {408: "timeout", 409: "server", 429: "rate_limit"}
    return known.get(status, "server" if status >= 500 else "bad_request")


def _names_model(status: int, said: Said) -> bool:
    words = f"{said.code} {said.message}".lower()
    signs = (*NO_MODEL, "not found") if status == 404 else NO_MODEL
    return "model" in words and any(sign in words for sign in signs)


def _is_no_endpoint(status: int, kind: str) -> bool:
    return kind == "bad_request" and status in (404, 405)


def _hint(kind: str, status: int, address: str) -> str:
    if kind == "unknown_model":
        return f" `textwright models --base-url {address}` lists the models that it has."
    if status == 401:
        return f" Set the key in {variables_for(address)[-1]}, or keep it in the system's keyring."
    if _is_no_endpoint(status, kind):
        return " Is the address right? Most end in /v1."
    return ""


def read_error(body: bytes) -> Said:
    """Read what a server says of an error, in whichever of the usual shapes.

    >>> read_error(b'{"error": {"message": "Too many requests", "code": "rate"}}')
    Said(message='Too many requests', code='rate', param='')
    >>> read_error(b'{"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]}').message
    'body.seed: Extra inputs are not permitted'
    >>> read_error(b"<html>Bad gateway</html>").message
    'it begins with "<html>Bad gateway</html>"'
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return Said(beginning(body))
    return said_in(value)


def said_in(value: Any) -> Said:
    """Find what is said in the JSON of an error."""
    if isinstance(value, list) and value:
        return said_in(value[0])
    if isinstance(value, str):
        return Said(shown(value))
    if not isinstance(value, dict):
        return Said("")
    for inner in ("error", "detail"):
        if value.get(inner):
            return said_in(value[inner])
    message = value.get("message") or value.get("msg") or ""
    place = value.get("loc")
    if isinstance(place, list):
        message = f"{'.'.join(map(str, place))}: {message}"
    return Said(shown(str(message)), shown(str(value.get("code") or "")), shown(str(value.get("param") or "")))


def beginning(body: bytes) -> str:
    """Show how an answer begins that is not what was expected; never the whole.

    >>> beginning(b"")
    'it is empty'
    """
    if not body.strip():
        return "it is empty"
    return f'it begins with "{shown(body[: 4 * SHOWN].decode("utf-8", "replace"))}"'


def shown(text: str) -> str:
    """Make a stranger's text fit for an error: a line without control characters, cut where it is long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * SHOWN]).split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}..."


def wrong_form(failure: Failure, form: str, address: str) -> Failure:
    """Say which form would work, when a server says that the model is of the other."""
    words = failure.said.message.lower()
    other = _other_form(words, form)
    if failure.status not in (400, 404, 405, 422) or other is None:
        return failure
    said = failure.said.message.rstrip(".")
    reason = f"{address} answered {failure.status}: {said}. Ask with form = {other!r}, not {form!r}."
    return replace(failure, error=CallError("bad_request", reason, final=True), again=False)


NO_CHAT = ("not a chat model", "does not support chat", "not support chat", "chat template", "use v1/completions")
CHAT_ALONE = ("is a chat model", "chat/completions", "only supports chat", "not support completion")


def _other_form(words: str, form: str) -> str | None:
    if form == "chat":
        return "completion" if any(sign in words for sign in NO_CHAT) else None
    return "chat" if any(sign in words for sign in CHAT_ALONE) else None
