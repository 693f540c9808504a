"""What an experiment keeps of each run: plain records in folders of JSON that people, git and other tools read."""

from __future__ import annotations

from textwright.runs.folder import (
    answers_of,
    find_run,
    make_runs_folder,
    read_record,
    read_run,
    read_runs,
    write_judgement,
    write_not_judged,
    write_run,
)
from textwright.runs.record import Judgement, Run, Runtime
from textwright.runs.reference import reference_of

__all__ = [
    "Judgement",
    "Run",
    "Runtime",
    "answers_of",
    "find_run",
    "make_runs_folder",
    "read_record",
    "read_run",
    "read_runs",
    "reference_of",
    "write_judgement",
    "write_not_judged",
    "write_run",
]
