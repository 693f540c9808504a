"""The client: asks any server that speaks OpenAI's protocol."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

from textwright.addresses import host_of, is_overheard, is_this_machine, normalised
from textwright.errors import CallError, MissingExtraError
from textwright.llm.calls import Completion, Form, Request
from textwright.llm.client.failures import Failure, failure_of, never_reached, wrong_form
from textwright.llm.client.keys import Key
from textwright.llm.client.responses import completion_of, models_of
from textwright.llm.client.stepping import Known, body_of, next_step

if TYPE_CHECKING:
    from openai import OpenAI

    from textwright.llm.client.retrying import Repeating

PATHS: dict[Form, str] = {"chat": "/chat/completions", "completion": "/completions"}


class Client:
    """Asks one server; used by many threads at once.

    `timeout` is the limit of one call from its first byte to its last, `attempts` how often a call is tried
    at most (twice where nobody listens and nobody ever answered), `largest` how many bytes an answer may have.
    `on_wait` is told why and how long we wait, `on_note` what the server does not take and where a key goes,
    both in the thread that asks. `wait` waits for a number of seconds; the one that is there ends early when
    the client is closed.
    """

    def __init__(
        self,
        address: str,
        *,
        key: Key | str | None = None,
        timeout: float = 60.0,
        attempts: int = 6,
        largest: int = 5_000_000,
        on_wait: Callable[[str, float], None] | None = None,
        on_note: Callable[[str], None] | None = None,
        wait: Callable[[float], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open a client. Raise `ModelError` for an address that cannot be one; nothing is sent yet."""
        if attempts < 1 or timeout <= 0 or largest < 1:
            raise ValueError("attempts, timeout and largest must be above zero")
        self.address = normalised(address)
        key = Key(key) if isinstance(key, str) else key
        self._openai = _opened(self.address, key, timeout=timeout, largest=largest)
        self._closed = threading.Event()
        self._clock = clock
        self._reached = False
        self._known = Known(on_note)
        self._repeat = _repeating(attempts, wait or self._closed.wait, clock, on_wait)
        if key is not None and on_note is not None:
            _tell_where(key, self.address, on_note)

    def complete(self, request: Request) -> Completion:
        """Answer a request, trying again what fails for a moment. Raise `CallError` when there is no answer."""
        return self.complete_metered(request, _nothing)

    def complete_metered(self, request: Request, again: Callable[[], None]) -> Completion:
        """Do as `complete`, and call `again` before sending again what may have been paid for already.

        That is after a try whose answer was lost on the way: cut, unreadable, too large or too late. `again` may raise
        `CallError` to end it.
        """
        if request.address != self.address:
            raise ValueError(f"the request is for {request.address}, this client asks {self.address}")
        started = self._clock()
        calls = _Calls(again)
        try:
            result = self._repeat(lambda: self._attempt(request, calls))
        except CallError as error:
            error.calls = calls.made
            raise
        if isinstance(result, Failure):
            result.error.calls = calls.made
            raise result.error
        spent = replace(result.usage, calls=calls.made, seconds=self._clock() - started)
        return replace(result, usage=spent)

    def models(self) -> list[str]:
        """List the models of the server, sorted."""
        result = self._repeat(self._models)
        if isinstance(result, Failure):
            raise result.error
        return result

    def close(self) -> None:
        """Close the connections; who waits to try again gives up."""
        self._closed.set()
        self._openai.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client is not pickled: open one where it is needed")

    def _attempt(self, request: Request, calls: _Calls) -> Completion | Failure:
        """Try once, and once more for each thing that the server turns out not to take."""
        while True:
            body = body_of(request, self._known.steps(request))
            calls.begin()
            result = self._send(request, body)
            if isinstance(result, Completion):
                return result
            calls.lost = result.paid
            step = next_step(result, body)
            if step is None:
                return wrong_form(result, request.form, self.address)
            self._known.take(step, request, why=result.said.message)

    def _send(self, request: Request, body: dict[str, Any]) -> Completion | Failure:
        answer = self._call("post", PATHS[request.form], body=body)
        return answer if isinstance(answer, Failure) else completion_of(answer, request)

    def _models(self) -> list[str] | Failure:
        answer = self._call("get", "/models")
        return answer if isinstance(answer, Failure) else models_of(answer, self.address)

    def _call(self, method: str, path: str, **options: Any) -> bytes | Failure:
        """Return the body of an answer. No exception is on its way when the failure is raised."""
        import httpx2

        if self._closed.is_set():
            return _closed(self.address)
        try:
            response = getattr(self._openai, method)(path, cast_to=httpx2.Response, **options)
        except Exception as error:
            return _closed(self.address) if self._closed.is_set() else self._judged(failure_of(error, self.address))
        self._reached = True
        body: bytes = response.content
        return body

    def _judged(self, failure: Failure) -> Failure:
        """Think worse of an address where nobody listens as long as nobody ever answered there."""
        self._reached = self._reached or failure.reached
        return never_reached(failure) if failure.nowhere and not self._reached else failure


class _Calls:
    """How many calls one request took, and whether the last one was paid for and lost."""

    def __init__(self, again: Callable[[], None]) -> None:
        self._again = again
        self.made = 0
        self.lost = False

    def begin(self) -> None:
        if self.lost:
            self._again()
        self.made += 1


def _tell_where(key: Key, address: str, tell: Callable[[str], None]) -> None:
    """Tell where a key goes if who set it may not expect that: a file can name any address."""
    host = host_of(address)
    if key.is_general and not is_this_machine(host):
        tell(f"{key.source} is sent to {host}")
    if is_overheard(address):
        tell(f"the key and the texts go to {address} unencrypted: others on the way can read them.")


def _closed(address: str) -> Failure:
    return Failure(CallError("connection", f"the client of {address} is closed", final=True))


def _nothing() -> None:
    return


def _opened(address: str, key: Key | None, *, timeout: float, largest: int) -> OpenAI:
    try:
        from textwright.llm.client.transport import open_openai
    except ModuleNotFoundError:
        raise MissingExtraError("openai", "llm") from None
    return open_openai(address, key, timeout=timeout, largest=largest)


def _repeating(
    attempts: int,
    wait: Callable[[float], object],
    clock: Callable[[], float],
    on_wait: Callable[[str, float], None] | None,
) -> Repeating:
    from textwright.llm.client.retrying import Repeating

    try:
        return Repeating(attempts=attempts, wait=wait, clock=clock, on_wait=on_wait)
    except ModuleNotFoundError:
        raise MissingExtraError("tenacity", "llm") from None
