"""Send a file: what the client has already is not sent again, what it can unpack goes packed, parts as asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from textwright.server.encodings import LARGE, WELL, WELL_ENOUGH, asked_for, packed, packed_for
from textwright.server.envelope import OWN_POLICIES
from textwright.server.problems import HttpProblem
from textwright.server.served_files import ASK_AGAIN, FOR_EVER, ServedFile, media_type_of

# What is no smaller when it is packed once more, and what is so small that it does not matter.
PACKED = re.compile(r"application/(gzip|zip)|image/(?!svg)|font/|audio/|video/")
SMALL, SAVING = 1_000, 0.95
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
ENDINGS = {"br": ".br", "gzip": ".gz"}
# Names that a hash of the content stands in.
HASHED = re.compile(r"assets/.*-[\w-]{8,}\.\w+")
Packed = tuple[bytes, str] | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Files by name, each packed when somebody first asks for it so, and kept."""

    files: Mapping[str, ServedFile]
    _kept: dict[tuple[str, str], Packed]
    _lock: Lock

    async def send(self, request: Request, name: str) -> Response:
        """Send a file, or 304 when the client has it already; for ever to one that asks for it by its `?sha256=`."""
        response = await self._answer(request, name)
        if HASHED.fullmatch(name):
            response.headers["Cache-Control"] = FOR_EVER
        if name in OWN_POLICIES:
            response.headers["Content-Security-Policy"] = OWN_POLICIES[name]
        return response

    async def _answer(self, request: Request, name: str) -> Response:
        file = found_file(self.files, name)
        if "range" in request.headers:
            return part_of(request, file)
        coding = asked_for(request.scope["headers"])
        unpacked = self._with_brotli_beside(name) if coding == "br" else None
        if unpacked is not None:
            return whole(request, unpacked, unpacked.content, coding)
        smaller = await run_in_threadpool(self._packed, name, coding) if coding and _packs(file) else None
        return whole(request, file, file.content) if smaller is None else whole(request, file, *smaller)

    def _with_brotli_beside(self, name: str) -> ServedFile | None:
        """Find what replaces `NAME.gz` for a client that unpacks `NAME.br` by itself: it gets NAME."""
        stem = name.removesuffix(".gz")
        beside = self.files.get(f"{stem}.br")
        return None if stem == name or beside is None else replace(beside, media_type=media_type_of(stem))

    def _packed(self, name: str, coding: str) -> Packed:
        """Return a file packed, and how; None where that makes it hardly smaller."""
        with self._lock:
            if (name, coding) not in self._kept:
                self._kept[name, coding] = self._pack(name, coding)
            return self._kept[name, coding]

    def _pack(self, name: str, coding: str) -> Packed:
        """Take what lies packed beside the file, or pack it."""
        beside = self.files.get(f"{name}{ENDINGS[coding]}")
        content = self.files[name].content
        levels = WELL if len(content) <= LARGE else WELL_ENOUGH
        made = packed(content, coding, levels) if beside is None else beside.content
        return (made, coding) if len(made) < SAVING * len(content) else None


def shelf(files: Mapping[str, ServedFile]) -> Shelf:
    """Prepare files for being sent."""
    return Shelf(files, {}, Lock())


def found_file(files: Mapping[str, ServedFile], name: str) -> ServedFile:
    """Return a file. Raise `HttpProblem` 404 with the names that there are."""
    if name in files:
        return files[name]
    detail = f"no such file: {name!r}. Files: {', '.join(files)}"
    raise HttpProblem(HTTPStatus.NOT_FOUND, "no_such_file", detail, files=list(files))


def whole(request: Request, file: ServedFile, content: bytes, coding: str | None = None) -> Response:
    """Send a whole file, as it is or packed."""
    headers = _headers(request, file, coding)
    if _has_it(request, file):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    more = {} if coding is None else {"Content-Encoding": coding}
    return Response(content, media_type=file.media_type, headers=headers | more)


def _headers(request: Request, file: ServedFile, coding: str | None = None) -> dict[str, str]:
    named = request.query_params.get("sha256") == file.sha256
    return {
        "ETag": f'"{file.sha256}"' if coding is None else f'"{file.sha256}-{coding}"',
        "Cache-Control": FOR_EVER if named else ASK_AGAIN,
        "Accept-Ranges": "bytes",
        "Vary": "Accept-Encoding",
    }


def _has_it(request: Request, file: ServedFile) -> bool:
    """Say whether the client has this content, packed in whatever way."""
    known = request.headers.get("If-None-Match", "")
    return known.strip() == "*" or f'"{file.sha256}' in known


def part_of(request: Request, file: ServedFile) -> Response:
    """Send the bytes that `Range` asks for (RFC 9110, 14); several ranges at once get the whole file."""
    asked = RANGE.fullmatch(request.headers["range"].replace(" ", ""))
    stale = request.headers.get("If-Range", f'"{file.sha256}"') != f'"{file.sha256}"'
    if asked is None or stale or asked[0] == "bytes=-" or _has_it(request, file):
        return whole(request, file, file.content)
    size = len(file.content)
    begin = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
    end = min(int(asked[2]) + 1, size) if asked[1] and asked[2] else size
    if begin >= end:
        detail = f"the range {request.headers['range'][:80]!r} is not in the file, which has {size} bytes"
        raise HttpProblem(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "no_such_range",
            detail,
            size=size,
            headers={"Content-Range": f"bytes */{size}"},
        )
    headers = _headers(request, file) | {"Content-Range": f"bytes {begin}-{end - 1}/{size}"}
    status = HTTPStatus.PARTIAL_CONTENT
    return Response(file.content[begin:end], status_code=status, media_type=file.media_type, headers=headers)


def _packs(file: ServedFile) -> bool:
    return len(file.content) >= SMALL and PACKED.match(file.media_type) is None


async def answer(request: Request, content: bytes, media_type: str = "application/json") -> Response:
    """Send what was made for this request, packed where that is worth it."""
    body, headers = await packed_for(request.scope["headers"], content)
    response = Response(body, media_type=media_type)
    response.raw_headers.extend(headers)
    return response
