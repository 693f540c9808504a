"""The official client over a guarded connection.

What the official client does not do is done here, below it: a limit on the whole call that a slow drip
cannot outlast, a limit on the answer's size while it is read, and a key that is added at the last moment,
for its own server alone, so that no request, error or log of the libraries above ever holds it.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass
from weakref import WeakSet

import httpcore2
import httpx2
from openai import OpenAI

from textwright.addresses import is_openai, is_this_machine
from textwright.errors import CallError, ModelError
from textwright.llm.client.keys import Key

if TYPE_CHECKING:
    from ssl import SSLContext

CONNECT_SECONDS = 15.0
IDLE_CONNECTIONS = 64
IDLE_SECONDS = 30.0
# What any server may know. The official client adds more from the environment (organisation, project,
# headers of one's own), which is meant for OpenAI alone.
HARMLESS = frozenset(
    {b"accept", b"connection", b"content-length", b"content-type", b"host", b"idempotency-key"}
    | {b"transfer-encoding", b"user-agent"}
)
FAULTS = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.UnsupportedProtocol,
)
# We hand the unpacked body on, so these are no longer true of it.
OF_THE_WIRE = frozenset((b"content-encoding", b"content-length", b"transfer-encoding"))


def open_openai(address: str, key: Key | None, *, timeout: float, largest: int) -> OpenAI:
    """Open the official client for an address. It tries each call once: repeating is for the caller."""
    _hide_in_logs(key)
    return OpenAI(
        base_url=address,
        api_key="added-by-the-transport",
        admin_api_key="",
        max_retries=0,
        timeout=httpx2.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS)),
        http_client=httpx2.Client(
            transport=Guarded(address, key, timeout=timeout, largest=largest), follow_redirects=False
        ),
    )


class Guarded(httpx2.BaseTransport):
    """Sends to one server, and reads what it answers within a time and a size."""

    def __init__(self, address: str, key: Key | None, *, timeout: float, largest: int) -> None:
        """Take the one address that is sent to."""
        self._origin = httpx2.URL(address)
        self._knows_all = is_openai(address)
        self._address = address
        self._key = key
        self._timeout = timeout
        self._largest = largest
        self._due = threading.local()
        self._pool = _pool(address, _Backend(self._due))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and read its whole answer, or raise `CallError` or one of httpx2's errors."""
        limits = request.extensions.get("timeout") or {}
        self._due.at = time.monotonic() + (limits.get("read") or self._timeout)
        try:
            answer = self._pool.handle_request(self._outgoing(request))
            return self._read(answer)
        except FAULTS as error:
            raise _named_alike(error)(str(error)) from error

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _outgoing(self, request: httpx2.Request) -> httpcore2.Request:
        assert isinstance(request.stream, Iterable)
        url = request.url
        return httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=self._headers(request),
            content=request.stream,
            extensions=request.extensions,
        )

    def _headers(self, request: httpx2.Request) -> list[tuple[bytes, bytes]]:
        """Pass on what this server may know, and the key if it is the server that the key is for."""
        sent = [(name, value) for name, value in request.headers.raw if self._may_know(name.lower())]
        sent.append((b"Accept-Encoding", b"identity"))  # unpacking costs more than it saves, and can be a trap
        if self._key is not None and _same_origin(request.url, self._origin):
            sent.append((b"Authorization", b"Bearer " + self._key.reveal().encode("ascii")))
        return sent

    def _may_know(self, name: bytes) -> bool:
        if name in (b"authorization", b"accept-encoding"):
            return False
        return self._knows_all or name in HARMLESS or name.startswith(b"x-stainless-")

    def _read(self, answer: httpcore2.Response) -> httpx2.Response:
        assert isinstance(answer.stream, Iterable)
        headers = [(name, self._shown(value)) for name, value in answer.headers]
        packed = httpx2.Response(answer.status, headers=headers, stream=_Stream(answer.stream))
        try:
            body = self._shown(self._body(packed))
        finally:
            answer.close()
        kept = [(name, value) for name, value in headers if name.lower() not in OF_THE_WIRE]
        return httpx2.Response(answer.status, headers=kept, content=body)

    def _body(self, packed: httpx2.Response) -> bytes:
        chunks, size = [], 0
        try:
            for chunk in packed.iter_bytes():
                size += len(chunk)
                if size > self._largest:
                    raise CallError("too_large", f"{self._address} sent more than {self._largest:,} bytes")
                chunks.append(chunk)
        except httpx2.DecodingError:
            reason = (
                f"{self._address} sent an answer that is packed as {packed.headers.get('content-encoding')} wrongly"
            )
            raise CallError("bad_answer", reason) from None
        return b"".join(chunks)

    def _shown(self, sent: bytes) -> bytes:
        return sent if self._key is None else self._key.hidden_in(sent)


