"""Where the server is reached, who may name himself by a header, and from where a request comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from textwright.errors import TextwrightError

Network = IPv4Network | IPv6Network
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
ANY = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Place:
    """The addresses under which the server answers.

    `hosts` are the values of Host that are ours, `origins` the origins of our own pages. `any_ip_port`: the port at
    which an IP address as Host is ours too; only names can be made to point here by a stranger.
    """

    hosts: frozenset[str]
    origins: frozenset[str]
    public_url: str
    port: int
    is_public: bool = False
    any_ip_port: int | None = None

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
        return host.lower() in self.hosts or (self.any_ip_port is not None and _is_ip(host, self.any_ip_port))

    def is_our_origin(self, origin: str, host: str) -> bool:
        """Say whether a page of this origin is ours; `host` is the request's Host."""
        return origin in self.origins or (self.any_ip_port is not None and origin == f"http://{host.lower()}")


def place_of(host: str, port: int, *, public_url: str | None = None) -> Place:
    """Say where a server that listens on `host` and `port` is reached. Raise `TextwrightError` at a bad URL."""
    names = [*LOOPBACK_NAMES, *([] if host in (*LOOPBACK_NAMES, *ANY) else [_bracketed(host)])]
    hosts = {f"{name}:{port}" for name in names} | (set(names) if port == 80 else set())
    origins = {f"http://{name}" for name in hosts}
    own = f"http://{_bracketed(host)}:{port}/"
    if public_url is not None:
        origin, public_hosts = _public(public_url)
        hosts, origins, own = hosts | public_hosts, origins | {origin}, public_url
    return Place(frozenset(hosts), frozenset(origins), own, port, public_url is not None, port if host in ANY else None)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host.lower()


def _public(url: str) -> tuple[str, set[str]]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise TextwrightError(f"{url}: not the URL of a page. Give one like https://annotate.example.org/")
    host = _bracketed(parts.hostname)
    usual = {"http": 80, "https": 443}[parts.scheme]
    if parts.port in (None, usual):
        return f"{parts.scheme}://{host}", {host, f"{host}:{usual}"}
    return f"{parts.scheme}://{host}:{parts.port}", {f"{host}:{parts.port}"}


def _is_ip(host: str, port: int) -> bool:
    name, _, found = host.rpartition(":")
    try:
        ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return found == str(port)


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
