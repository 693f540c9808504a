"""Who asks: the one annotator of a loopback server, a person who logged in, or whom a trusted proxy names."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from textwright.errors import TextwrightError
from textwright.server.gate import Network, is_loopback, lies_in
from textwright.store.accounts import RANK, Role, any_account, find_account, is_name
from textwright.store.database import Database
from textwright.store.sessions import session_account

LOOK_AGAIN_SECONDS = 1.0
# So long somebody stays known whom another process, a command, has disabled meanwhile.
KNOWN_SECONDS = 3.0
MOST_KNOWN = 10_000


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, and as what."""

    name: str
    role: Role

    def may(self, needed: Role) -> bool:
        """Say whether the role is enough."""
        return RANK[self.role] >= RANK[needed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy that logs people in. `header` holds their name; `owners` are owners without an account.

    It is believed when it speaks from one of `networks`; where none is named, when it speaks from this machine.
    """

    header: str
    networks: tuple[Network, ...] = ()
    owners: tuple[str, ...] = ()

    def is_believed(self, peer: str) -> bool:
        """Say whether what comes from this address is the proxy's word."""
        return lies_in(peer, self.networks) if self.networks else is_loopback(peer)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who was found a moment ago, and how often accounts had changed by then."""

    person: Person
    until: float
    changes: int


class Trust:
    """Finds out who asks. Threads may share it."""

    def __init__(
        self, database: Database, *, annotator: str, proxy: Proxy | None = None, networks: Sequence[Network] = ()
    ) -> None:
        """Name the annotator of a server without accounts, and the networks whose word on addresses is believed."""
        self._database, self._annotator, self.proxy, self.networks = database, annotator, proxy, tuple(networks)
        self._has_accounts, self._looked = False, float("-inf")
        self._known: dict[str, Known] = {}

    def needs_log_in(self) -> bool:
        """Say whether people log in here: there are accounts, and no proxy does it."""
        if self.proxy is not None:
            return False
        # Accounts are never removed, so that a yes stays; a no is asked again, for accounts may be added meanwhile.
        if not self._has_accounts and time.monotonic() - self._looked > LOOK_AGAIN_SECONDS:
            self._has_accounts, self._looked = any_account(self._database), time.monotonic()
        return self._has_accounts

    def who(self, header: Callable[[str], Sequence[str]], peer: str, token: str | None) -> Person | None:
        """Return who asks, or None when nobody is known.

        `header` gives all values of a header, `token` is the one of a session.
        """
        said = self._said(header, peer, token)
        if self.proxy is None and not self.needs_log_in():
            return Person(self._annotator, "owner")
        if not said:
            return None
        changes = self._database.people_changes
        person = self._found(said)
        if person is not None:
            self._keep(said, Known(person, time.monotonic() + KNOWN_SECONDS, changes))
        return person

    def known(self, header: Callable[[str], Sequence[str]], peer: str, token: str | None) -> Person | None:
        """Return who asks if it was found out a moment ago, without asking the database."""
        found = self._known.get(self._said(header, peer, token) or "")
        fresh = found and found.changes == self._database.people_changes and time.monotonic() < found.until
        return found.person if found and fresh else None

    def _keep(self, said: str, known: Known) -> None:
        if len(self._known) >= MOST_KNOWN:
            self._known = {}
        self._known[said] = known

    def _said(self, header: Callable[[str], Sequence[str]], peer: str, token: str | None) -> str | None:
        """Return what a request says of who asks: a name from a proxy that is believed, or a session's token."""
        if self.proxy is None:
            return token
        # Two headers: one of them may be the client's own, which the proxy let through.
        said = header(self.proxy.header)
        return _decoded(said[0]) if len(said) == 1 and self.proxy.is_believed(peer) else None

    def _found(self, said: str) -> Person | None:
        if self.proxy is not None:
            return self._named_by_proxy(self.proxy, said)
        account = session_account(self._database, said)
        return None if account is None else Person(account.name, account.role)

    def _named_by_proxy(self, proxy: Proxy, name: str) -> Person | None:
        account = find_account(self._database, name)
        if account is not None:
            return None if account.disabled else Person(name, account.role)
        return Person(name, "owner" if name in proxy.owners else "annotator")


def _decoded(header: str) -> str | None:
    """Read a name as proxies send it, UTF-8 in a header that is Latin-1; None when it cannot be a name."""
    try:
        name = header.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return None
    return name if is_name(name) else None


def check_reach(hosts: Iterable[str], database: Database, proxy: Proxy | None) -> None:
    """Refuse to let other machines in while everybody would be an owner. Raise `TextwrightError` that says the ways.

    `hosts` are the address listened on and the name under which people come by a proxy, where there is one.
    """
    reached = [host for host in hosts if not is_loopback(host)]
    if not reached or proxy is not None or any_account(database):
        return
    where = shown_database(database)
    raise TextwrightError(
        f"at {reached[0]} other machines come in, so people must be known first. Make an account: "
        f"`textwright accounts add NAME --role owner --database {where}`; or let a proxy log people in, and name "
        "its header and its address: `--trust-header X-Forwarded-User --trust-from ADDRESS`"
    )


def shown_database(database: Database) -> str:
    """Write where a database is, as a command takes it, without its password."""
    url = database.engine.url
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def proxy_of(header: str | None, trusted: Iterable[Network], owners: Iterable[str]) -> Proxy | None:
    """Build what is known of a proxy; None without a header. Raise `TextwrightError` at a header that cannot be one."""
    if header is None:
        return None
    if not re.fullmatch(r"[A-Za-z0-9-]+", header):
        raise TextwrightError(f"{header!r} cannot be a header's name. Give one like X-Forwarded-User")
    return Proxy(header=header, networks=tuple(trusted), owners=tuple(owners))
