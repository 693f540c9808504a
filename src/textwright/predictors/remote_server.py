"""Speak with a textwright server: connections that stay open, proxies, redirects, gzip, trying again.

The standard library does this in one file, so that who only uses a served model installs nothing more.
"""

from __future__ import annotations

import http.client
import json
import math
import ssl
import time
import zlib
from base64 import b64encode
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from socket import gaierror
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from textwright.errors import CallError, ModelError
from textwright.llm.client.addresses import PORTS, is_this_machine
from textwright.llm.client.failures import beginning, read_error
from textwright.llm.client.keys import Key
from textwright.llm.client.retry_after import asked_to_wait
from textwright.llm.client.retrying import LONGEST_ASKED, back_off

CONNECT_SECONDS = 10.0
# An answer may have so many bytes, unpacked.
LARGEST = 256 * 1024 * 1024
CHUNK = 65_536
REDIRECTS = 5
IDLE = 16
# How often a request is tried: of a server that is busy, that cannot be reached, that never could be, that is late.
BUSY, BROKEN, NEVER, LATE = 10, 5, 2, 2
PASSING = frozenset({408, 425, 429, 502, 503})
MOVED = frozenset({301, 302, 303, 307, 308})
# A redirect that keeps the method; any other would turn what is sent into a mere visit.
KEPT = frozenset({307, 308})
FAULTS = (OSError, http.client.HTTPException, zlib.error)
STALE = (ConnectionError, http.client.RemoteDisconnected)
# What stands in an address as it is; anything else is sent as its bytes, `%C3%B3`.
SIGNS = ":/?#[]@!$&'()*+,;=%~"

# Scheme, host and port.
Origin = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; the names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


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
        self._idle: Mapping[Origin, deque[http.client.HTTPConnection]] = defaultdict(lambda: deque(maxlen=IDLE))

    def ask(self, method: str, path: str, data: Any = None) -> Any:
        """Send JSON, if any, and read the JSON of the answer. Raise `CallError` when there is none.

        Its `kind` is `too_much` when less at a time may fare better, and `final` when nothing would.
        """
        body = None if data is None else json.dumps(data).encode()
        return self._decoded(self._patiently(method, f"{self.address}{path}", body))

    def close(self) -> None:
        """Close the connections that wait for the next request."""
        for waiting in self._idle.values():
            while waiting:
                waiting.pop().close()

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
            reply = self._redirected(method, url, body)
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

    # --- one try ----------------------------------------------------------------------------

    def _redirected(self, method: str, url: str, body: bytes | None) -> Reply:
        """Send a request where it is redirected to."""
        for _ in range(REDIRECTS):
            reply = self._sent(method, url, body)
            target = reply.headers.get("location")
            if reply.status not in (MOVED if method == "GET" else KEPT) or target is None:
                return reply
            url = self._followed(url, target)
        raise CallError("moved", f"{self.address} redirects without end", final=True)

    def _followed(self, url: str, target: str) -> str:
        """Follow a redirect, but not to where others could read along what was sent encrypted."""
        try:
            # A header's characters are bytes.
            found = urljoin(url, quote(target, safe=SIGNS, encoding="latin-1"))
            scheme = sendable(found).scheme
        except ValueError:
            found, scheme = target, ""
        if scheme not in PORTS or (scheme == "http" and url.startswith("https:")):
            raise CallError("moved", f"{self.address} redirects to {found}, which is not followed", final=True)
        return found

    def _sent(self, method: str, url: str, body: bytes | None) -> Reply:
        """Send by a connection that is open already; the server may have closed it meanwhile."""
        try:
            parts = sendable(url)
        except ValueError:
            raise CallError("connection", f"{self.address}: no server can have this address", final=True) from None
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
                connection.request(method, _target(url, connection), body, self._headers(url, body))
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
            sent |= _proxy_headers(proxy)
        if self._key is not None and origin_of(url) == origin_of(sendable(self.address)):
            sent["Authorization"] = f"Bearer {self._key.reveal()}"
        return sent

    def _shown(self, value: str) -> str:
        return value if self._key is None else self._key.hidden_in(value.encode("latin-1", "replace")).decode("latin-1")


def _named(error: Exception) -> str:
    """Name a failure for a person; some have no words of their own."""
    words = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return words or type(error).__name__


def _left(due: float) -> float:
    left = due - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


# --- answers --------------------------------------------------------------------------------


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


# --- places ---------------------------------------------------------------------------------


def sendable(url: str) -> SplitResult:
    """Write an address as it is sent, in ASCII. Raise `ValueError` when no server can have it.

    >>> sendable("http://M\u00fcller.example/m\u00f3del?x=1").geturl()
    'http://xn--mller-kva.example/m%C3%B3del?x=1'
    """
    parts = urlsplit(url)
    host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    if not host and parts.scheme in PORTS:
        raise ValueError("there is no host in it")
    place = f"[{host}]" if ":" in host else host
    path, query = (quote(part, safe=SIGNS, errors="replace") for part in (parts.path, parts.query))
    return SplitResult(parts.scheme, place if port is None else f"{place}:{port}", path, query, "")


def origin_of(url: SplitResult) -> Origin:
    """Return what two addresses share when they lead to one server.

    >>> origin_of(urlsplit("https://Example.org/v1"))
    ('https', 'example.org', 443)
    """
    return url.scheme, url.hostname or "", url.port or PORTS[url.scheme]


def connection_to(origin: Origin, proxy: SplitResult | None) -> http.client.HTTPConnection:
    """Prepare a connection, through a proxy if there is one."""
    scheme, host, port = origin
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    if proxy is None:
        return kind(host, port, timeout=CONNECT_SECONDS)
    made = kind(proxy.hostname or "", proxy.port or PORTS["http"], timeout=CONNECT_SECONDS)
    if scheme == "https":
        made.set_tunnel(host, port, headers=_proxy_headers(proxy))
    return made


def proxy_for(origin: Origin) -> SplitResult | None:
    """Find the proxy that the environment names for a server; none for this machine."""
    scheme, host, _ = origin
    if is_this_machine(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    found = proxies.get(scheme) or proxies.get("all")
    if not found:
        return None
    proxy = urlsplit(found if "://" in found else f"http://{found}")
    if proxy.scheme != "http":
        raise ModelError(f"the environment names a {proxy.scheme} proxy. Only http proxies can be used")
    return proxy


def _proxy_headers(proxy: SplitResult) -> dict[str, str]:
    if not proxy.username:
        return {}
    who = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(who.encode()).decode()}"}


def _target(url: SplitResult, connection: http.client.HTTPConnection) -> str:
    """Say what is asked for: the path, and before a proxy the whole address."""
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    direct = url.scheme == "https" or (connection.host, connection.port) == origin_of(url)[1:]
    return path if direct else f"http://{url.netloc}{path}"
