"""The folder of a run: parts, rejects, the manifest, and beside them what a run needs to go on.

`part-000000.parquet`, `rejects/part-000000.jsonl`, `manifest.json`; `.batch/` holds the plan and a record
for each task that is done. The record is written last, with the sizes of the task's files: one whose files
were taken away or cut short since is forgotten, and the task made again.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from textwright.batch.plan import Data, Done, Plan, key_of
from textwright.batch.settings import KINDS, Kind
from textwright.errors import DataError
from textwright.formats.files import atomically
from textwright.trust import parsed_json

OWN = ".batch"


@dataclass(frozen=True, slots=True)
class Folder:
    """A run on disk."""

    path: Path

    @property
    def manifest(self) -> Path:
        """Return the file that says what the run was, once it is done."""
        return self.path / "manifest.json"

    @property
    def _plan(self) -> Path:
        return self.path / OWN / "plan.json"

    @property
    def _done(self) -> Path:
        return self.path / OWN / "done"

    @property
    def ids(self) -> Path:
        """Return the folder of what is known of texts without an id."""
        return self.path / OWN / "ids"

    def part(self, number: int, kind: Kind) -> Path:
        """Return the file of a part."""
        return self.path / f"part-{number:06}.{kind}"

    def rejects(self, number: int) -> Path:
        """Return the file of what a part has no answer for."""
        return self.path / "rejects" / f"part-{number:06}.jsonl"

    def prepare(self) -> None:
        """Make the folder. Raise `DataError` when something else stands there."""
        try:
            self._done.parent.mkdir(parents=True, exist_ok=True)
            self._done.mkdir(exist_ok=True)
        except OSError as error:
            raise DataError(f"{self.path}: cannot be written: {error.strerror or error}") from error

    def refuse_strange(self, *, again: bool) -> None:
        """Raise `DataError` when the folder holds files, but no run; `again`: one that was done is a run, too."""
        if self.path.exists() and not self.path.is_dir():
            raise DataError(f"{self.path}: is a file, expected a folder for the parts")
        others = [each.name for each in self.path.iterdir() if each.name != OWN] if self.path.is_dir() else []
        if not others or self._plan.is_file():
            return
        if not self._was_done():
            raise DataError(f"{self.path}: holds {others[0]} and no run of batch. Name a folder that is new or empty")
        if not again:
            raise DataError(
                f"{self.path}: holds a run that was done, without its {OWN}, so that nobody can say whether it is this "
                "one. Name another folder with -o, or begin anew with --again, which takes its parts away"
            )

    def _was_done(self) -> bool:
        try:
            return "textwright" in parsed_json(self.manifest.read_bytes())
        except (ValueError, TypeError, OSError):
            return False

    def begin_anew(self) -> None:
        """Take away what a run left, and nothing else."""
        parts = [each for kind in KINDS for each in self.path.glob(f"part-[0-9]*.{kind}")]
        for each in (*parts, self.manifest):
            each.unlink(missing_ok=True)
        for folder in (self.path / "rejects", self.path / OWN):
            shutil.rmtree(folder, ignore_errors=True)

    def clean(self) -> None:
        """Take away what writers that were killed left half done."""
        own = self.path / OWN
        begun = (self.path.glob(".part-[0-9]*.*"), self.path.glob(".manifest.*.json"), own.glob("**/.*.json"))
        for each in (*chain(*begun), *(self.path / "rejects").glob(".part-*.jsonl")):
            each.unlink(missing_ok=True)

    # --- the plan -----------------------------------------------------------------------------

    def write_plan(self, plan: Plan, facts: Data) -> None:
        """Keep the plan, with the facts that decide whether a later run may go on."""
        _write_json(self._plan, {"key": key_of(facts), "facts": facts, "plan": plan.to_data()})

    def read_plan(self) -> tuple[Plan, Data] | None:
        """Read the plan and its facts; None when there is none yet."""
        data = self._read_plan()
        return None if data is None else (Plan.from_data(data["plan"]), data["facts"])

    def has_plan(self, key: str) -> bool:
        """Say whether the plan is still the one of this key."""
        data = self._read_plan()
        return data is not None and data["key"] == key

    def _read_plan(self) -> Any:
        if not self._plan.is_file():
            return None
        try:
            return parsed_json(self._plan.read_bytes())
        except (ValueError, OSError) as error:
            raise DataError(f"{self._plan}: is damaged ({error}). Begin anew with --again") from error

    # --- what is done -------------------------------------------------------------------------

    def write_begun(self, part: int) -> None:
        """Note which process of which machine has begun with a task, so that what it did not survive is known."""
        begun = self.path / OWN / "begun"
        begun.mkdir(exist_ok=True)
        (begun / f"{part:06}").write_text(f"{socket.gethostname()} {os.getpid()}\n", encoding="utf-8")

    def parts_begun(self) -> set[int]:
        """Return the numbers of the tasks that were begun, done or not."""
        return {int(each.name) for each in (self.path / OWN / "begun").glob("[0-9]*")}

    def write_done(self, done: Done) -> None:
        """Say that a task is done; its part and rejects are on disk already."""
        _write_json(self._done / f"{done.part:06}.json", asdict(done))

    def is_done(self, part: int) -> bool:
        """Say whether a task is done."""
        return (self._done / f"{part:06}.json").is_file()

    def parts_done(self) -> set[int]:
        """Return the numbers of the tasks that are done."""
        return {int(each.stem) for each in self._done.glob("[0-9]*.json")}

    def read_done(self, part: int) -> Done:
        """Read what became of a task."""
        path = self._done / f"{part:06}.json"
        try:
            return Done(**parsed_json(path.read_bytes()))
        except (ValueError, TypeError, OSError) as error:
            raise DataError(f"{path}: is damaged ({error}). Take it away, and the task is done again") from error

    def forget_lost(self, kind: Kind) -> int:
        """Forget that tasks are done whose files are gone or of another size; return how many."""
        lost = [part for part in self.parts_done() if not self._stands(self.read_done(part), kind)]
        for part in lost:
            (self._done / f"{part:06}.json").unlink()
        return len(lost)

    def _stands(self, done: Done, kind: Kind) -> bool:
        part = not done.rows or bytes_of(self.part(done.part, kind)) == done.part_bytes
        return part and bytes_of(self.rejects(done.part)) == done.reject_bytes

    def first_reason(self, part: int) -> str:
        """Return why the first of a part's rejects is one."""
        with self.rejects(part).open(encoding="utf-8") as file:
            return str(parsed_json(file.readline())["reason"])

    def write_manifest(self, data: Data) -> None:
        """Write what the run was."""
        _write_json(self.manifest, data)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others out of the folder as long as this process lives. Raise `DataError` when somebody is in."""
        try:
            import fcntl
        except ImportError:  # Windows: nobody is kept out
            yield
            return
        with (self.path / OWN / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DataError(f"{self.path}: another textwright batch is at work in it") from None
            except OSError as error:
                raise DataError(f"{self.path}: cannot be locked: {error.strerror}") from error
            yield


def bytes_of(path: Path) -> int:
    """Return the size of a file, 0 where there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    content = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    atomically(path, lambda new: _write(new, content))


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
