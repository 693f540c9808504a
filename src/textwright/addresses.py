"""Addresses of servers: one way to write each, and what is safe to send there."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from textwright.errors import ModelError

OPENAI = "https://api.openai.com/v1"
# The variable of the shell that names the server to ask, as the official client reads it.
OPENAI_BASE_URL = "OPENAI_BASE_URL"
# What people paste from a manual: the address of one question instead of the server's.
ENDPOINTS = ("/chat/completions", "/completions", "/models", "/embeddings", "/responses")
PORTS = {"http": 80, "https": 443}
EXAMPLE = f"Expected one like {OPENAI} or http://localhost:8000/v1."


def normalised(address: str) -> str:
    """Return the one way to write a server's address, or raise `ModelError`.

    Without a scheme it is `https`, on this machine `http`. Without a path it is `/v1`.

    >>> normalised("api.openai.com")
    'https://api.openai.com/v1'
    >>> normalised("localhost:8000/")
    'http://localhost:8000/v1'
    >>> normalised("https://Example.org:443/inference/v1/chat/completions")
    'https://example.org/inference/v1'
    """
    parts = _parts(address.strip())
    return f"{parts.scheme}://{_netloc(parts)}{_path(parts.path)}"


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address if "://" in address else f"{_scheme(address)}://{address}")
        _ = parts.port  # reading it is what checks it
    except ValueError:
        raise ModelError(f"the server's address cannot be read. {EXAMPLE}") from None
    if "@" in parts.netloc:
        # Never show what stands before the @: it is a password more often than not.
        raise ModelError(f"the address of {parts.hostname} holds a name or password. Leave it out; {KEYS_ELSEWHERE}")
    if parts.scheme not in PORTS:
        raise ModelError(f"a server's address begins with http:// or https://, found {parts.scheme}://. {EXAMPLE}")
    if not parts.hostname or any(sign.isspace() or sign in "\\<>\"'" for sign in address):
        raise ModelError(f"the server's address has no host that could be asked. {EXAMPLE}")
    if parts.query or parts.fragment:
        raise ModelError(f"the address of {parts.hostname} holds a ? or a #, which cannot stand there. {EXAMPLE}")
    return parts


KEYS_ELSEWHERE = "a key is read from the environment or the system's keyring."


def _scheme(address: str) -> str:
    try:
        host = urlsplit(f"//{address}").hostname
    except ValueError:
        return "https"
    return "http" if is_this_machine(host or "") else "https"


def _netloc(parts: SplitResult) -> str:
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in (None, PORTS[parts.scheme]) else f"{shown}:{parts.port}"


def _path(path: str) -> str:
    path = path.rstrip("/")
    for endpoint in ENDPOINTS:
        path = path.removesuffix(endpoint)
    return path or "/v1"


def host_of(address: str) -> str:
    """Return the host of an address.

    >>> host_of("http://localhost:8000/v1")
    'localhost'
    """
    return urlsplit(address).hostname or ""


def is_this_machine(host: str) -> bool:
    """Say whether a host is the machine that asks.

    >>> [is_this_machine(host) for host in ("localhost", "127.0.0.1", "::1", "example.org")]
    [True, True, True, False]
    """
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_openai(address: str) -> bool:
    """Say whether an address is OpenAI's own, over TLS: the only place for OpenAI's key."""
    parts = urlsplit(address)
    return (parts.scheme, parts.hostname, parts.port) == ("https", "api.openai.com", None)


def is_overheard(address: str) -> bool:
    """Say whether others on the way could read what is sent: neither TLS nor this machine."""
    return address.startswith("http://") and not is_this_machine(host_of(address))
