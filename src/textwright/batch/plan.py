"""What is to be done: input files, the tasks they are cut into, and the columns of the output."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from textwright.batch.settings import Kind, Settings

# Raise it when a plan of this version cuts or writes otherwise than one before.
VERSION = 3
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read. `path` is absolute, or an address; `changed` is what its store says of when, None: nothing.

    `encoding` is UTF-8 but for tables that are not: those are read from their beginning, as packed ones are.
    `has_ids`: every record was seen to have an id; where not, some may still.
    """

    path: str
    kind: Kind
    size: int
    changed: str | None
    encoding: str = "utf-8"
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    has_ids: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A stretch of records of one file, which becomes a part.

    `start` and `stop` count bytes of the unpacked UTF-8 file, or rows of Parquet. `first` is the line of
    a JSON lines' first byte, or else the first row, from 1.
    """

    part: int
    input: int
    start: int
    stop: int
    first: int
    rows: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands in the parts: the kind, and for a table its columns and what each label and task is called there.

    `schema` is the Arrow schema of a Parquet part, as text; empty for other kinds.
    """

    kind: Kind
    columns: tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None
    tasks: Mapping[str, str] | None = None
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """The model: how it is named, and a hash of what it is made of, as far as that can be known."""

    reference: str
    fingerprint: str
    size_bytes: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a worker needs to know, and that decides what the output is."""

    model: Model
    settings: Settings
    inputs: tuple[Input, ...]
    tasks: tuple[Task, ...]
    layout: Layout

    @property
    def rows(self) -> int:
        """Return the number of rows of all tasks."""
        return sum(task.rows for task in self.tasks)

    def to_data(self) -> Data:
        """Return the plan as plain data."""
        return {"version": VERSION, **asdict(self)}

    @classmethod
    def from_data(cls, data: Data) -> Plan:
        """Build a plan from plain data."""
        layout = data["layout"]
        return cls(
            Model(**data["model"]),
            Settings(**data["settings"]),
            tuple(Input(**{**each, "columns": tuple(each["columns"])}) for each in data["inputs"]),
            tuple(Task(**each) for each in data["tasks"]),
            Layout(**{**layout, "columns": tuple(layout["columns"])}),
        )


def facts_of(model: Model, settings: Settings, inputs: tuple[Input, ...]) -> Data:
    """Return what two runs must have in common for one to go on where the other stopped."""
    return {
        "model": asdict(model),
        "settings": dict(settings.to_data()),
        "inputs": [[each.path, each.size, each.changed] for each in inputs],
        "version": VERSION,
    }


def key_of(facts: Data) -> str:
    """Return a short name for the facts of a run."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task; `seconds` by the clock, `processor_seconds` of the worker's process.

    `part_bytes` and `reject_bytes` are the sizes of its files, 0: there is none.
    """

    part: int
    rows: int
    rejected: int
    seconds: float
    processor_seconds: float
    part_bytes: int = 0
    reject_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: rows done in all, in this run, of how many, after so many seconds of this run."""

    rows: int
    new: int
    total: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Return the rows done in a second of this run."""
        return self.new / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Return the seconds that the rest will take at this pace, None before anything is done."""
        return (self.total - self.rows) / self.per_second if self.new else None
