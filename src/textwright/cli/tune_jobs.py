"""`textwright tune submit`, `status`, `list` and `cancel`: jobs at a server, and the record of them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textwright.cli.asking import confirmed
from textwright.cli.telling import say
from textwright.cli.tune_export import end_of
from textwright.cli.tune_shown import show, tell_use
from textwright.errors import CallError, DataError

if TYPE_CHECKING:
    from textwright.llm.tuning.jobs import Job, Server
    from textwright.llm.tuning.record import Records, Submission

POLL_SECONDS = 10.0
CLOSING = (
    "OpenAI is closing its fine-tuning: since 2026-07-02 organisations that have not used a tuned model for 60 days "
    "can create no job, from 2027-01-06 nobody can; GPT-4o, GPT-4.1, their minis and all that is tuned on them "
    "stop on 2027-01-14"
)
BaseUrl = Annotated[
    str | None,
    typer.Option(
        help="The server's address; else OPENAI_BASE_URL, or OpenAI's own.", metavar="URL", callback=confirmed
    ),
]
Folder = Annotated[
    Path | None, typer.Option("--record", metavar="FOLDER", help="Where jobs are recorded; else the user's folder.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
JobName = Annotated[str | None, typer.Argument(metavar="[JOB]", help="The job's id; else the last one recorded.")]


def submit(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The training file that `tune export` wrote.")],
    base_model: Annotated[str, typer.Option(metavar="NAME", help="The model to tune, as the server calls it.")],
    base_url: BaseUrl = None,
    suffix: Annotated[str | None, typer.Option(help="A part of the tuned model's name.")] = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="How often to go through; else as exported, or as the server likes.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="For servers that know seeds.")] = None,
    validation: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A second file, whose loss the server reports.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Create another job for the same file and model.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until the job has ended, telling its events.")] = False,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="With --wait: write the prompt file of the tuned model.")
    ] = None,
    record: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Upload a training file and create a job, once.

    What was done is recorded, so that the same command after an interruption uploads and pays nothing
    twice; for a file and model that have a job already it says so. Keys come from the environment or the
    system's keyring.

    Example:
        textwright tune submit tune.jsonl --base-model qwen3-4b --base-url http://localhost:8000/v1 --wait
    """
    from textwright.llm.tuning.submit import submit as hand_over

    if write is not None and not wait:
        raise DataError("--write needs --wait: only a finished job has a model. Later: textwright tune status --write")
    wanted = _wanted(
        file,
        validation,
        base_model=base_model,
        address=_address(base_url),
        suffix=suffix,
        epochs=epochs,
        seed=seed,
    )
    records = _records(record)
    _warn(wanted)
    with _server(wanted.address) as server:
        done = hand_over(server, records, wanted, again=again, tell=say)
        submission = done.submission
        if not done.new:
            say(_exists(submission))
        if wait:
            submission = _waited(server, records, submission)
    show([submission], as_json=as_json)
    tell_use(submission, write)


def status(
    job: JobName = None,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Write the prompt file that uses the tuned model.")
    ] = None,
    base_url: BaseUrl = None,
    record: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Ask the server how a job is; of a finished one, say how its model is used.

    Example:
        textwright tune status
        textwright tune status ftjob-123 --write tuned.toml
    """
    records = _records(record)
    submission = _found(records, job, base_url)
    with _server(submission.address) as server:
        submission = _seen(records, submission, server.job(str(submission.job)))
    show([submission], as_json=as_json)
    tell_use(submission, write)


def list_jobs(
    base_url: BaseUrl = None,
    record: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List the recorded jobs as their servers describe them, with --base-url also that server's others.

    Example:
        textwright tune list
        textwright tune list --base-url http://localhost:8000/v1 --json
    """
    records = _records(record)
    found = [_refreshed(records, each) for each in records.all()]
    if base_url is not None:
        found += _others(_address(base_url), found)
    show(found, as_json=as_json)
    if not found:
        say(f"no jobs are recorded in {records.folder}")


