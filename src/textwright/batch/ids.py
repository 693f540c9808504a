"""Ids of texts that have none: a hash of the text, and the how many-eth of the whole input it is.

A task can be answered before those before it, so that the texts are counted once, when the input was looked
through: afterwards each task has a file that says how often its texts stood in tasks before it. They are counted
on disk, in shares by their hash, so that memory has a bound.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from struct import Struct
from typing import BinaryIO

from textwright.batch.plan import Input, Plan, Task
from textwright.batch.read import Reader
from textwright.errors import DataError
from textwright.formats.base import Identify

# A text's hash, with the task in which it stands or with how often it stood before.
NOTE = Struct("<9sI")
# A hundred million texts make shares of ten megabytes. More files than that some systems do not keep open at once.
SHARES = 128


class Continued(Identify):
    """Gives ids from where the tasks before have come to."""

    def __init__(self, earlier: Mapping[bytes, int]) -> None:
        """Begin with how often each text stood before."""
        super().__init__()
        self._seen = dict(earlier)

    def _occurrence(self, digest: bytes) -> int:
        self._seen[digest] = self._seen.get(digest, 0) + 1
        return self._seen[digest]


class _Noting(Identify):
    """Notes the texts of a task that have no id."""

    def __init__(self, shares: Sequence[BinaryIO], part: int) -> None:
        super().__init__()
        self._shares, self._part = shares, part

    def _occurrence(self, digest: bytes) -> int:
        self._shares[digest[0] % SHARES].write(NOTE.pack(digest, self._part))
        return 1


def count_texts(plan: Plan, folder: Path) -> None:
    """Write into a folder, for each task, how often its texts without an id stood in tasks before it.

    Raise `DataError` when the input cannot be read, or the folder not be written.
    """
    tasks = [task for task in plan.tasks if _are_written(plan, plan.inputs[task.input])]
    shutil.rmtree(folder, ignore_errors=True)
    if not tasks:
        return
    try:
        folder.mkdir(parents=True)
        for share in _noted(plan, tasks, folder):
            _settle(share, folder)
            share.unlink()
    except OSError as error:
        raise DataError(f"{folder}: cannot be written: {error.strerror or error}") from error


def earlier(folder: Path, task: Task) -> Mapping[bytes, int]:
    """Return how often the texts of a task stood in tasks before it; those that never did are left out."""
    path = folder / f"{task.part:06}"
    return dict(NOTE.iter_unpack(path.read_bytes())) if path.is_file() else {}


def _are_written(plan: Plan, given: Input) -> bool:
    """Say whether ids that are made for a file's texts come into its parts."""
    if given.has_ids:
        return False
    column = "id" if given.kind == "jsonl" else plan.settings.id_column
    return plan.layout.kind == "jsonl" or column in plan.layout.columns


def _noted(plan: Plan, tasks: Sequence[Task], folder: Path) -> list[Path]:
    paths = [folder / f"share-{i:03}" for i in range(SHARES)]
    with ExitStack() as stack:
        shares = [stack.enter_context(path.open("wb")) for path in paths]
        reader = Reader(plan, lambda task: _Noting(shares, task.part))
        for task in tasks:
            reader.read(task)
    return paths


def _settle(share: Path, folder: Path) -> None:
    """Count the texts of a share; write down those that a task has in common with tasks before it."""
    seen: dict[bytes, tuple[int, int]] = {}
    found: dict[int, list[bytes]] = defaultdict(list)
    for digest, part in NOTE.iter_unpack(share.read_bytes()):
        count, latest = seen.get(digest, (0, part))
        if latest != part:
            found[part].append(NOTE.pack(digest, count))
        seen[digest] = count + 1, part
    for part, notes in found.items():
        with (folder / f"{part:06}").open("ab") as file:
            file.writelines(notes)
