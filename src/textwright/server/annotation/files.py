"""The routes for whole files: export and import, both while people work."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import quote

from fastapi import Response
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, StreamingResponse

from textwright import formats
from textwright.errors import DataError, MissingExtraError, StoreError
from textwright.formats import Format, Options, Rejected, raise_rejected
from textwright.formats.base import OnReject
from textwright.formats.jsonl import format_example
from textwright.schema import Schema
from textwright.server.annotation.data import answer
from textwright.server.annotation.service import Asked, Service, storage_problem
from textwright.server.problems import HttpProblem
from textwright.store.accounts import is_name
from textwright.store.state import WRONG
from textwright.types import Example

LOG = logging.getLogger(__name__)
PIECE = 64 * 1024
JSONL, BYTES = "application/jsonl", "application/octet-stream"
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
SHOWN = 10


def export(service: Service, asked: Asked) -> Response:
    """Give what was annotated as a file. JSON Lines are sent as they are read, other formats when they are whole."""
    chosen = _format(asked.query.format)
    name = f"{service.desk.project.name or 'export'}{_ending(chosen)}"
    _note_export(service, asked)
    if chosen.name == "jsonl":
        pieces = _pieces(_examples(service, asked))
        first = next(pieces, b"")  # a database that cannot be read shows now, while an error can still be answered
        return StreamingResponse(chain([first], pieces), media_type=JSONL, headers=attachment(name))
    return _whole_file(service, asked, chosen, name)


def _note_export(service: Service, asked: Asked) -> None:
    """Write an export down, if that can be: with a full disk, what is there must still be got out."""
    wanted = asked.query
    try:
        service.note(asked.known.name, "export", format=wanted.format, which=wanted.which, status=wanted.status)
    except StoreError as error:
        LOG.warning("the export by %s is not in the audit log: %s", asked.known.name, error)


def _examples(service: Service, asked: Asked) -> Iterator[Example]:
    return service.desk.examples(which=asked.query.which, status=asked.query.status)


def _format(name: str) -> Format:
    if name not in formats.FORMATS:
        known = sorted(formats.FORMATS)
        detail = f"unknown format {name!r}. Known formats: {', '.join(known)}"
        raise HttpProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_format", detail, formats=known)
    return formats.FORMATS[name]


def _ending(chosen: Format) -> str:
    return chosen.endings[0] if chosen.endings else ".txt"


def _pieces(examples: Iterable[Example]) -> Iterator[bytes]:
    """Join lines into pieces that are worth sending."""
    waiting: list[bytes] = []
    size = 0
    for example in examples:
        line = f"{format_example(example)}\n".encode("utf-8", "backslashreplace")
        waiting.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _whole_file(service: Service, asked: Asked, chosen: Format, name: str) -> Response:
    """Write the file into a folder that is removed once it is sent."""
    folder = TemporaryDirectory(prefix="textwright-")
    path = Path(folder.name) / f"export{_ending(chosen)}"
    try:
        _write(service, asked, chosen, path)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(path, media_type=BYTES, headers=attachment(name), background=BackgroundTask(folder.cleanup))


def _write(service: Service, asked: Asked, chosen: Format, path: Path) -> None:
    options = Options(schema=service.desk.project.schema, on_warning=_ignore)
    try:
        lost = formats.count_losses(_examples(service, asked), chosen, options)
        if lost and not asked.query.lossy:
            detail = f"{chosen.name} cannot hold {formats.loss_counts(lost)}. Ask with lossy=true for the rest"
            raise HttpProblem(HTTPStatus.CONFLICT, "lossy", detail, lost=dict(lost))
        formats.write(path, _examples(service, asked), format=chosen.name, lossy=asked.query.lossy, options=options)
    except MissingExtraError as error:
        raise HttpProblem(HTTPStatus.NOT_IMPLEMENTED, "missing_package", str(error)) from None
    except DataError as error:
        raise HttpProblem(HTTPStatus.CONFLICT, "not_writable", str(error).replace(str(path), chosen.name)) from None


def _ignore(_: str) -> None:
    """Take a warning: nobody reads it here."""


def attachment(name: str) -> dict[str, str]:
    """Name a file so that no name can add a header or be opened in the page."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}


def import_file(service: Service, asked: Asked) -> Response:
    """Add the texts of a file, and what annotators said of them, while people work.

    The whole file is read first: with one wrong line nothing is added.
    """
    upload = Upload(
        _kept_in(asked), asked.query.name, asked.query.format, asked.query.column, service.desk.project.schema
    )
    upload.check()
    added = service.desk.add(upload.examples())
    counts = {"added": added.added, "known": added.known, "annotations": added.annotations}
    service.note(asked.known.name, "import", file=asked.query.name, **counts)
    return answer(counts)


def _kept_in(asked: Asked) -> Path:
    assert asked.file is not None
    return asked.file


async def keep_upload(pieces: AsyncIterator[bytes], folder: Path, name: str) -> Path:
    """Write a body into a folder of its own. Of the name that the client gave only the ending is used."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    path = folder / f"file{suffix if re.fullmatch('[.][a-z0-9]{1,12}', suffix) else ''}"
    try:
        with path.open("wb") as file:
            async for piece in pieces:
                file.write(piece)
    except OSError as error:
        raise storage_problem(error.strerror or str(error)) from error
    return path


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent, and what its sender said of it."""

    path: Path
    name: str
    format: str | None
    column: str
    schema: Schema

    def check(self) -> None:
        """Read all of it. Raise `HttpProblem` 422 that names the first wrong lines and counts all."""
        wrong: list[Rejected] = []
        count = 0

        def take(rejected: Rejected) -> None:
            nonlocal count
            count += 1
            if len(wrong) < SHOWN:
                wrong.append(rejected)

        for place, example in enumerate(self._read(take), start=1):
            for reason in self._faults(example):
                take(Rejected("", place, f"record {place}: {reason}", ""))
        if wrong:
            first = wrong[0]
            lines = [{"line": each.line, "reason": each.reason} for each in wrong]
            detail = f"{self.name}, line {first.line}: {first.reason}. Nothing was added; {count} lines are wrong"
            raise HttpProblem(UNPROCESSABLE, "wrong_lines", detail, line=first.line, lines=lines, found=count)

    def examples(self) -> Iterator[Example]:
        """Yield what it holds, after `check`."""
        return self._read(raise_rejected)

    def _read(self, on_reject: OnReject) -> Iterator[Example]:
        options = Options(self.column, on_reject, self.schema, on_warning=_ignore)
        try:
            yield from formats.read(self.path, format=self._format(), options=options)
        except MissingExtraError as error:
            raise HttpProblem(HTTPStatus.NOT_IMPLEMENTED, "missing_package", str(error)) from None
        except DataError as error:
            detail = str(error).replace(str(self.path), self.name)
            raise HttpProblem(UNPROCESSABLE, "not_readable", f"{detail}. Nothing was added") from None

    def _format(self) -> str | None:
        return None if self.format is None else _format(self.format).name

    def _faults(self, example: Example) -> Iterator[str]:
        """Say what keeps an example from being stored in this project."""
        words = (example.id, example.text, example.annotator or "")
        if any("\x00" in word for word in words):
            yield "a character NUL stands in the text, the id or the annotator's name, which databases do not hold"
        if example.annotator is not None and not is_name(example.annotator):
            yield f"{example.annotator[:100]!r} cannot be an annotator's name"
        problems = self.schema.problems(example.text, example.gold)
        yield from (each.reason for each in problems if each.kind in WRONG)
