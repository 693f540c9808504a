"""llama.cpp in this process: started when first asked, shared by all who use the same file, quiet, and gone at the end.

`xllamacpp` runs llama.cpp's server in threads of its own; it is asked over 127.0.0.1 with a key that only this
process knows, because tokenizing and filling in the chat template are offered in no other way.
"""

from __future__ import annotations

import atexit
import ctypes
import http.client
import json
import os
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from textwright.errors import CallError, MissingExtraError, ModelError
from textwright.llm.local.gguf_header import Header, read_header

Json = dict[str, Any]
QUIET = -1


@dataclass(frozen=True, slots=True)
class Setting:
    """What two users of a server must agree on to share it."""

    gguf: Path
    size: int
    changed: int
    context: int
    parallel: int


def setting_of(gguf: Path, *, context: int, parallel: int) -> Setting:
    """Look at a file of weights. Raise `ModelError` when it is none."""
    header = read_header(gguf)
    told = gguf.stat()
    most = min(context, header.context) if header.context else context
    return Setting(gguf.resolve(), told.st_size, told.st_mtime_ns, most, parallel)


class EmbeddedServer:
    """A running llama.cpp. `lock` is for whoever must ask several times without anybody in between."""

    def __init__(self, setting: Setting) -> None:
        """Load the model, which takes from half a second to minutes."""
        self.setting = setting
        self.lock = threading.Lock()
        self.users = 0
        self.computed: tuple[tuple[int, ...], ...] = ()
        self._key = secrets.token_urlsafe(24)
        self._inner: Any = _started(setting, self._key)
        self._host = urlsplit(self._inner.listening_address).netloc

    def post(self, path: str, body: Json) -> Json:
        """Ask, and return what is answered. Raise `CallError`."""
        try:
            status, answer = self._post(path, json.dumps(body).encode("ascii"))
            found = json.loads(answer)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CallError("server", f"the embedded model stopped: {type(error).__name__}: {error}") from error
        if status != 200:
            raise CallError("bad_request", f"the embedded model refuses: {found['error'].get('message', found)}")
        answered: Json = found
        return answered

    def _post(self, path: str, body: bytes) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self._host)
        try:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def close(self) -> None:
        """Stop the threads and free the memory."""
        self._inner = None

    def abandon(self) -> None:
        """Forget, in a forked process, a server whose threads were left behind; freeing it would wait for them."""
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._inner))
        self._inner = None


def _started(setting: Setting, key: str) -> Any:
    global _started_once
    try:
        import xllamacpp
    except ImportError as error:
        raise MissingExtraError("xllamacpp", "local") from error
    parameters = _parameters(xllamacpp.CommonParams(), setting, key)
    _started_once = True
    try:
        return xllamacpp.Server(parameters)
    except RuntimeError as error:
        raise ModelError(_cannot_run(setting.gguf, read_header(setting.gguf))) from error


def _cannot_run(gguf: Path, header: Header) -> str:
    return (
        f"{gguf}: llama.cpp cannot run this model of the architecture {header.architecture!r}: it is damaged, "
        "of a kind that this version of xllamacpp does not know, or too large for the memory"
    )


def _threads() -> int:
    """Take half of the cores: the threads wait for each other by spinning, so that one core too many is dear."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores // 2)


def _parameters(parameters: Any, setting: Setting, key: str) -> Any:
    """Fill in what llama.cpp is told; what it would remember on its own is switched off, see `Embedded`."""
    threads = _threads()
    parameters.model.path = str(setting.gguf)
    parameters.n_ctx = setting.context * setting.parallel
    parameters.n_parallel = setting.parallel
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    parameters.verbosity = QUIET
    parameters.warmup = False
    parameters.ui = False
    parameters.api_keys = [key]
    parameters.cache_ram_mib = 0
    parameters.n_ctx_checkpoints = 0
    parameters.swa_full = True
    return parameters


# --- servers that run, in this process --------------------------------------------------------

_running: dict[Setting, EmbeddedServer] = {}
_guard = threading.Lock()
_started_once = _left_behind = False


def borrow(setting: Setting) -> EmbeddedServer:
    """Return the server of a setting, started if nobody uses it yet; give it back with `give_back`."""
    if _left_behind:
        raise ModelError(
            "the embedded model ran in the process that this one was forked from, and cannot run again here: "
            "start processes with multiprocessing's 'spawn', or use the model in the child alone"
        )
    with _guard:
        server = _running.get(setting)
        if server is None:
            server = _running[setting] = EmbeddedServer(setting)
        server.users += 1
        return server


def give_back(server: EmbeddedServer) -> None:
    """Stop a server when its last user has done with it."""
    with _guard:
        server.users -= 1
        if server.users > 0 or _running.get(server.setting) is not server:
            return
        del _running[server.setting]
    with server.lock:
        server.close()


@atexit.register
def _close_all() -> None:
    with _guard:
        servers = list(_running.values())
        _running.clear()
    for server in servers:
        server.close()


def _forget_all() -> None:
    """Touch nothing of llama.cpp's in a forked process: its threads stayed behind, its locks perhaps locked."""
    global _guard, _left_behind
    _guard = threading.Lock()
    _left_behind = _left_behind or _started_once
    for server in _running.values():
        server.abandon()
    _running.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