def cancel(
    job: Annotated[str, typer.Argument(metavar="JOB", help="The job's id.")],
    base_url: BaseUrl = None,
    record: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Cancel a job that has not ended.

    Example:
        textwright tune cancel ftjob-123
    """
    records = _records(record)
    submission = _found(records, job, base_url)
    with _server(submission.address) as server:
        submission = _seen(records, submission, server.cancel(job))
    show([submission], as_json=as_json)


# --- what to submit -------------------------------------------------------------------------


def _wanted(
    file: Path,
    validation: Path | None,
    *,
    base_model: str,
    address: str,
    suffix: str | None,
    epochs: int | None,
    seed: int | None,
) -> Submission:
    """Check the files, and put together what is to be submitted."""
    from textwright.llm.tuning.card import read_card
    from textwright.llm.tuning.record import Submission
    from textwright.llm.tuning.submit import digest
    from textwright.llm.tuning.training_file import content_of

    content = content_of(file)
    if validation is not None and content_of(validation).form != content.form:
        raise DataError(f"{validation}: is of another form than {file}, which is {content.form}")
    sha256 = digest(file)
    card = read_card(file, sha256)
    return Submission(
        address=address,
        base_model=base_model,
        file=str(file.resolve()),
        sha256=sha256,
        suffix=suffix,
        epochs=epochs if epochs is not None or card is None else card["epochs"],
        seed=seed,
        card=card,
        validation=None if validation is None else str(validation.resolve()),
    )


def _address(base_url: str | None) -> str:
    from textwright.addresses import OPENAI, normalised

    return normalised(base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI)


def _warn(wanted: Submission) -> None:
    """Say what is known of the end of the server's tuning, and of the base model."""
    from textwright.addresses import is_openai, is_overheard

    if is_openai(wanted.address):
        say(f"warning: {CLOSING}")
    if end := end_of(wanted.base_model):
        say(end)
    if is_overheard(wanted.address):
        say(f"warning: the texts go to {wanted.address} unencrypted: others on the way can read them")
    if wanted.card is None:
        say(f"{wanted.file} has no card, so that the tuned model's prompt file must be written by hand")


def _exists(submission: Submission) -> str:
    what = f"job {submission.job} exists already for this file and {submission.base_model} at {submission.address}"
    return f"{what} ({submission.status} when last asked). Nothing was sent; --again creates another"


# --- the server and the record --------------------------------------------------------------


@contextmanager
def _server(address: str) -> Iterator[Server]:
    from textwright.llm.client.keys import key_for
    from textwright.llm.tuning.jobs import Server

    opened = Server(
        address,
        key=key_for(address),
        wait=time.sleep,
        on_wait=lambda why, seconds: say(f"{why}; asking again in {seconds:.1f} s"),
    )
    try:
        yield opened
    finally:
        opened.close()


def _records(folder: Path | None) -> Records:
    from textwright.llm.tuning.record import Records, default_folder

    return Records(folder or default_folder())


def _found(records: Records, job: str | None, base_url: str | None) -> Submission:
    """Find a job in the record; one that is not there needs an address to be asked about."""
    from textwright.llm.tuning.record import Submission

    known = [each for each in records.all() if each.job]
    if job is None:
        if not known:
            raise DataError(f"no jobs are recorded in {records.folder}. textwright tune submit creates one")
        return known[-1]
    recorded = next((each for each in known if each.job == job), None)
    if recorded is not None:
        return recorded
    if base_url is not None:
        return Submission(_address(base_url), "", "", "", step="ordered", job=job)
    names = ", ".join(str(each.job) for each in known[-5:]) or "none"
    raise DataError(f"no job {job!r} is recorded. Recorded: {names}. For another's job name its server: --base-url URL")


def _seen(records: Records, submission: Submission, job: Job) -> Submission:
    """Take what the server says of a job, and keep it if the job is recorded."""
    from dataclasses import replace

    from textwright.llm.tuning.submit import seen

    found = seen(submission, job)
    if submission.place is None:
        return replace(found, base_model=job.base_model or "")
    return records.write(found)


def _waited(server: Server, records: Records, submission: Submission) -> Submission:
    from textwright.llm.tuning.submit import wait_for

    job = wait_for(server, str(submission.job), tell=say, pause=lambda: time.sleep(POLL_SECONDS))
    return _seen(records, submission, job)


def _refreshed(records: Records, submission: Submission) -> Submission:
    """Ask about a recorded job that had not ended; where nobody answers it stays as it was."""
    from textwright.llm.tuning.jobs import ENDED

    if submission.job is None or submission.status in ENDED:
        return submission
    try:
        with _server(submission.address) as server:
            return _seen(records, submission, server.job(submission.job))
    except CallError as error:
        say(f"warning: {submission.job} is shown as it was: {error.reason}")
        return submission


def _others(address: str, known: Sequence[Submission]) -> list[Submission]:
    """List the jobs of a server that are not recorded here."""
    from textwright.llm.tuning.record import Submission
    from textwright.llm.tuning.submit import seen

    names = {each.job for each in known}
    with _server(address) as server:
        jobs = [job for job in server.jobs() if job.id not in names]
    return [seen(Submission(address, job.base_model or "", "", "", step="ordered"), job) for job in jobs]
