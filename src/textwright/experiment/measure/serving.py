"""Serve the files of a job, the runtime and the measuring page to a browser of this machine, and count what is sent."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

TYPES = {".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json"}
# Such a page may time by microseconds.
ISOLATED = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
# As hard as the server tries: above a size that takes too long. What saves less than this share is sent as it is.
WELL, WELL_ENOUGH, LARGE, WORTH = 9, 5, 4 * 1024 * 1024, 0.95
PACKED = (".gz", ".br")


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent: its content, packed where that makes it smaller, and how."""

    content: bytes
    kind: str
    coding: str | None = None


@dataclass(slots=True)
class Site:
    """Folders by the beginning of their path. `counted` says which paths a page loads for the model."""

    folders: Mapping[str, Path]
    pages: Mapping[str, bytes]
    counted: tuple[str, ...]
    sent: dict[str, int] = field(default_factory=dict)

    def take(self, path: str) -> File | None:
        """Return what stands under a path; None when there is nothing. Its bytes are counted."""
        found = self._page(path) or self._file(path)
        if found is not None and path.startswith(self.counted):
            self.sent[path] = len(found.content)
        return found

    def _page(self, path: str) -> File | None:
        return File(self.pages[path], "text/html") if path in self.pages else None

    def _file(self, path: str) -> File | None:
        for prefix, folder in self.folders.items():
            place = (folder / path.removeprefix(prefix)).resolve()
            if path.startswith(prefix) and place.is_relative_to(folder.resolve()):
                return as_sent(place) if place.is_file() else None
        return None

    @property
    def download_bytes(self) -> int:
        """Return the bytes of all that was sent of what is counted, each file once."""
        return sum(self.sent.values())


@cache
def as_sent(path: Path) -> File:
    """Pack a file as a server does, by Brotli where its package is installed; what gzip packed may have a twin."""
    kind = TYPES.get(path.suffix, "application/octet-stream")
    twin = path.with_suffix(".br")
    if path.suffix == ".gz" and twin.is_file() and find_spec("brotli"):
        return File(twin.read_bytes(), kind, "br")
    content = path.read_bytes()
    if path.suffix in PACKED:
        return File(content, kind)
    coding, small = _packed(content)
    return File(small, kind, coding) if len(small) < WORTH * len(content) else File(content, kind)


def _packed(content: bytes) -> tuple[str, bytes]:
    level = WELL if len(content) < LARGE else WELL_ENOUGH
    if find_spec("brotli") is None:
        return "gzip", zlib.compress(content, level, wbits=31)
    import brotli  # type: ignore[import-untyped]  # it ships no types

    return "br", bytes(brotli.compress(content, quality=level))


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """Serve a site from a thread, at a port that is free; give its address without a slash at the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            _send(self, site.take(path))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name is the base's
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _send(request: BaseHTTPRequestHandler, file: File | None) -> None:
    content = b"" if file is None else file.content
    request.send_response(404 if file is None else 200)
    for name, value in {**ISOLATED, "Content-Length": str(len(content))}.items():
        request.send_header(name, value)
    if file is not None:
        request.send_header("Content-Type", file.kind)
    if file is not None and file.coding is not None:
        request.send_header("Content-Encoding", file.coding)
    request.end_headers()
    request.wfile.write(content)
