"""Hand a training file to a server, once: what may have happened before is looked for before it is done again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from textwright.errors import CallError
from textwright.llm.tuning.jobs import REFUSED, Event, Job, Order, Server
from textwright.llm.tuning.record import Records, Submission

Tell = Callable[[str], None]
PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission, and whether its job was created now."""

    submission: Submission
    new: bool


def submit(server: Server, records: Records, wanted: Submission, *, again: bool = False, tell: Tell) -> Submitted:
    """Upload the file and create the job, unless that was done before; `again` creates another job.

    Whatever stops it half way, the next call goes on from there: the record says how far it came. Raise
    `CallError` when the server refuses, `DataError` when another process submits the same.
    """
    with records.alone(wanted.identity):
        before = records.of(wanted.identity)
        if before and before[-1].step == "ordered" and not again:
            return Submitted(before[-1], new=False)
        server.check()
        unfinished = before[-1] if before and before[-1].step != "ordered" else None
        uploaded = _uploaded(server, records, wanted, unfinished, tell)
        return Submitted(_ordered(server, records, uploaded, tell), new=True)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def now() -> str:
    """Return the time, for the record."""
    return datetime.now(UTC).isoformat(timespec="seconds")


# --- the file -------------------------------------------------------------------------------


def _uploaded(
    server: Server, records: Records, wanted: Submission, unfinished: Submission | None, tell: Tell
) -> Submission:
    if unfinished is not None and unfinished.step != "uploading" and unfinished.validation == wanted.validation:
        return _as_wanted(unfinished, wanted)
    begun = records.write(replace(wanted, at=now(), place=unfinished.place if unfinished else None))
    known = _known_file(server, records, wanted)
    file_id = known or _file(server, Path(wanted.file), wanted.sha256, tell, look=unfinished is not None)
    if known:
        tell(f"{wanted.file} is at {server.address} already: {known}")
    validation_id = None
    if wanted.validation is not None:
        path = Path(wanted.validation)
        validation_id = _file(server, path, digest(path), tell, look=unfinished is not None)
    return records.write(replace(begun, step="uploaded", file_id=file_id, validation_id=validation_id))


def _as_wanted(unfinished: Submission, wanted: Submission) -> Submission:
    """Go on with the files that are uploaded, but with the settings of the present call."""
    return replace(
        wanted,
        step=unfinished.step,
        file_id=unfinished.file_id,
        validation_id=unfinished.validation_id,
        at=unfinished.at,
        place=unfinished.place,
    )


def _known_file(server: Server, records: Records, wanted: Submission) -> str | None:
    """Return what the server calls the file if it was uploaded for another job and is still there."""
    for each in records.all():
        same = each.address == wanted.address and each.sha256 == wanted.sha256
        if same and each.file_id is not None and server.has_file(each.file_id):
            return each.file_id
    return None


def _file(server: Server, path: Path, sha256: str, tell: Tell, *, look: bool) -> str:
    """Upload a file; `look` first whether an earlier try, whose answer was lost, arrived."""
    name = f"{path.stem}-{sha256[:12]}.jsonl"
    found = server.uploaded(name, path.stat().st_size) if look else None
    if found is not None:
        tell(f"{path} arrived at {server.address} before: {found}")
        return found
    made = server.upload(path, name)
    tell(f"{path} is uploaded: {made}")
    return made


# --- the job --------------------------------------------------------------------------------


def _ordered(server: Server, records: Records, submission: Submission, tell: Tell) -> Submission:
    assert submission.file_id is not None
    order = Order(
        base_model=submission.base_model,
        training_file=submission.file_id,
        validation_file=submission.validation_id,
        epochs=submission.epochs,
        suffix=submission.suffix,
        seed=submission.seed,
    )
    job = None
    if submission.step == "ordering":
        known = frozenset(each.job for each in records.all() if each.job)
        job = server.ordered(order, known)
        if job is not None:
            tell(f"the job was created before: {job.id}")
    begun = records.write(replace(submission, step="ordering"))
    job = job or _created(server, records, begun, order)
    return records.write(seen(replace(begun, step="ordered", at=now()), job))


def _created(server: Server, records: Records, begun: Submission, order: Order) -> Job:
    """Create the job; where the server surely did not, let the record say so."""
    try:
        return server.order(order)
    except CallError as error:
        if error.kind in REFUSED:
            records.write(replace(begun, step="uploaded"))
        raise


def seen(submission: Submission, job: Job) -> Submission:
    """Return the submission with what the server says of its job."""
    return replace(submission, job=job.id, status=job.status, tuned_model=job.tuned_model, error=job.error)


# --- waiting --------------------------------------------------------------------------------


def wait_for(server: Server, name: str, *, tell: Tell, pause: Callable[[], None]) -> Job:
    """Ask about a job until it has ended, telling its events; `pause` waits between two questions.

    A server that does not answer for a while is asked again, five times in a row at most.
    """
    told: set[str] = set()
    failures = 0
    while True:
        try:
            _tell_new(server.events(name), told, tell)
            job = server.job(name)
            failures = 0
            if job.ended:
                _tell_new(server.events(name), told, tell)
                return job
        except CallError as error:
            failures += 1
            if error.final or failures >= PATIENCE:
                raise
            tell(f"{error.reason}; asking again")
        pause()


def _tell_new(events: list[Event], told: set[str], tell: Tell) -> None:
    for event in events:
        if event.id not in told:
            told.add(event.id)
            tell(event.message)
