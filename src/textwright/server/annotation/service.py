"""What the routes share, and what a request has become when its turn comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from anyio import CapacityLimiter
from fastapi import Request

from textwright.annotate.desk import Desk
from textwright.server.annotation.buckets import Buckets
from textwright.server.annotation.guesses import Guesses, block_of
from textwright.server.annotation.limits import AnnotationLimits
from textwright.server.annotation.trust import Person, Trust
from textwright.server.gate import Place, sender
from textwright.server.problems import HttpProblem
from textwright.server.requests import BodyLimits, Room
from textwright.store.audit import log_in_places, note_event
from textwright.store.database import Database

RETRY_SECONDS = 5


@dataclass(slots=True)
class Service:
    """One annotation server."""

    desk: Desk
    trust: Trust
    place: Place
    limits: AnnotationLimits
    ready: bool = False
    requests: Buckets = field(init=False)
    strangers: Buckets = field(init=False)
    acts: Buckets = field(init=False)
    guesses: Guesses = field(init=False)
    hashing: CapacityLimiter = field(init=False)
    files: CapacityLimiter = field(init=False)
    texts: CapacityLimiter = field(init=False)
    bodies: Room = field(init=False)
    uploads: Room = field(init=False)

    def __post_init__(self) -> None:
        """Make the buckets, pools and rooms that the limits ask for."""
        limits = self.limits
        self.requests = Buckets(limits.requests_a_second, limits.requests_burst)
        self.strangers = Buckets(limits.stranger_requests_a_second, limits.stranger_requests_burst)
        self.acts = Buckets(limits.acts_a_second, limits.acts_burst)
        self.guesses = Guesses(limits, known=log_in_places(self.database))
        self.hashing = CapacityLimiter(limits.hashing_at_once)
        self.files = CapacityLimiter(limits.files_at_once)
        self.texts = CapacityLimiter(limits.texts_at_once)
        self.bodies, self.uploads = Room(limits.held), Room(limits.uploads_held, each=limits.upload)

    @property
    def database(self) -> Database:
        """Return where everything is kept."""
        return self.desk.database

    @property
    def cookie(self) -> str:
        """Name the session's cookie. Servers on one machine share cookies, so that the name holds the port."""
        return "__Host-textwright" if self.place.secure else f"textwright_{self.place.port}"

    def body_limits(self, *, stranger: bool) -> BodyLimits:
        """Say what a body may be: strangers, who can ask as often as they like, send little."""
        size = self.limits.stranger_body if stranger else self.limits.body
        return BodyLimits(size=size, seconds=self.limits.body_seconds, pause=self.limits.pause)

    @property
    def upload_limits(self) -> BodyLimits:
        """Say what a file may be."""
        limits = self.limits
        return BodyLimits(size=limits.upload, seconds=limits.upload_seconds, pause=limits.pause)

    def note(self, who: str, what: str, **detail: Any) -> None:
        """Write into the audit log."""
        note_event(self.database, who, what, **detail)

    def address(self, request: Request) -> str:
        """Return from where a request comes."""
        peer = request.client.host if request.client else ""
        return sender(request.headers, peer, self.trust.networks)

    def identify(self, request: Request) -> Person | None:
        """Find out who asks; None when nobody is known."""
        return self.trust.who(*self._said(request))

    def known(self, request: Request) -> Person | None:
        """Return who asks if that was found out a moment ago: it costs nothing."""
        return self.trust.known(*self._said(request))

    def _said(self, request: Request) -> tuple[Callable[[str], Sequence[str]], str, str | None]:
        peer = request.client.host if request.client else ""
        return request.headers.getlist, peer, request.cookies.get(self.cookie)

    def spare(self, person: Person | None, address: str) -> None:
        """Raise `HttpProblem` 429 when somebody asks too often; strangers are counted by their address."""
        wait = self.strangers.take(block_of(address)) if person is None else self.requests.take(person.name)
        if wait:
            raise too_often("too many requests", wait)


def too_often(what: str, seconds: int) -> HttpProblem:
    """Build the problem that says when to come again."""
    detail = f"{what}; try again in {seconds} s"
    return HttpProblem(HTTPStatus.TOO_MANY_REQUESTS, "too_often", detail, retry_after=seconds)


def storage_problem(detail: str) -> HttpProblem:
    """Build the problem that says that nothing can be kept now; a client keeps what it has and comes again."""
    return HttpProblem(HTTPStatus.SERVICE_UNAVAILABLE, "storage", detail, retry_after=RETRY_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that was read and checked. `person` is None only where strangers may ask, too."""

    person: Person | None
    address: str
    token: str | None
    path: Any
    query: Any
    body: Any
    file: Path | None = None

    @property
    def known(self) -> Person:
        """Return who asks, on routes that ask for a role."""
        assert self.person is not None
        return self.person
