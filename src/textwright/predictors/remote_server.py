"""Ask a textwright server, and try again where that may help."""

from __future__ import annotations

import http.client
import json
import math
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from socket import gaierror
from typing import Any

from textwright.errors import CallError
from textwright.llm.client.failures import beginning, read_error
from textwright.llm.client.keys import Key
from textwright.llm.client.retry_after import asked_to_wait
from textwright.llm.client.retrying import LONGEST_ASKED, back_off
from textwright.predictors.remote_connections import MOVED, Connections, Reply

# How often a request is tried: of a server that is busy, that cannot be reached, that never could be, that is late.
BUSY, BROKEN, NEVER, LATE = 10, 5, 2, 2
PASSING = frozenset({408, 425, 429, 502, 503})
FAULTS = (OSError, http.client.HTTPException, zlib.error)


@dataclass(frozen=True, slots=True)
class Setback:
    """A try that failed: the error, how often to try at most, how long the server asks to wait."""

    error: CallError
    most: int = 1
    after: float | None = None


class Server:
    """Asks one server; used by many threads at once.

    `timeout` is the limit of one answer in seconds, to its last byte. `wait` waits for some seconds.
    """

    def __init__(
        self,
        address: str,
        *,
        key: Key | None = None,
        timeout: float = 60.0,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Take the address to which paths are added; nothing is sent yet."""
        self.address = address
        self._key = key
        self._timeout = timeout
        self._wait = wait
        self._reached = False
        self._connections = Connections(address, key=key, timeout=timeout)

    def ask(self, method: str, path: str, data: Any = None) -> Any:
        """Send JSON, if any, and read the JSON of the answer. Raise `CallError` when there is none.

        Its `kind` is `too_much` when less at a time may fare better, and `final` when nothing would.
        """
        body = None if data is None else json.dumps(data).encode()
        return self._decoded(self._patiently(method, f"{self.address}{path}", body))

    def close(self) -> None:
        """Close the connections that wait for the next request."""
        self._connections.close()

    def _patiently(self, method: str, url: str, body: bytes | None) -> Reply:
        """Try until there is an answer that waiting would not change."""
        for attempt in count(1):
            found = self._tried(method, url, body)
            if isinstance(found, Reply):
                return found
            if attempt >= found.most:
                raise found.error
            self._wait(max(found.after or 0.0, back_off(attempt)))
        raise AssertionError("count never ends")

    def _tried(self, method: str, url: str, body: bytes | None) -> Reply | Setback:
        try:
            reply = self._connections.send(method, url, body)
        except FAULTS as error:
            return self._setback(error)
        self._reached = True
        return self._busy(reply) if reply.status in PASSING else reply

    def _busy(self, reply: Reply) -> Setback:
        """Wait for a server as it asks, but not for longer than anybody would."""
        after = asked_to_wait(reply.headers)
        said = f"{self.address} answered {reply.status}: {read_error(reply.body).message}"
        if after is not None and after > LONGEST_ASKED:
            asked = "forever" if math.isinf(after) else f"{after:,.0f} seconds"
            return Setback(CallError("busy", f"{said}. It asks to wait for {asked}", final=True))
        return Setback(CallError("busy", said), most=BUSY, after=after)

    def _setback(self, error: Exception) -> Setback:
        """Say what a failure on the way means."""
        if isinstance(error, ssl.SSLCertVerificationError):
            why = f"{self.address} has no certificate that this machine trusts: {error.verify_message}"
            return Setback(CallError("connection", why, final=True))
        if isinstance(error, TimeoutError):
            return Setback(
                CallError("timeout", f"{self.address} did not answer in {self._timeout:g} seconds"), most=LATE
            )
        if isinstance(error, gaierror):
            return Setback(CallError("connection", f"{self.address}: no such host ({error.strerror})", final=True))
        if isinstance(error, zlib.error):
            return Setback(CallError("bad_answer", f"{self.address} sent an answer that is packed wrongly", final=True))
        why = f"{self.address} cannot be reached: {_named(error)}. Is the server running?"
        return Setback(CallError("connection", why, final=True), most=BROKEN if self._reached else NEVER)

    def _decoded(self, reply: Reply) -> Any:
        """Read the JSON of an answer. Raise `CallError` for any other."""
        if reply.status != http.client.OK:
            raise self._refusal(reply)
        try:
            return json.loads(reply.body)
        except (ValueError, RecursionError):
            said = f"{self.address} did not answer as a textwright server does: {beginning(reply.body)}"
            raise CallError("bad_answer", said, final=True) from None

    def _refusal(self, reply: Reply) -> CallError:
        said = f"{self.address} answered {reply.status}: {read_error(reply.body).message or 'nothing more'}"
        if reply.status in (413, 500, 504):
            return CallError("too_much", said)
        if reply.status in MOVED:
            return CallError("moved", f"{self.address} is now {reply.headers.get('location')}: name that", final=True)
        if reply.status in (401, 403):
            given = "the key is not the right one" if self._key else "it wants a key: set TEXTWRIGHT_API_KEY"
            return CallError("refused", f"{said.rstrip('.')}; {given}", final=True)
        return CallError("refused", said, final=True)


def _named(error: Exception) -> str:
    """Name a failure for a person; some have no words of their own."""
    words = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return words or type(error).__name__
