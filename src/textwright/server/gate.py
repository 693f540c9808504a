"""The gate before every server: what a request must be like before anything is done, whoever sends it.

A page of another site makes the browser send requests to us, also where only this machine can reach us. Such a
request is known by its Origin and Sec-Fetch-Site; one whose name was made to point here (DNS rebinding) by its Host.
Who may come in at all is asked next, of `keys`.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from textwright.errors import TextwrightError
from textwright.server.keys import Door, Said
from textwright.server.problems import HttpProblem, response_of

Network = IPv4Network | IPv6Network
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
ANY = ("0.0.0.0", "::")
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
JSON, BYTES = "application/json", "application/octet-stream"
LONGEST_URL = 16 * 1024
# What the gate looks at; each name stands in the table of a request's headers as often as it was sent.
LOOKED_AT = frozenset(
    {b"host", b"origin", b"sec-fetch-site", b"content-type", b"authorization", b"x-api-key", b"cookie", b"accept"}
)
ALLOWED = re.compile(r"(?P<name>[\w.-]+|\[[0-9A-Fa-f:.]+\])(?P<port>:\d{1,5})?")


# --- where a server is reached --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """The addresses under which a server answers.

    `hosts` are the values of Host that are ours, `origins` the origins of our own pages. Where other machines come in
    a port says little, for what stands between may have another: `names` are ours at any, and so is, with `any_ip`,
    every IP address: only names can be made to point here by a stranger.
    """

    hosts: frozenset[str]
    origins: frozenset[str]
    public_url: str
    port: int
    is_public: bool = False
    names: frozenset[str] = frozenset()
    any_ip: bool = False

    @property
    def secure(self) -> bool:
        """Say whether people come by https."""
        return self.public_url.startswith("https:")

    @property
    def public_host(self) -> str:
        """Return the name or address in the public URL."""
        return urlsplit(self.public_url).hostname or ""

    def is_ours(self, host: str) -> bool:
        """Say whether a request with this Host is meant for us."""
        return host.lower() in self.hosts or self._is_named(host) or (self.any_ip and _is_ip(_name_in(host)))

    def _is_named(self, host: str) -> bool:
        return _name_in(host) in self.names

    def is_our_origin(self, origin: str, host: str) -> bool:
        """Say whether a page of this origin is ours; `host` is the request's Host, which is ours."""
        if origin in self.origins:
            return True
        scheme, _, where = origin.partition("://")
        if where != host.lower():
            return False
        # Encryption is a proxy's, whose name we were told.
        named = self._is_named(host)
        return named if scheme == "https" else scheme == "http" and (named or self.any_ip)


def place_of(host: str, port: int, *, public_url: str | None = None, allow: Iterable[str] = ()) -> Place:
    """Say where a server that listens on `host` and `port` is reached.

    `public_url` is that of a proxy; `allow` are further names, at any port unless they name one. Raise
    `TextwrightError` at what is none.
    """
    own = [*LOOPBACK_NAMES, *([] if host in (*LOOPBACK_NAMES, *ANY) else [_bracketed(host)])]
    hosts = {f"{name}:{port}" for name in own} | (set(own) if port == 80 else set())
    origins = {f"http://{name}" for name in hosts}
    others = not is_loopback(host)
    names = {*LOOPBACK_NAMES, *_machine_s_names()} if others else set[str]()
    for each in allow:
        name, at = _allowed(each)
        if at:
            hosts, origins = hosts | {name + at}, origins | {f"http://{name}{at}", f"https://{name}{at}"}
        else:
            names.add(name)
    url = f"http://{_bracketed(host)}:{port}/"
    if public_url is not None:
        origin, public_hosts = _public(public_url)
        hosts, origins, url = hosts | public_hosts, origins | {origin}, public_url
    public = public_url is not None
    return Place(frozenset(hosts), frozenset(origins), url, port, public, frozenset(names), any_ip=others)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host.lower()


