"""Keys: whoever sends one of them may ask models; everything else of the server stays open."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from textwright.errors import TextwrightError
from textwright.server.problems import problem_response
from textwright.server.told import told

GUARDED = "/v1/"
VARIABLE = "TEXTWRIGHT_API_KEYS"
SHORTEST = 16
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="textwright"'}


class Guard:
    """Wraps the application; what is kept of a key is its hash."""

    def __init__(self, app: ASGIApp, *, keys: Iterable[str]) -> None:
        """Let those in who have one of the keys."""
        self.app, self.hashes = app, [_hash(key.encode()) for key in keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http" or not scope["path"].startswith(GUARDED) or self._knows(scope):
            await self.app(scope, receive, send)
            return
        told(scope).problem = "no_key"
        detail = "this needs a key of this server: Authorization: Bearer KEY, or X-API-Key: KEY"
        response = problem_response(Request(scope), HTTPStatus.UNAUTHORIZED, "no_key", detail, headers=CHALLENGE)
        await response(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        """Compare with every key, all in the same time."""
        found = _hash(_sent(scope["headers"]))
        return sum([hmac.compare_digest(found, each) for each in self.hashes]) > 0


def _hash(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def _sent(headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    for name, value in headers:
        if name == b"x-api-key":
            return value.strip()
        if name == b"authorization" and value[:7].lower() == b"bearer ":
            return value[7:].strip()
    return b""


def read_keys(file: Path | None, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Read the keys of a file, one a line, `#` before a remark, and those of the environment, commas between them.

    Raise `TextwrightError` when the file cannot be read, file or variable hold none, or one is too short to be safe.
    """
    keys = tuple(each.strip() for each in environment.get(VARIABLE, "").split(",") if each.strip())
    if VARIABLE in environment and not keys:
        raise TextwrightError(f"{VARIABLE} is set and holds no key: unset it to let everybody in, or name keys")
    for key in keys:
        _check(key, VARIABLE)
    if file is None:
        return keys
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TextwrightError(f"{file}: the keys cannot be read: {error}") from error
    found = {number: line.strip() for number, line in enumerate(lines, 1) if re.match(r"\s*[^#\s]", line)}
    if not found:
        raise TextwrightError(f"{file}: no key stands in it, expected one a line")
    for number, key in found.items():
        _check(key, f"{file}:{number}")
    return keys + tuple(found.values())


def _check(key: str, where: str) -> None:
    if len(key) < SHORTEST or not key.isascii() or not key.isprintable() or " " in key:
        example = "python -c 'import secrets; print(secrets.token_urlsafe())'"
        raise TextwrightError(
            f"{where}: a key has at least {SHORTEST} letters, digits or signs and no space. One is made by {example}"
        )
