"""A server on 127.0.0.1 that plays files and fine-tuning jobs, and then the tuned model.

    act = Tuning(course=("running", "succeeded"), answer=lambda prompt: "...")
    with Server(act) as server: ...

Each question about a job moves it one step along its course. `faults` are played once in place of an
answer, by the method and the path's end: {"POST jobs": hang_up()}; `done_first` names those that do what was
asked before they fail.
"""

from __future__ import annotations

import email.parser
import email.policy
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.llm.servers import Act, Exchange, Received, dumped, no_such_model, says, status

BASE = "small-base"


@dataclass
class Tuning:
    course: Sequence[str] = ("running", "succeeded")
    answer: Callable[[str], str] = lambda prompt: "{}"
    key: str | None = None
    reason: str = "the training file has a line too long"
    faults: dict[str, Act] = field(default_factory=dict)
    done_first: frozenset[str] = frozenset()
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, exchange: Exchange) -> None:
        received = exchange.received
        if self.key is not None and received.headers.get("authorization") != f"Bearer {self.key}":
            return status(401, "Incorrect API key provided.", code="invalid_api_key")(exchange)
        name = f"{received.method} {received.path.rsplit('/', 1)[-1]}"
        with self.lock:
            fault = self.faults.pop(name, None)
            if fault is None or name in self.done_first:
                act = self._act(received)
        return (fault or act)(exchange)

    @property
    def tuned(self) -> list[str]:
        return [job["fine_tuned_model"] for job in self.jobs.values() if job["fine_tuned_model"]]

    def _act(self, received: Received) -> Act:
        parts = received.path.removeprefix("/v1/").split("/")
        if parts[-2:] == ["chat", "completions"] or parts == ["completions"]:
            return self._model(received)
        if parts[0] == "files":
            return self._file(received, parts[1:])
        if parts[:2] == ["fine_tuning", "jobs"]:
            return self._job(received, parts[2:])
        return status(404, "Not Found")

    # --- files ---

    def _file(self, received: Received, rest: Sequence[str]) -> Act:
        if rest:
            return _sends(self.files[rest[0]]) if rest[0] in self.files else status(404, f"No such File: {rest[0]}")
        if received.method == "GET":
            return _sends({"object": "list", "data": list(self.files.values()), "has_more": False})
        fields = _multipart(received)
        name, content = fields["file"]
        made = {
            "id": f"file-{len(self.files) + 1}",
            "object": "file",
            "bytes": len(content),
            "created_at": 1_790_000_000,
            "filename": name,
            "purpose": fields["purpose"][1].decode(),
            "status": "processed",
        }
        self.files[made["id"]], self.contents[made["id"]] = made, content
        return _sends(made)

    # --- jobs ---

    def _job(self, received: Received, rest: Sequence[str]) -> Act:
        if not rest:
            return (
                self._create(received)
                if received.method == "POST"
                else _sends({"object": "list", "data": list(reversed(self.jobs.values())), "has_more": False})
            )
        job = self.jobs.get(rest[0])
        if job is None:
            return status(404, f"Could not find fine tune: {rest[0]}", code="fine_tune_not_found")
        if rest[1:] == ["cancel"]:
            if job["status"] in ("succeeded", "failed"):
                return status(400, f"Job {rest[0]} has already ended.", code="invalid_request")
            job["status"] = "cancelled"
            return _sends(job)
        if rest[1:] == ["events"]:
            events = [{"id": f"event-{i}", "created_at": i, "message": said} for i, said in enumerate(job["events"])]
            return _sends({"object": "list", "data": list(reversed(events)), "has_more": False})
        self._step(job)
        return _sends(job)

    def _create(self, received: Received) -> Act:
        asked = received.json
        if asked["model"] != BASE:
            return no_such_model(asked["model"])
        for key in ("training_file", "validation_file"):
            if asked.get(key) not in (None, *self.files):
                return status(400, f"invalid {key}: {asked[key]}", param=key)
        name = f"ftjob-{len(self.jobs) + 1}"
        self.jobs[name] = {
            "id": name,
            "object": "fine_tuning.job",
            "created_at": 1_790_000_000 + len(self.jobs),
            "model": asked["model"],
            "training_file": asked["training_file"],
            "validation_file": asked.get("validation_file"),
            "hyperparameters": asked.get("hyperparameters", {"n_epochs": "auto"}),
            "suffix": asked.get("suffix"),
            "status": "validating_files",
            "fine_tuned_model": None,
            "error": {},
            "events": ["Created fine-tuning job"],
        }
        return _sends(self.jobs[name])

    def _step(self, job: dict[str, Any]) -> None:
        if job["status"] == "cancelled":
            return
        step = self.asked.get(job["id"], 0)
        self.asked[job["id"]] = step + 1
        job["status"] = self.course[min(step, len(self.course) - 1)]
        job["events"].append(f"The job is {job['status']}")
        if job["status"] == "succeeded":
            job["fine_tuned_model"] = f"ft:{job['model']}:{job['suffix'] or 'org'}:{job['id']}"
        if job["status"] == "failed":
            job["error"] = {"code": "invalid_training_file", "message": self.reason, "param": "training_file"}

    # --- the tuned model ---

    def _model(self, received: Received) -> Act:
        asked = received.json["model"]
        return says(self.answer(received.prompt)) if asked in self.tuned else no_such_model(asked)


def _sends(data: Mapping[str, Any]) -> Act:
    body = dumped(data)
    return lambda exchange: exchange.send(200, body)


def _multipart(received: Received) -> dict[str, tuple[str, bytes]]:
    head = f"Content-Type: {received.headers['content-type']}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + received.body)
    found = {}
    for part in message.iter_parts():  # type: ignore[attr-defined]  # a multipart message has parts
        name = part.get_param("name", header="content-disposition")
        found[str(name)] = (part.get_filename() or "", part.get_payload(decode=True))
    return found
