"""Serve on a port until a signal says stop."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable, Sequence

import uvicorn
from starlette.types import ASGIApp

from textwright.errors import TextwrightError
from textwright.server.app import create_app
from textwright.server.hosted import Hosted
from textwright.server.limits import Limits

STOP_SECONDS = 10


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


def serve(models: Sequence[Hosted], listening: socket.socket, *, limits: Limits, say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; requests that were taken are finished first."""
    line = f"Serving {', '.join(model.name for model in models)} at {address(listening)} (Ctrl+C stops)"
    run_until_stopped(create_app(models, limits=limits), listening, STOP_SECONDS, ready=lambda: say(line))


def run_until_stopped(app: ASGIApp, listening: socket.socket, seconds: int, *, ready: Callable[[], None]) -> None:
    """Run an application until SIGINT or SIGTERM; requests that were taken have some seconds to end.

    `ready` is called when requests are taken. The sender of a request is the peer of the connection, whatever
    a header says.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=seconds,
    )
    # The server raises the signal again after its orderly stop; to be stopped is no failure.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    _Server(config, ready).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Tells when it takes requests."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to take requests."""
        await super().startup(sockets)
        if self.started:
            self._ready()