def _machine_s_names() -> set[str]:
    own = socket.gethostname().lower()
    return {own, own.partition(".")[0], f"{own.partition('.')[0]}.local"} if own else set()


def _allowed(name: str) -> tuple[str, str]:
    found = ALLOWED.fullmatch(name)
    if found is None:
        raise TextwrightError(f"{name}: not the name of a host. Give one like models.example.org, or NAME:PORT")
    return found["name"].lower(), found["port"] or ""


def _public(url: str) -> tuple[str, set[str]]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise TextwrightError(f"{url}: not the URL of a page. Give one like https://annotate.example.org/")
    host = _bracketed(parts.hostname)
    usual = {"http": 80, "https": 443}[parts.scheme]
    if parts.port in (None, usual):
        return f"{parts.scheme}://{host}", {host, f"{host}:{usual}"}
    return f"{parts.scheme}://{host}:{parts.port}", {f"{host}:{parts.port}"}


def _name_in(host: str) -> str:
    """Leave the port out.

    >>> [_name_in(each) for each in ("A.example:80", "[::1]:80", "[::1]", "10.0.0.1", "::1")]
    ['a.example', '[::1]', '[::1]', '10.0.0.1', '']
    """
    found = ALLOWED.fullmatch(host.lower())
    return "" if found is None else found["name"]


def _is_ip(name: str) -> bool:
    try:
        ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def is_loopback(address: str) -> bool:
    """Say whether an address, or the name localhost, reaches this machine alone.

    >>> [is_loopback(each) for each in ("127.0.0.1", "::1", "localhost", "10.0.0.1", "0.0.0.0")]
    [True, True, True, False, False]
    """
    if address == "localhost":
        return True
    try:
        found = ip_address(address.removeprefix("[").removesuffix("]").partition("%")[0])
    except ValueError:
        return False
    return found.is_loopback or bool(getattr(found, "ipv4_mapped", None) and found.ipv4_mapped.is_loopback)  # type: ignore[union-attr]


# --- where a request comes from -------------------------------------------------------------


def networks_of(names: Iterable[str]) -> tuple[Network, ...]:
    """Read addresses and networks as `--trust-from` takes them. Raise `TextwrightError` at a wrong one."""
    return tuple(_network(name) for name in names)


def _network(name: str) -> Network:
    try:
        return ip_network(name, strict=False)
    except ValueError:
        raise TextwrightError(
            f"{name!r} is no address. Give one like 10.0.0.5, or a network like 10.0.0.0/24"
        ) from None


def lies_in(address: str, networks: Iterable[Network]) -> bool:
    """Say whether an address lies in one of the networks."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in network for network in networks)


def sender(headers: Mapping[str, str], peer: str, proxies: Iterable[Network]) -> str:
    """Return the address from which a request comes: what a proxy that we were told of says last, else the peer's."""
    said = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    if not said or not lies_in(peer, proxies):
        return peer
    try:
        return str(ip_address(said))
    except ValueError:
        return peer


# --- what every request must pass -----------------------------------------------------------


