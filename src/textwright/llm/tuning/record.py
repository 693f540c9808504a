"""What was submitted where: a JSON file for each, so that nothing is uploaded, or paid for, twice.

The record is written before and after each step at the server. Whoever finds one that is not `ordered`
knows which step may have happened unseen, and asks the server before it does the step again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from textwright.errors import DataError
from textwright.formats.files import atomically
from textwright.private import make_private
from textwright.trust import parsed_json

Step = Literal["uploading", "uploaded", "ordering", "ordered"]
VERSION = 1


@dataclass(frozen=True, slots=True)
class Submission:
    """A training file for a base model at an address, how far it came, and what became of its job.

    `file_id` and `job` are the server's names; `sha256` is the training file's. `card` is what
    `textwright tune export` wrote beside the file. `status`, `tuned_model` and `error` are what the server
    said when it was last asked.
    """

    address: str
    base_model: str
    file: str
    sha256: str
    suffix: str | None = None
    epochs: int | None = None
    seed: int | None = None
    card: Mapping[str, Any] | None = None
    step: Step = "uploading"
    file_id: str | None = None
    validation: str | None = None
    validation_id: str | None = None
    job: str | None = None
    status: str | None = None
    tuned_model: str | None = None
    error: str | None = None
    at: str = ""
    place: Path | None = None

    @property
    def identity(self) -> str:
        """Return what two submissions of the same file and base model at the same address share."""
        parts = json.dumps([self.address, self.base_model, self.sha256])
        return hashlib.sha256(parts.encode()).hexdigest()[:16]


KEPT = tuple(each.name for each in fields(Submission) if each.name != "place")


def default_folder() -> Path:
    """Return the user's folder of records."""
    from platformdirs import user_data_path

    return user_data_path("textwright") / "tuned"


@dataclass(frozen=True, slots=True)
class Records:
    """A folder of records, one file a submission."""

    folder: Path

    def all(self) -> list[Submission]:
        """Return every submission, the oldest first. Raise `DataError` that names a file which holds none."""
        if not self.folder.is_dir():
            return []
        found = [read(path) for path in sorted(self.folder.glob("*.json"))]
        return sorted(found, key=lambda each: (each.at, str(each.place)))

    def of(self, identity: str) -> list[Submission]:
        """Return the submissions of one file and base model at one address, the oldest first."""
        return [each for each in self.all() if each.identity == identity]

    def write(self, submission: Submission) -> Submission:
        """Write a submission to its file, which a new one gets here; return it with its place."""
        kept = replace(submission, place=submission.place or self._free_place(submission))
        assert kept.place is not None
        make_private(self.folder)
        write_json(kept.place, {"version": VERSION} | {name: getattr(kept, name) for name in KEPT})
        return kept

    def _free_place(self, submission: Submission) -> Path:
        number = 1
        while (place := self.folder / f"{submission.identity}-{number}.json").exists():
            number += 1
        return place

    @contextmanager
    def alone(self, identity: str) -> Iterator[None]:
        """Keep other processes from submitting the same meanwhile. Raise `DataError` when one does."""
        make_private(self.folder)
        with (self.folder / f"{identity}.lock").open("w") as file:
            if not _locked(file.fileno()):
                raise DataError("the same file is being submitted by another process. Wait until that one has ended")
            yield


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write plain data as a JSON file that a person can read; the file appears whole or not at all."""
    content = json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    def write(beside: Path) -> None:
        beside.write_text(content, encoding="utf-8", errors="backslashreplace", newline="\n")

    atomically(path, write)


def _locked(descriptor: int) -> bool:
    """Lock an open file, which the system unlocks when it is closed, however the process ends."""
    try:
        import fcntl
    except ImportError:  # Windows has none: two submissions at once are then the user's to avoid
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def read(path: Path) -> Submission:
    """Read one record. Raise `DataError` when the file is none."""
    try:
        data = parsed_json(path.read_bytes())
        return _submission(data, path)
    except (ValueError, TypeError, KeyError) as error:
        raise DataError(f"{path}: not a record of a tuning job ({error}). Move it out of the folder") from error


def _submission(data: Any, path: Path) -> Submission:
    if type(data) is not dict or data.get("version") != VERSION:
        raise ValueError(f"expected an object with version {VERSION}")
    for name in ("address", "base_model", "file", "sha256"):
        if type(data.get(name)) is not str:
            raise ValueError(f"{name} is {data.get(name)!r}, expected a string")
    if data.get("step") not in get_args(Step):
        raise ValueError(f"step is {data.get('step')!r}, expected one of {', '.join(get_args(Step))}")
    return Submission(**{name: data[name] for name in KEPT if name in data}, place=path)
