"""Write down what was asked and answered, and answer from that alone: a run that repeats in tests and talks.

A recording is a file of JSON lines, one request with its answer each. Failures are not written down.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from io import FileIO
from pathlib import Path
from threading import Lock
from types import TracebackType

from textwright.errors import CallError, DataError
from textwright.llm.calls import Completer, Completion, Request
from textwright.llm.kept.nearest import Nearest
from textwright.llm.kept.stored import as_json, completion_data, completion_from, loaded, request_data, request_from
from textwright.private import make_private_file


class Recorded:
    """Writes down what a completer answers, each line at once and whole; used by many threads.

    A recording that exists is continued. An answer that is the last one again, to the same request, is
    not written twice.
    """

    def __init__(self, inner: Completer, path: Path) -> None:
        """Put a recording around a completer. Raise `DataError` when the file cannot be written or is no recording."""
        self._inner = inner
        self._path = path
        self._lock = Lock()
        self._last = {request.key: completion.text for request, completion in _existing(path)}
        self._file = _opened(path)

    def complete(self, request: Request) -> Completion:
        """Answer a request by the completer inside, and write both down."""
        completion = self._inner.complete(request)
        with self._lock:
            if self._last.get(request.key) != completion.text:
                self._write({"request": request_data(request), "completion": completion_data(completion)})
                self._last[request.key] = completion.text
        return completion

    def _write(self, line: dict[str, object]) -> None:
        try:
            self._file.write(f"{as_json(line)}\n".encode())
        except OSError as error:
            raise DataError(f"{self._path}: cannot be written: {error.strerror or error}") from error

    def close(self) -> None:
        """Wait until the disk has everything, and close the file."""
        with self._lock:
            if not self._file.closed:
                os.fsync(self._file.fileno())
                self._file.close()

    def __enter__(self) -> Recorded:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Replayed:
    """Answers from a recording alone, by everything that the request is made of.

    Several answers to the same request come in the order in which they were written down; the last one is
    repeated. What was not recorded is a `CallError` "not_recorded" that says what the nearest request was.
    """

    def __init__(self, path: Path) -> None:
        """Read a recording. Raise `DataError` that says where it is none."""
        self._path = path
        self._lock = Lock()
        self._answers: dict[str, list[Completion]] = defaultdict(list)
        self._next: dict[str, int] = defaultdict(int)
        recorded = {}
        for request, completion in _lines(path):
            self._answers[request.key].append(completion)
            recorded[request.key] = request
        self._requests = tuple(recorded.values())
        self._nearest: Nearest | None = None

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """Return the addresses and models that were asked, in the order of the recording."""
        return tuple(dict.fromkeys((request.address, request.model) for request in self._requests))

    def complete(self, request: Request) -> Completion:
        """Answer as it was recorded."""
        with self._lock:
            answers = self._answers.get(request.key)
            if not answers:
                raise CallError("not_recorded", self._why_not(request))
            turn = self._next[request.key]
            self._next[request.key] = turn + 1
        return replace(answers[min(turn, len(answers) - 1)], cached=True)

    def _why_not(self, request: Request) -> str:
        if not self._requests:
            return f"{self._path}: holds no recorded answers"
        if self._nearest is None:
            self._nearest = Nearest(self._requests)
        return f"{self._path}: this was not recorded. The nearest request differs in {self._nearest.told(request)}"


# --- the file -------------------------------------------------------------------------------


def _existing(path: Path) -> Iterator[tuple[Request, Completion]]:
    return _lines(path) if path.exists() else iter(())


def _lines(path: Path) -> Iterator[tuple[Request, Completion]]:
    """Read a recording; a last line that was cut off by a kill is no answer."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error
    for number, line in enumerate(_whole(content).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            data = loaded(line.decode("utf-8"))
            yield request_from(data["request"]), completion_from(data["completion"], cached=True)
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"{path}:{number}: no recorded answer ({error}). Record it again") from error


def _whole(content: bytes) -> bytes:
    r"""Leave out a last line that was cut off.

    >>> _whole(b'{"a": 1}\n{"b"'), _whole(b'{"a": 1}\n{"b": 2}')
    (b'{"a": 1}\n', b'{"a": 1}\n{"b": 2}')
    """
    last = content.rfind(b"\n") + 1
    try:
        json.loads(content[last:])
    except ValueError:
        return content[:last]
    return content


def _opened(path: Path) -> FileIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        make_private_file(path)
        content = path.read_bytes() if path.exists() else b""
        file = path.open("ab", buffering=0)
        whole = _whole(content)
        file.truncate(len(whole))
        if whole and not whole.endswith(b"\n"):
            file.write(b"\n")
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error
    return file