class Gate:
    """Wraps an application."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        place: Place | None,
        api: str,
        door: Door | None = None,
        cors: Collection[str] = (),
        uploads: Collection[str] = (),
    ) -> None:
        """Wrap an application that is reached at `place`; without one every Host will do.

        What stands below `api` other sites' pages cannot even ask to read, but for those of the origins `cors` (`*`:
        of all). `uploads` are the paths that take files; `door` says who comes in.
        """
        self.app, self.place, self.api, self.door = app, place, api, door
        self.cors, self.uploads = frozenset(cors), frozenset(uploads)
        # What nearly every request says, so that it is known at a glance.
        self._hosts = frozenset(each.encode() for each in place.hosts) if place is not None else frozenset[bytes]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            said = _said(scope)
            self._check_addresses(scope, said)
            entry = None if self.door is None else await self.door.enter(scope, said)
            if scope["method"] not in HARMLESS:
                wanted = BYTES if scope["path"] in self.uploads else JSON
                if said.get(b"content-type") != [wanted.encode()]:
                    _check_content(said, wanted=wanted)
        except HttpProblem as problem:
            await response_of(Request(scope), problem)(scope, receive, send)
            return
        if entry is None:
            await self.app(scope, receive, send)
        elif entry.response is not None:
            await entry.response(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send, entry.headers))

    def _check_addresses(self, scope: Scope, said: Said) -> None:
        hosts = said.get(b"host", [])
        host = hosts[0] if len(hosts) == 1 else b""
        if self.place is not None and host not in self._hosts and not self.place.is_ours(host.decode("latin-1")):
            raise HttpProblem(HTTPStatus.MISDIRECTED_REQUEST, "wrong_host", _not_ours(said, self.place))
        length = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if length > LONGEST_URL:
            detail = f"the URL has {length} bytes, at most {LONGEST_URL} are allowed"
            raise HttpProblem(HTTPStatus.REQUEST_URI_TOO_LONG, "url_too_long", detail, limit=LONGEST_URL)
        harmless = scope["method"] in HARMLESS
        if not harmless or scope["path"].startswith(self.api):
            self._check_origin(said, host.decode("latin-1"), harmless=harmless)

    def _check_origin(self, said: Said, host: str, *, harmless: bool) -> None:
        """Refuse what another site's page made a browser send. Programs send neither header."""
        if "*" in self.cors or (b"origin" not in said and b"sec-fetch-site" not in said):
            return
        origins = [each.decode("latin-1") for each in said.get(b"origin", ())]
        if origins and self.cors.issuperset(origins):
            return
        foreign = [each for each in origins if not self._is_our_origin(each, host)]
        if foreign or any(site not in (b"same-origin", b"none") for site in said.get(b"sec-fetch-site", ())):
            what = "read" if harmless else "changed"
            detail = f"nothing may be {what} here by a page of {', '.join(foreign) or 'another site'}"
            raise HttpProblem(HTTPStatus.FORBIDDEN, "foreign_origin", detail)

    def _is_our_origin(self, origin: str, host: str) -> bool:
        if self.place is None:
            return origin in (f"http://{host.lower()}", f"https://{host.lower()}")
        return self.place.is_our_origin(origin, host)


def _said(scope: Scope) -> Said:
    said = dict[bytes, list[bytes]]()
    for name, value in scope["headers"]:
        if name in LOOKED_AT:
            said.setdefault(name, []).append(value)
    return said


def _not_ours(said: Said, place: Place) -> str:
    names = ", ".join(each.decode("latin-1") for each in said.get(b"host", ()))
    return f"this server is not called {names or 'nothing'}. It is at {place.public_url}"


def _check_content(said: Said, *, wanted: str) -> None:
    """Refuse what a form of any site can send: it cannot name these kinds of content."""
    found = said.get(b"content-type", [b""])[0].decode("latin-1").partition(";")[0].strip().lower()
    if found != wanted:
        detail = f"the Content-Type is {found or 'missing'}, expected {wanted}"
        raise HttpProblem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_content_type", detail, expected=wanted)


def _with_headers(send: Send, headers: list[tuple[bytes, bytes]]) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *headers]
        await send(message)

    return send_with_headers


class OtherSites(CORSMiddleware):
    """Tells pages of other sites what they may do; that it is nothing is a problem document."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse what a browser asks before it."""
        try:
            await super().__call__(scope, receive, send)
        except HttpProblem as problem:
            await response_of(Request(scope), problem)(scope, receive, send)

    def preflight_response(self, request_headers: Headers) -> Response:
        """Say what a page may do. Raise `HttpProblem` 400 when that is nothing."""
        answer = super().preflight_response(request_headers)
        if answer.status_code != HTTPStatus.OK:
            raise HttpProblem(HTTPStatus.BAD_REQUEST, "origin_refused", bytes(answer.body).decode())
        return answer
