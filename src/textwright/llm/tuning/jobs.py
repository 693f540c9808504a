"""The fine-tuning part of an OpenAI-shaped server: files and jobs, through the official client.

What changes something at the server is sent once, unless the server says that it did nothing because it is
busy: whoever sends it again looks first whether it arrived. What only asks is sent again when it fails.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from textwright.addresses import normalised
from textwright.errors import CallError, MissingExtraError
from textwright.llm.client.failures import Failure, beginning, failure_of, shown
from textwright.llm.client.keys import Key

if TYPE_CHECKING:
    from openai import OpenAI

ENDED = ("succeeded", "failed", "cancelled")
NOWHERE = (404, 405, 501)
BUSY = 429
# After these the server has surely not done what it was asked: it said so.
REFUSED = ("rate_limit", "refused", "not_found", "no_tuning", "bad_request", "unknown_model")
ATTEMPTS = 4
PAGE = 100
MOST_PAGES = 20
LARGEST = 20_000_000
UPLOAD_SECONDS = 600.0
Send = Callable[["OpenAI"], bytes]


@dataclass(frozen=True, slots=True)
class Job:
    """A fine-tuning job as the server describes it; what it does not say is None."""

    id: str
    status: str
    base_model: str | None = None
    tuned_model: str | None = None
    training_file: str | None = None
    error: str | None = None
    created_at: int | None = None
    finished_at: int | None = None
    trained_tokens: int | None = None

    @property
    def ended(self) -> bool:
        """Say whether nothing more will come of it by itself."""
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a job's history."""

    id: str
    message: str
    created_at: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """What a job is to do, by the names that the server gave the files."""

    base_model: str
    training_file: str
    validation_file: str | None = None
    epochs: int | None = None
    suffix: str | None = None
    seed: int | None = None


