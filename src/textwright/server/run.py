"""Serve on a port until a signal says stop."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import uvicorn
from starlette.types import ASGIApp

from textwright.errors import TextwrightError
from textwright.server.app import Service, create_app
from textwright.server.connections import Connection
from textwright.server.gate import is_loopback, place_of
from textwright.server.hosted import Hosted
from textwright.server.keys import Token
from textwright.server.limits import Limits
from textwright.server.logs import Form, log_faults_as_json, writer

STOP_SECONDS = 10
# What a client that has just been answered may still send when the server stops.
LAST_SECONDS = 1.0
# Other processes close their ports meanwhile: a client that is told to leave would else go to one that is about to.
OTHERS_SECONDS = 0.5
# Of the seconds that stopping may take, those for what is cut off then: to be told so, and for threads to end.
CUT_SECONDS = 1
# A peer that takes none of its answer for so long is gone, whatever its window says.
UNREAD_SECONDS = 60
# The event loop waits for the lock of Python at most so long behind a model's thread: the default is ten times that.
SWITCH_SECONDS = 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a server of models is run: what it takes, whom it lets in, and what it writes to its log.

    `names` are further names under which it is reached. Keys take the place of the token.
    """

    limits: Limits = field(default_factory=Limits)
    cors: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    token: Token | None = None
    names: tuple[str, ...] = ()
    log: Form = "off"

    def door(self) -> str:
        """Say whom it lets in."""
        if self.keys:
            return "to who has a key"
        return "to who has this address" if self.token else "to everybody who reaches it"


def bind(host: str, port: int) -> socket.socket:
    """Take the port, 0 for any free one. Raise `TextwrightError` when that cannot be done."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise TextwrightError(_why_not(host, port, error)) from None


def _why_not(host: str, port: int, error: Exception) -> str:
    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return f"port {port} of {host} is taken. Choose another with --port, or --port 0 for any free one"
    if code in (errno.EACCES, errno.EPERM):
        return f"port {port} needs rights that you do not have. Choose one above 1023 with --port"
    return f"cannot listen on port {port} of {host}: {error}"


def address(listening: socket.socket) -> str:
    """Return the URL at which a socket is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def at(listening: socket.socket, settings: Settings) -> str:
    """Say where a server is, and whom it lets in; where it asks for nothing, that is this machine alone perhaps."""
    url = address(listening)
    if settings.token is not None and not settings.keys:
        url = settings.token.in_address(url)
    asks_nothing = not settings.keys and settings.token is None
    here = asks_nothing and is_loopback(listening.getsockname()[0])
    return f"{url} {'to this machine alone' if here else settings.door()}"


def serve(
    models: Sequence[Hosted], listening: socket.socket, *, settings: Settings, say: Callable[[str], None]
) -> None:
    """Serve until SIGINT or SIGTERM; requests that were taken are finished first."""
    names = ", ".join(model.name for model in models)
    line = f"Serving {names} at {at(listening, settings)} (Ctrl+C stops)"
    serve_models(models, listening, settings=settings, ready=lambda: say(line))


def serve_models(
    models: Sequence[Hosted], listening: socket.socket, *, settings: Settings, ready: Callable[[], None]
) -> None:
    """Serve, as one of several processes perhaps."""
    sys.setswitchinterval(SWITCH_SECONDS)
    if settings.log == "json":
        log_faults_as_json()
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_SECONDS * 1000)
    host, port = listening.getsockname()[:2]
    app = create_app(
        models,
        limits=settings.limits,
        place=place_of(host, port, allow=settings.names),
        cors=settings.cors,
        keys=settings.keys,
        token=settings.token,
        log=writer(settings.log),
    )
    service: Service = app.state.service
    run_until_stopped(app, listening, STOP_SECONDS, ready=ready, stopping=service.begin_to_stop)


def run_until_stopped(
    app: ASGIApp,
    listening: socket.socket,
    seconds: int,
    *,
    ready: Callable[[], None],
    stopping: Callable[[], None] | None = None,
) -> None:
    """Run an application until SIGINT or SIGTERM; requests that were taken have some seconds to end, all in all.

    `ready` is called when requests are taken, `stopping` when no new connections are: from then on the application
    says so in each answer, and connections at work have time for one more. The sender of a request is the peer of the
    connection, whatever a header says.
    """
    config = uvicorn.Config(
        app,
        http=Connection,
        log_level="warning",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=seconds,
    )
    # The server raises the signal again after its orderly stop; to be stopped is no failure.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    _Server(config, ready, stopping).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Tells when it takes requests and when it ceases to, and cuts no connection off while it is in use."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], stopping: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._ready, self._stopping = ready, stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to take requests."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no new connections, let those that there are have a last answer, and end."""
        if self._stopping is not None:
            begun = time.monotonic()
            await self._close_port()
            self._stopping()
            await self._last_requests()
            self._leave_time(time.monotonic() - begun + CUT_SECONDS)
        await super().shutdown(sockets)

    def _leave_time(self, seconds: float) -> None:
        """Let requests take what is left of the time for stopping, without some seconds."""
        whole = self.config.timeout_graceful_shutdown or 0
        self.config.timeout_graceful_shutdown = max(0, int(whole - seconds))

    async def _close_port(self) -> None:
        """Take what has come to the port, and then no more."""
        for _ in range(3):
            await asyncio.sleep(0)
        for server in self.servers:
            server.close()
        if self.server_state.connections:
            await asyncio.sleep(OTHERS_SECONDS)

    async def _last_requests(self) -> None:
        """Wait until each connection has got an answer that says goodbye, or has been idle for a moment."""
        end = asyncio.get_running_loop().time() + LAST_SECONDS
        while self.server_state.connections and asyncio.get_running_loop().time() < end and not self.force_exit:
            await asyncio.sleep(0.05)
