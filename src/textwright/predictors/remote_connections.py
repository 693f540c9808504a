"""One try to speak with a textwright server: connections that stay open, redirects, gzip.

The standard library does this, so that who only uses a served model installs nothing more.
"""

from __future__ import annotations

import http.client
import time
import zlib
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin

from textwright.addresses import PORTS
from textwright.errors import CallError
from textwright.llm.client.keys import Key
from textwright.predictors.remote_places import (
    SIGNS,
    Origin,
    connection_to,
    origin_of,
    proxy_for,
    proxy_headers,
    sendable,
    target_of,
)

# An answer may have so many bytes, unpacked.
LARGEST = 256 * 1024 * 1024
CHUNK = 65_536
REDIRECTS = 5
IDLE = 16
MOVED = frozenset({301, 302, 303, 307, 308})
# A redirect that keeps the method; any other would turn what is sent into a mere visit.
KEPT = frozenset({307, 308})
STALE = (ConnectionError, http.client.RemoteDisconnected)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; the names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Connections:
    """The connections to one server, kept open for the next request; used by many threads at once.

    `timeout` is the limit of one answer in seconds, to its last byte.
    """

    def __init__(self, address: str, *, key: Key | None, timeout: float) -> None:
        """Take the server's address, to which alone the key is given; nothing is sent yet."""
        self._address = address
        self._key = key
        self._timeout = timeout
        self._idle: Mapping[Origin, deque[http.client.HTTPConnection]] = defaultdict(lambda: deque(maxlen=IDLE))

    def close(self) -> None:
        """Close the connections that wait for the next request."""
        for waiting in self._idle.values():
            while waiting:
                waiting.pop().close()

    def send(self, method: str, url: str, body: bytes | None) -> Reply:
        """Send a request where it is redirected to."""
        for _ in range(REDIRECTS):
            reply = self._sent(method, url, body)
            target = reply.headers.get("location")
            if reply.status not in (MOVED if method == "GET" else KEPT) or target is None:
                return reply
            url = self._followed(url, target)
        raise CallError("moved", f"{self._address} redirects without end", final=True)

    def _followed(self, url: str, target: str) -> str:
        """Follow a redirect, but not to where others could read along what was sent encrypted."""
        try:
            # A header's characters are bytes.
            found = urljoin(url, quote(target, safe=SIGNS, encoding="latin-1"))
            scheme = sendable(found).scheme
        except ValueError:
            found, scheme = target, ""
        if scheme not in PORTS or (scheme == "http" and url.startswith("https:")):
            raise CallError("moved", f"{self._address} redirects to {found}, which is not followed", final=True)
        return found

    def _sent(self, method: str, url: str, body: bytes | None) -> Reply:
        """Send by a connection that is open already; the server may have closed it meanwhile."""
        try:
            parts = sendable(url)
        except ValueError:
            raise CallError("connection", f"{self._address}: no server can have this address", final=True) from None
        origin = origin_of(parts)
        due = time.monotonic() + self._timeout
        for connection in self._waiting(origin):
            with suppress(*STALE):
                return self._exchange(connection, method, parts, body, due)
        return self._exchange(self._opened(origin), method, parts, body, due)

    def _waiting(self, origin: Origin) -> Iterator[http.client.HTTPConnection]:
        """Take connections that were used before, the last one first."""
        waiting = self._idle[origin]
        while True:
            try:
                yield waiting.pop()
            except IndexError:
                return

    def _opened(self, origin: Origin) -> http.client.HTTPConnection:
        connection = connection_to(origin, proxy_for(origin))
        connection.connect()
        return connection

    def _exchange(
        self, connection: http.client.HTTPConnection, method: str, url: SplitResult, body: bytes | None, due: float
    ) -> Reply:
        """Send and read by one connection, and keep it for the next request if that can be."""
        try:
            connection.sock.settimeout(_left(due))
            with suppress(BrokenPipeError):  # who refuses a large body may answer before having read it
                connection.request(method, target_of(url, connection), body, self._headers(url, body))
            response = connection.getresponse()
            content = read_body(response, connection, due)
            keep = not response.will_close
            response.close()  # what was read piece by piece does not close itself at its end
        except BaseException:
            connection.close()
            raise
        if keep:
            self._idle[origin_of(url)].append(connection)
        else:
            connection.close()
        headers = {name.lower(): self._shown(value) for name, value in response.headers.items()}
        return Reply(response.status, headers, content if self._key is None else self._key.hidden_in(content))

    def _headers(self, url: SplitResult, body: bytes | None) -> dict[str, str]:
        """Give the key to the server that it is for, and to no other to which that one redirects."""
        sent = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "textwright"}
        sent |= {} if body is None else {"Content-Type": "application/json"}
        proxy = proxy_for(origin_of(url))
        if proxy is not None and url.scheme == "http":
            sent |= proxy_headers(proxy)
        if self._key is not None and origin_of(url) == origin_of(sendable(self._address)):
            sent["Authorization"] = f"Bearer {self._key.reveal()}"
        return sent

    def _shown(self, value: str) -> str:
        return value if self._key is None else self._key.hidden_in(value.encode("latin-1", "replace")).decode("latin-1")


def _left(due: float) -> float:
    left = due - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def read_body(response: http.client.HTTPResponse, connection: http.client.HTTPConnection, due: float) -> bytes:
    """Read what a server sends until a time, unpacked. Raise `CallError` when it is too large."""
    unpack = zlib.decompressobj(wbits=31) if response.headers.get("Content-Encoding") == "gzip" else None
    parts, size = list[bytes](), 0
    while chunk := response.read1(CHUNK):
        part = chunk if unpack is None else unpack.decompress(chunk, LARGEST)
        size += len(part)
        if size > LARGEST or (unpack is not None and unpack.unconsumed_tail):
            raise CallError("too_much", f"the server's answer has more than {LARGEST:,} bytes")
        parts.append(part)
        left = _left(due)
        if connection.sock is not None:  # it is gone once the last byte was read
            connection.sock.settimeout(left)
    if response.length or (unpack is not None and not unpack.eof):
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)