class Server:
    """A server that tunes. Every method raises `CallError` that says what the server said, and to what."""

    def __init__(
        self,
        address: str,
        *,
        key: Key | None = None,
        timeout: float = 60.0,
        wait: Callable[[float], object] = time.sleep,
        on_wait: Callable[[str, float], None] | None = None,
    ) -> None:
        """Address a server, such as https://api.openai.com/v1; nothing is sent yet.

        `wait` waits for a number of seconds before a busy server is asked again, which `on_wait` is told.
        """
        self.address = normalised(address)
        try:
            from textwright.llm.client.retrying import Repeating
            from textwright.llm.client.transport import open_openai
        except ImportError as error:
            raise MissingExtraError(error.name or "openai", "llm") from error
        self._client = open_openai(self.address, key, timeout=timeout, largest=LARGEST)
        self._repeat = Repeating(attempts=ATTEMPTS, wait=wait, on_wait=on_wait)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    # --- files ------------------------------------------------------------------------------

    def upload(self, path: Path, name: str) -> str:
        """Upload a training file under a name; return the server's name for it."""

        def send(client: OpenAI) -> bytes:
            with path.open("rb") as file:
                given = (name, file, "application/jsonl")
                made = client.files.with_raw_response.create(file=given, purpose="fine-tune", timeout=UPLOAD_SECONDS)
            return made.http_response.content

        return _name(self._sent(f"upload {path}", send), "file", self.address)

    def uploaded(self, name: str, size: int) -> str | None:
        """Return the server's name for a file that was uploaded under `name` before, if it is there."""
        for each in self._listed("list the files", "/files", {"purpose": "fine-tune"}):
            same = each.get("filename") == name and each.get("bytes") in (None, 0, size)
            if same and each.get("status") not in ("error", "deleted"):
                return _name(each, "file", self.address)
        return None

    def has_file(self, file_id: str) -> bool:
        """Say whether the server still has a file."""
        try:
            self._asked("look for the file", f"/files/{quote(file_id, safe='')}")
        except CallError as error:
            if error.kind == "not_found":
                return False
            raise
        return True

    # --- jobs -------------------------------------------------------------------------------

    def check(self) -> None:
        """Make sure that the server tunes at all and accepts the key, before anything is uploaded."""
        self._page("list the jobs", "/fine_tuning/jobs", {"limit": "1"})

    def order(self, order: Order) -> Job:
        """Create a job. This is what costs money."""
        asked = {"n_epochs": order.epochs} if order.epochs is not None else None
        body: dict[str, Any] = {
            "model": order.base_model,
            "training_file": order.training_file,
            "validation_file": order.validation_file,
            # The older place of this setting: OpenAI still reads it, and other servers know no other.
            "hyperparameters": asked,
            "suffix": order.suffix,
            "seed": order.seed,
        }
        given = {name: value for name, value in body.items() if value is not None}

        def send(client: OpenAI) -> bytes:
            return client.fine_tuning.jobs.with_raw_response.create(**given).http_response.content

        return _job(self._sent("create the job", send), self.address)

    def ordered(self, order: Order, known: frozenset[str]) -> Job | None:
        """Return a job for the same file that is none of those `known`: one whose creation was not seen."""
        for job in self.jobs():
            if job.training_file == order.training_file and job.id not in known:
                return job
        return None

    def job(self, name: str) -> Job:
        """Ask about one job."""
        return _job(self._asked(f"ask about the job {name}", _path(name)), self.address)

    def jobs(self) -> list[Job]:
        """List the jobs, the newest first as a rule."""
        return [_job(each, self.address) for each in self._listed("list the jobs", "/fine_tuning/jobs", {})]

    def cancel(self, name: str) -> Job:
        """Cancel a job; return how it stands then."""

        def send(client: OpenAI) -> bytes:
            return client.fine_tuning.jobs.with_raw_response.cancel(name).http_response.content

        return _job(self._sent(f"cancel the job {name}", send), self.address)

    def events(self, name: str) -> list[Event]:
        """Return a job's history, the oldest first; a server without one has none."""
        try:
            data = self._asked("read the events", f"{_path(name)}/events", {"limit": str(PAGE)})
        except CallError as error:
            if error.kind == "not_found":
                return []
            raise
        found = [each for each in _items(data) if type(each.get("message")) is str]
        events = [Event(str(each.get("id", each["message"])), each["message"], _time(each) or 0) for each in found]
        return sorted(events, key=lambda event: event.created_at)

    # --- sending ----------------------------------------------------------------------------

    def _sent(self, what: str, send: Send) -> dict[str, Any]:
        """Send what changes something: once, unless the server is too busy to do it."""
        return self._answered(what, lambda: self._tried(send, busy_alone=True))

    def _asked(self, what: str, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Ask for something, again when that fails for a moment."""
        import httpx2

        def send(client: OpenAI) -> bytes:
            answer = client.get(path, cast_to=httpx2.Response, options={"params": dict(query or {})})
            return answer.content

        return self._answered(what, lambda: self._tried(send, busy_alone=False))

    def _tried(self, send: Send, *, busy_alone: bool) -> bytes | Failure:
        try:
            return send(self._client)
        except Exception as error:
            failure = failure_of(error, self.address)
            return replace(failure, again=failure.again and (failure.status == BUSY or not busy_alone))

    def _answered(self, what: str, call: Callable[[], bytes | Failure]) -> dict[str, Any]:
        result: bytes | Failure = self._repeat(call)
        if isinstance(result, Failure):
            raise _error_of(result, what, self.address)
        return _object(result, self.address)

    def _page(self, what: str, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        try:
            return self._asked(what, path, query)
        except CallError as error:
            if error.kind == "not_found":
                raise CallError(
                    "no_tuning", f"{self.address} has no {path}: it does not tune models", final=True
                ) from error
            raise

    def _listed(self, what: str, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Go through a list page by page."""
        asked = {"limit": str(PAGE), **query}
        for _ in range(MOST_PAGES):
            data = self._page(what, path, asked)
            items = _items(data)
            yield from items
            if not (data.get("has_more") and items and type(items[-1].get("id")) is str):
                return
            asked["after"] = items[-1]["id"]


# --- reading what came ----------------------------------------------------------------------


def _path(job: str) -> str:
    """Return the address of a job, whose name somebody typed."""
    return f"/fine_tuning/jobs/{quote(job, safe='')}"


def _error_of(failure: Failure, what: str, address: str) -> CallError:
    """Say what could not be done, and tell what is not there from what is refused."""
    error = failure.error
    if failure.status in NOWHERE and error.kind != "unknown_model":
        said = failure.said.message.rstrip(".") or "not found"
        return CallError("not_found", f"{address} could not {what} ({failure.status}: {said})", final=True)
    return CallError(error.kind, f"could not {what}: {error.reason}", final=error.final)


def _object(body: bytes, address: str) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if type(data) is not dict:
        reason = f"{address} does not answer as a server that tunes models does: {beginning(body)}"
        raise CallError("bad_answer", reason)
    return data


def _items(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = data.get("data")
    return [each for each in found if type(each) is dict] if type(found) is list else []


def _name(data: Mapping[str, Any], what: str, address: str) -> str:
    found = data.get("id")
    if type(found) is not str or not found:
        raise CallError("bad_answer", f"{address}: the answer about a {what} has no id")
    return found


def _job(data: Mapping[str, Any], address: str) -> Job:
    return Job(
        id=_name(data, "job", address),
        status=_text(data, "status") or "unknown",
        base_model=_text(data, "model"),
        tuned_model=_text(data, "fine_tuned_model"),
        training_file=_text(data, "training_file"),
        error=_error(data.get("error")),
        created_at=_time(data),
        finished_at=_time(data, "finished_at"),
        trained_tokens=_time(data, "trained_tokens"),
    )


def _text(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return shown(value) if type(value) is str and value else None


def _time(data: Mapping[str, Any], name: str = "created_at") -> int | None:
    value = data.get(name)
    return int(value) if type(value) in (int, float) else None  # type: ignore[arg-type]  # its type was just looked at


def _error(error: Any) -> str | None:
    """Return a job's reason for its failure; a job without one may have an error of empty parts."""
    if type(error) is str:
        return shown(error) or None
    if type(error) is not dict:
        return None
    message = error.get("message") or error.get("code")
    return shown(f"{message} ({error['param']})" if error.get("param") else str(message)) if message else None