class _Stream(httpx2.SyncByteStream):
    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Any:
        return iter(self._chunks)


def _same_origin(url: httpx2.URL, other: httpx2.URL) -> bool:
    return (url.scheme, url.host, url.port) == (other.scheme, other.host, other.port)


def _named_alike(error: Exception) -> type[httpx2.RequestError]:
    """Return httpx2's error for httpcore2's: each has its namesake."""
    found = getattr(httpx2, type(error).__name__, httpx2.TransportError)
    assert issubclass(found, httpx2.RequestError)
    return found


# --- a limit on the whole call --------------------------------------------------------------


class _Backend(httpcore2.NetworkBackend):
    """Opens connections on which no waiting lasts beyond the time when the thread's call is due."""

    def __init__(self, due: threading.local) -> None:
        self._due = due
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *rest: Any, **more: Any
    ) -> httpcore2.NetworkStream:
        left = _left(self._due, httpcore2.ConnectTimeout, timeout)
        return _DueStream(self._inner.connect_tcp(host, port, left, *rest, **more), self._due)


class _DueStream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream, due: threading.local) -> None:
        self._inner = inner
        self._due = due

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._due, httpcore2.ReadTimeout, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._due, httpcore2.WriteTimeout, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = _left(self._due, httpcore2.ConnectTimeout, timeout)
        return _DueStream(self._inner.start_tls(ssl_context, server_hostname, left), self._due)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(due: threading.local, late: type[Exception], timeout: float | None) -> float:
    left: float = due.at - time.monotonic()
    if left <= 0:
        raise late("the call took too long")
    return left if timeout is None else min(left, timeout)


# --- connections ----------------------------------------------------------------------------


def _pool(address: str, backend: httpcore2.NetworkBackend) -> httpcore2.ConnectionPool:
    """Open a pool as large as there are threads that ask, through the system's proxy if there is one."""
    options: dict[str, Any] = {
        "max_connections": sys.maxsize,
        "max_keepalive_connections": IDLE_CONNECTIONS,
        "keepalive_expiry": IDLE_SECONDS,
        "network_backend": backend,
    }
    if address.startswith("https://"):
        options["ssl_context"] = httpx2.create_ssl_context()
    proxy = _proxy_for(address)
    if proxy is None:
        return httpcore2.ConnectionPool(**options)
    return _through(proxy, options)


def _proxy_for(address: str) -> str | None:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if is_this_machine(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    found = proxies.get(parts.scheme) or proxies.get("all")
    return found if not found or "://" in found else f"http://{found}"


def _through(proxy: str, options: dict[str, Any]) -> httpcore2.ConnectionPool:
    parts = urlsplit(proxy)
    if parts.scheme not in ("http", "https"):
        raise ModelError(f"the environment names a {parts.scheme} proxy. Only http and https proxies can be used.")
    who = (unquote(parts.username).encode(), unquote(parts.password or "").encode()) if parts.username else None
    port = f":{parts.port}" if parts.port else ""
    return httpcore2.HTTPProxy(f"{parts.scheme}://{parts.hostname}{port}", proxy_auth=who, **options)


# --- logs -----------------------------------------------------------------------------------

_KEYS: WeakSet[Key] = WeakSet()
# A filter sees only what its own logger is told, so each that could be told a key gets it.
LOGGERS = (
    *("openai", "openai._base_client", "openai._legacy_response", "openai._response", "httpx2"),
    *(f"httpcore2.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
)


class _Hide(logging.Filter):
    """Blots keys out of what libraries log of the server's headers."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = said
        for key in list(_KEYS):
            hidden = key.hidden_in(hidden.encode("utf-8", "replace")).decode("utf-8")
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


_HIDE = _Hide()


def _hide_in_logs(key: Key | None) -> None:
    if key is None:
        return
    _KEYS.add(key)
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_HIDE)  # adding it again does nothing
