"""Answers that are kept, so that nothing is paid twice: one SQLite file for all runs and processes.

The key is the request's, which is made of everything that can change an answer. The request is kept with
it, so that a person can see what was asked.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from types import TracebackType

from textwright.errors import CallError, StoreError
from textwright.llm.calls import Completer, Completion, Request
from textwright.llm.kept.answers_file import AnswersFile
from textwright.llm.kept.stored import as_json, completion_data, completion_from, loaded, request_data

ENVIRONMENT = "TEXTWRIGHT_CACHE"
FILE = "answers.sqlite"
SHOWN = 80


def default_cache() -> Path:
    """Return the file that TEXTWRIGHT_CACHE names, or else the user's own."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("textwright", appauthor=False) / FILE


class UnreadableError(StoreError):
    """An answer that is there and cannot be read, `found`; the file is sound, and it can be asked for again."""

    def __init__(self, reason: str, found: bytes) -> None:
        """Say where it is and what is wrong with it."""
        super().__init__(reason, found)
        self.reason = reason
        self.found = found

    def __str__(self) -> str:
        """Say what is wrong."""
        return self.reason


class Cache:
    """The file of answers; used by many threads and processes at once."""

    def __init__(self, path: Path) -> None:
        """Open the file or make it. Raise `StoreError` that says why it cannot be used."""
        self.path = path
        self._file = AnswersFile(path)

    def get(self, request: Request) -> Completion | None:
        """Return the answer that is kept for exactly this request, marked as cached.

        Raise `UnreadableError` when it is none that this version can read.
        """
        found = self._file.completion(request.key)
        if found is None:
            return None
        try:
            return completion_from(loaded(found), cached=True)
        except ValueError as error:
            why = f"{self.path}: the answer with the key {request.key} cannot be read: {error}"
            raise UnreadableError(why, found) from None

    def put(self, request: Request, completion: Completion, *, instead_of: bytes | None = None) -> None:
        """Keep an answer. One that is there already stays, so that asking again gives the same.

        `instead_of` is what an `UnreadableError` found: it is replaced, if it is still that.
        """
        if instead_of is not None:
            self._file.forget(request.key, instead_of)
        self._file.add(
            key=request.key,
            address=request.address,
            model=request.model,
            request=as_json(request_data(request)),
            completion=as_json(completion_data(completion)),
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            version=_version(),
        )

    def count(self, *, model: str | None = None, address: str | None = None) -> int:
        """Count the answers, or those of one model, at one address."""
        return self._file.count(model=model, address=address)

    def models(self) -> list[tuple[str, str]]:
        """List the addresses and models that there are answers of."""
        return self._file.models()

    def size(self) -> int:
        """Return how many bytes the answers take on the disk."""
        return self._file.size()

    def oldest(self) -> datetime | None:
        """Return when the oldest answer came; None when there is none."""
        at = self._file.oldest()
        return None if at is None else datetime.fromisoformat(at)

    def clear(self, *, before: datetime | None = None) -> int:
        """Forget all answers, or those that came before a time; return how many they were."""
        limit = None if before is None else before.astimezone(UTC).isoformat(timespec="seconds")
        return self._file.clear(before=limit)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Cached:
    """Answers from a cache what is there, and keeps what comes from the completer inside.

    Without a completer, what is not there is a `CallError` "offline". The same request asked by several
    threads at once is sent once. `on_note` is told once when answers cannot be kept, and once when one that
    is kept cannot be read: it is asked for again.
    """

    def __init__(self, inner: Completer | None, cache: Cache, *, on_note: Callable[[str], None] | None = None) -> None:
        """Put a cache around a completer, or use it alone."""
        self._inner = inner
        self._cache = cache
        self._tell = on_note or _warn
        self._lock = Lock()
        self._told: set[str] = set()
        self._under_way: dict[str, Future[Completion]] = {}
        self._there: dict[tuple[str, str], str] = {}

    def complete(self, request: Request) -> Completion:
        """Answer from the cache, or send the request and keep what comes; a failure is not kept."""
        key = request.key
        with self._lock:
            waited_for = self._under_way.get(key)
            if waited_for is None:
                mine = self._under_way[key] = Future()
        if waited_for is None:
            return self._lead(key, request, mine)
        return _shared(waited_for)

    def _lead(self, key: str, request: Request, mine: Future[Completion]) -> Completion:
        """Answer for all threads that ask the same. It is kept before the next one can come to ask."""
        try:
            completion = self._answered(request)
        except BaseException as error:
            self._done(key)
            mine.set_exception(error)
            raise
        self._done(key)
        mine.set_result(completion)
        return completion

    def _done(self, key: str) -> None:
        with self._lock:
            del self._under_way[key]

    def _answered(self, request: Request) -> Completion:
        unreadable = None
        try:
            found = self._cache.get(request)
        except UnreadableError as error:
            self._tell_once("read", f"{error}. Such answers are asked for again")
            found, unreadable = None, error.found
        return found or self._asked(request, instead_of=unreadable)

    def _asked(self, request: Request, *, instead_of: bytes | None) -> Completion:
        if self._inner is None:
            raise CallError("offline", self._why_not(request))
        completion = self._inner.complete(request)
        try:
            self._cache.put(request, completion, instead_of=instead_of)
        except StoreError as error:  # it was paid all the same, and is not lost for it
            self._tell_once("keep", f"answers cannot be kept, and will be paid again in another run: {error}")
        return completion

    def _tell_once(self, about: str, message: str) -> None:
        with self._lock:
            first = about not in self._told
            self._told.add(about)
        if first:
            self._tell(message)

    def _why_not(self, request: Request) -> str:
        return (
            f"{self._cache.path} has no answer of {request.model} at {request.address} "
            f"to the prompt that ends {_end(request)!r}. {self._there_is(request.address, request.model)}."
        )

    def _there_is(self, address: str, model: str) -> str:
        """Say what there is instead; it is looked up once for each model."""
        if (address, model) not in self._there:
            self._there[address, model] = _described(self._cache, address, model)
        return self._there[address, model]


def _shared(waited_for: Future[Completion]) -> Completion:
    """Return what another thread asked for, or raise its failure: the calls were that one's."""
    try:
        return replace(waited_for.result(), cached=True)
    except CallError as error:
        raise CallError(error.kind, error.reason, final=error.final) from None


def _described(cache: Cache, address: str, model: str) -> str:
    others = cache.count(model=model, address=address)
    if others:
        return f"It holds {others:,} answers of that model there, to other words or with other settings"
    known = ", ".join(f"{model} at {address}" for address, model in cache.models()[:5])
    return f"It holds answers of {known}" if known else "It is empty"


@cache
def _version() -> str:
    """Return the version that writes; importing it from the package would turn the layers round."""
    return version("textwright")


def _end(request: Request) -> str:
    """Show the end of a prompt, where the text stands in most."""
    said = " ".join(request.messages[-1].content.split()) if request.messages else ""
    return said if len(said) <= SHOWN else f"...{said[-SHOWN:]}"


def _warn(message: str) -> None:
    warnings.warn(message, RuntimeWarning, stacklevel=2)
