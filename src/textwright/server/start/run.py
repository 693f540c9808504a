"""Serve the project page until a signal says stop."""

from __future__ import annotations

import socket
from collections.abc import Callable

from textwright.project.workbench import Workbench
from textwright.server.gate import place_of
from textwright.server.keys import Token
from textwright.server.run import address, run_until_stopped
from textwright.server.start.app import create_start_app

STOP_SECONDS = 2


def run_start(bench: Workbench, listening: socket.socket, *, token: Token, say: Callable[[str], None]) -> None:
    """Serve a project's page to who has the token until SIGINT or SIGTERM, then close the workbench."""
    host, port = listening.getsockname()[:2]
    app = create_start_app(bench, place=place_of(host, port), token=token)
    greeting = f"{bench.project.name} is at {token.in_address(address(listening))} (Ctrl+C stops)"
    bench.start()
    try:
        run_until_stopped(app, listening, STOP_SECONDS, ready=lambda: say(greeting))
    finally:
        bench.close()
