"""Where a textwright server is: addresses as they are sent, and the proxies on the way."""

from __future__ import annotations

import http.client
from base64 import b64encode
from urllib.parse import SplitResult, quote, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from textwright.addresses import PORTS, is_this_machine
from textwright.errors import ModelError

CONNECT_SECONDS = 10.0
# What stands in an address as it is; anything else is sent as its bytes, `%C3%B3`.
SIGNS = ":/?#[]@!$&'()*+,;=%~"

# Scheme, host and port.
Origin = tuple[str, str, int]


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
        made.set_tunnel(host, port, headers=proxy_headers(proxy))
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


def proxy_headers(proxy: SplitResult) -> dict[str, str]:
    """Say to a proxy who asks, where its address does."""
    if not proxy.username:
        return {}
    who = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(who.encode()).decode()}"}


def target_of(url: SplitResult, connection: http.client.HTTPConnection) -> str:
    """Say what is asked for: the path, and before a proxy the whole address."""
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    direct = url.scheme == "https" or (connection.host, connection.port) == origin_of(url)[1:]
    return path if direct else f"http://{url.netloc}{path}"
