"""A project that is really served, as `textwright start` serves it: it can go away and come back."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import uvicorn

from textwright.project.files import Project
from textwright.project.workbench import Workbench
from textwright.server.gate import place_of
from textwright.server.run import bind
from textwright.server.start.app import create_start_app

if TYPE_CHECKING:
    from socket import socket


class Served:
    """A project behind its address. `bench` and `project` are for looking into what is kept."""

    def __init__(self, project: Project) -> None:
        self.project, self._port = project, 0
        self.bench: Workbench
        self._listening: socket
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/"

    def start(self) -> None:
        """Open the workbench and serve it, on the same port as before."""
        self._listening = bind("127.0.0.1", self._port)
        self._port = self._listening.getsockname()[1]
        self.bench = Workbench(self.project, say=lambda _: None)
        app = create_start_app(self.bench, place=place_of("127.0.0.1", self._port))
        self.bench.start()
        # The page holds its connections open; a server that stops does not wait for it.
        config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listening]})
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop serving and close the workbench; `start` begins anew, as a second command would."""
        if self._server is None:
            return
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()
        self._server = None
        self.bench.close()
