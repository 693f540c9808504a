"""Who is let in: whoever sends one of a server's keys, or, where it has none, the token of its run.

The token stands in the address that a command prints. Opened once, it becomes a cookie: signed with a secret of this
installation and dated, so that a page that is open goes on when its server is started again.
"""

from __future__ import annotations

import hashlib
import hmac
import html
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote_plus, urlsplit

from anyio import to_thread
from starlette.responses import Response
from starlette.types import Scope

from textwright.errors import TextwrightError
from textwright.private import config_folder, make_private, write_private
from textwright.server.problems import HttpProblem
from textwright.server.told import told

GUARDED = "/v1/"
VARIABLE = "TEXTWRIGHT_API_KEYS"
SHORTEST = 16
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="textwright"'}
SECRET, SECRET_BYTES = "cookies.secret", 32
DAY = 24 * 3600
# From its last use on: a cookie is dated anew once it is a day old.
COOKIE_SECONDS, RENEW_SECONDS = 30 * DAY, DAY
# How long a browser may take to start.
TICKET_SECONDS = 60
# The clock of a machine may have been put back a little.
SLACK_SECONDS = 60

Said = Mapping[bytes, Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A request that is let in, with headers for its answer; `response` is the whole answer, where there is one."""

    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    response: Response | None = None


class Door(Protocol):
    """Says who comes in. `said` are the headers that the gate looks at."""

    async def enter(self, scope: Scope, said: Said) -> Entry | None:
        """Let a request in, or raise `HttpProblem` 401; None: there is nothing to add to its answer."""


# --- keys -----------------------------------------------------------------------------------


class KeyDoor:
    """Lets in who has one of some keys; what is kept of a key is its hash. What asks no model stays open."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Take the keys."""
        self.hashes = [_hash(key.encode()) for key in keys]

    async def enter(self, scope: Scope, said: Said) -> Entry | None:
        """Let a request in that has a key or needs none."""
        if scope["path"].startswith(GUARDED) and not self._knows(said):
            detail = "this needs a key of this server: Authorization: Bearer KEY, or X-API-Key: KEY"
            raise HttpProblem(HTTPStatus.UNAUTHORIZED, "no_key", detail, headers=CHALLENGE)
        return None

    def _knows(self, said: Said) -> bool:
        """Compare with every key, all in the same time."""
        found = _hash(_key_in(said))
        return sum([hmac.compare_digest(found, each) for each in self.hashes]) > 0


def _hash(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def _key_in(said: Said) -> bytes:
    for value in said.get(b"x-api-key", ()):
        return value.strip()
    for value in said.get(b"authorization", ()):
        if value[:7].lower() == b"bearer ":
            return value[7:].strip()
    return b""


def read_keys(file: Path | None, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Read the keys of a file, one a line, `#` before a remark, and those of the environment, commas between them.

    Raise `TextwrightError` when the file cannot be read, file or variable hold none, or one is too short to be safe.
    """
    keys = tuple(each.strip() for each in environment.get(VARIABLE, "").split(",") if each.strip())
    if VARIABLE in environment and not keys:
        raise TextwrightError(f"{VARIABLE} is set and holds no key: unset it, or name keys")
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


# --- the token of a run ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """The token of one run, and the secret by which its server knows the cookies that it gave. Processes share it."""

    word: str
    secret: bytes

    def in_address(self, url: str) -> str:
        """Write the address that is printed."""
        return f"{url}?token={self.word}"

    def for_browser(self, url: str, port: int) -> str:
        """Write an address that opens once, soon: every user of a machine may see what its programs are called with."""
        word = f"{int(time.time()) + TICKET_SECONDS}-{secrets.token_urlsafe(8)}"
        return f"{url}?token={word}.{_signature(self.secret, 'ticket', port, word)}"


def new_token() -> Token:
    """Make the token of a run."""
    return Token(secrets.token_urlsafe(), installation_secret())


def for_browser(address: str) -> str:
    """Write an address that opens once at a server that another process of this installation runs and printed."""
    parts = urlsplit(address)
    return Token("", installation_secret()).for_browser(address.partition("?")[0], parts.port or 80)


def installation_secret() -> bytes:
    """Return what this installation signs with, made at its first use; where nothing can be kept, one of this run."""
    try:
        path = config_folder() / SECRET
        make_private(path.parent)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(SECRET_BYTES))
        except FileExistsError:
            pass
        return _kept(path)
    except OSError:
        return secrets.token_bytes(SECRET_BYTES)


def _kept(path: Path) -> bytes:
    """Read a secret that another process may be writing just now; one that was cut off is made anew."""
    for _ in range(20):
        if len(found := path.read_bytes()) == SECRET_BYTES:
            return found
        time.sleep(0.01)
    write_private(path, found := secrets.token_bytes(SECRET_BYTES))
    return found


def _signature(secret: bytes, kind: str, port: int, what: str) -> str:
    return hmac.digest(secret, f"{kind} {port} {what}".encode(), "sha256").hex()


class TokenDoor:
    """Lets in who has the token of the run, or the cookie that it became."""

    def __init__(
        self,
        token: Token,
        *,
        port: int,
        command: str,
        is_open: Callable[[str], bool],
        secure: bool = False,
        spared: Callable[[], bool] = lambda: False,
    ) -> None:
        """Let in what `is_open` says of a path, and everybody once `spared` says so; `command` printed the token.

        Servers on one machine share cookies, so that the cookie's name holds the port.
        """
        self.token, self.port, self.command, self.is_open, self.spared = token, port, command, is_open, spared
        self.name, self.secure = f"textwright_token_{port}".encode(), secure
        self._word = token.word.encode()
        self._used = dict[str, int]()

    async def enter(self, scope: Scope, said: Said) -> Entry | None:
        """Let a request in; to the address with the token give the cookie and the address without."""
        if b"token=" in scope["query_string"] and scope["method"] in ("GET", "HEAD"):
            word = _token_in(scope["query_string"])
            if self._opens(word) or self._age(said) is not None:
                return Entry(response=self._without_token(scope))
        if hmac.compare_digest(_key_in(said), self._word) or self.is_open(scope["path"]):
            return None
        age = self._age(said)
        if age is not None:
            return None if age < RENEW_SECONDS else Entry([(b"set-cookie", self._cookie().encode())])
        if await to_thread.run_sync(self.spared):
            return None
        if any(b"text/html" in each for each in said.get(b"accept", ())):
            told(scope).problem = "no_token"
            return Entry(response=self._page(said))
        detail = (
            f"this server asks for the token of its run: open the address that {self.command} printed in its terminal, "
            "which ends in ?token=...; programs send Authorization: Bearer TOKEN"
        )
        raise HttpProblem(HTTPStatus.UNAUTHORIZED, "no_token", detail, headers=CHALLENGE)

    def _opens(self, word: str) -> bool:
        return hmac.compare_digest(word.encode(), self._word) or self._is_ticket(word)

    def _is_ticket(self, word: str) -> bool:
        """Say whether a word opens once, and has not done so yet."""
        ticket, _, signature = word.rpartition(".")
        wanted = _signature(self.token.secret, "ticket", self.port, ticket)
        if not hmac.compare_digest(signature.encode(), wanted.encode()):
            return False
        now, until = int(time.time()), int(ticket.partition("-")[0])
        self._used = {each: end for each, end in self._used.items() if end >= now}
        if until < now or ticket in self._used:
            return False
        self._used[ticket] = until
        return True

    def _age(self, said: Said) -> float | None:
        """Return how many seconds old the cookie is; None without a good one."""
        for header in said.get(b"cookie", ()):
            for part in header.split(b";"):
                name, _, value = part.strip().partition(b"=")
                if name == self.name and (age := self._age_of(value.decode("latin-1"))) is not None:
                    return age
        return None

    def _age_of(self, value: str) -> float | None:
        at, _, signature = value.partition(".")
        wanted = _signature(self.token.secret, "cookie", self.port, at)
        if not hmac.compare_digest(signature.encode(), wanted.encode()):
            return None
        age = time.time() - int(at)
        return age if -SLACK_SECONDS <= age <= COOKIE_SECONDS else None

    def _cookie(self) -> str:
        at = str(int(time.time()))
        value = f"{at}.{_signature(self.token.secret, 'cookie', self.port, at)}"
        rest = f"Max-Age={COOKIE_SECONDS}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if self.secure else ''}"
        return f"{self.name.decode()}={value}; {rest}"

    def _without_token(self, scope: Scope) -> Response:
        """Lead to the same place without the token. From there, for a proxy may know the path under another name."""
        path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
        pairs = scope["query_string"].decode("latin-1").split("&")
        rest = "&".join(each for each in pairs if not each.startswith("token="))
        where = f"./{path.rpartition('/')[2]}{'?' * bool(rest)}{rest}"
        headers = {"Location": where, "Set-Cookie": self._cookie(), "Cache-Control": "no-store"}
        return Response(status_code=HTTPStatus.SEE_OTHER, headers=headers)

    def _page(self, said: Said) -> Response:
        """Say to a person where the address stands.

        After a link from elsewhere, a terminal in the browser perhaps, browsers leave the new cookie out
        (`SameSite=Strict`), until a page of ours asks.
        """
        foreign = any(site not in (b"same-origin", b"none") for site in said.get(b"sec-fetch-site", ()))
        again = '<meta http-equiv="refresh" content="0">' if foreign else ""
        content = PAGE.format(again=again, command=html.escape(self.command))
        headers = {**CHALLENGE, "Cache-Control": "no-store"}
        return Response(content, HTTPStatus.UNAUTHORIZED, headers, "text/html; charset=utf-8")


def _token_in(query: bytes) -> str:
    pairs = (each.partition("=") for each in query.decode("latin-1").split("&"))
    return next((unquote_plus(value) for name, _, value in pairs if name == "token"), "")


PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">{again}
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>This page needs its token</title>
<h1>This page needs its token</h1>
<p>Open the address that <code>{command}</code> printed in its terminal: it ends in <code>?token=…</code>
<p>This browser is known from then on, for 30 days after its last visit. Programs send
<code>Authorization: Bearer TOKEN</code>.
"""
