"""What a worker does: it opens the model once, and answers one task after another."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.batch.folder import Folder, bytes_of
from textwright.batch.ids import Continued, earlier
from textwright.batch.plan import Done, Plan, Task
from textwright.batch.read import Batch, Reader, Record, of_rows, row_of
from textwright.batch.write import Answered, write_part, write_rejects
from textwright.errors import DataError
from textwright.formats.jsonl import example_data
from textwright.predictor import Predictor, answers, with_answer
from textwright.references import open_reference
from textwright.types import NOTHING, Answer, Example

NO_ANSWER = "the model gave no answer"


class Worker:
    """Answers tasks of the run in a folder. Between them it keeps the model, and the file that it reads, open."""

    def __init__(self, folder: Folder, key: str) -> None:
        """Read the plan and open the model. Raise `DataError` when this machine does not see the folder."""
        found = folder.read_plan()
        if found is None:
            raise DataError(f"{folder.path}: no plan is there. Each machine of a cluster must see this folder")
        self._folder, self._key = folder, key
        self._plan, _ = found
        self._model = open_reference(self._plan.model.reference)
        self._reader = Reader(self._plan, lambda task: Continued(earlier(folder.ids, task)))

    def do(self, part: int) -> Done:
        """Answer a task and write its part, unless that was done already."""
        if self._folder.is_done(part):
            return self._folder.read_done(part)
        self._folder.write_begun(part)
        started, used = time.perf_counter(), time.process_time()
        task = self._plan.tasks[part]
        result = answer_task(self._reader.read(task), self._model, self._plan, task)
        sizes = self._write(part, result)
        took = time.perf_counter() - started, time.process_time() - used
        done = Done(part, len(result.answered.examples), len(result.rejects), *took, *sizes)
        self._folder.write_done(done)
        return done

    def _write(self, part: int, result: Result) -> tuple[int, int]:
        """Write a part and its rejects, or take away what an earlier try left; return their sizes in bytes."""
        if not self._folder.has_plan(self._key):
            raise DataError(f"{self._folder.path}: another run has begun in it")
        layout = self._plan.layout
        path, rejects = self._folder.part(part, layout.kind), self._folder.rejects(part)
        if result.answered.examples:
            write_part(path, result.answered, layout, self._plan.settings)
        else:
            path.unlink(missing_ok=True)
        if result.rejects:
            write_rejects(rejects, result.rejects)
        else:
            rejects.unlink(missing_ok=True)
        return bytes_of(path), bytes_of(rejects)


@dataclass(frozen=True, slots=True)
class Result:
    """What a task gives: the examples with their answers, and a line for each record that has none."""

    answered: Answered
    rejects: Sequence[dict[str, Any]]


def answer_task(batch: Batch, model: Predictor, plan: Plan, task: Task) -> Result:
    """Answer the records of a task, in their order."""
    path = plan.inputs[task.input].path
    found = _answered(batch.records, model)
    with_notes = plan.layout.kind == "jsonl"
    examples: list[Example] = []
    rejects: list[dict[str, Any]] = []
    rows: list[int] = []
    place = -1
    for record, answer in found:
        place += record.example is not None
        if record.example is not None and answer is not None and answer.annotation is not None:
            examples.append(with_answer(record.example, answer.annotation, answer.notes if with_notes else NOTHING))
            rows.append(place)
        else:
            cells = record.cells if record.example is None else _cells(batch, place, record.example)
            rejects.append(_reject(record, answer, path, cells))
    return Result(Answered(examples, of_rows(batch.table, rows)), rejects)


def _answered(records: Sequence[Record], model: Predictor) -> Iterator[tuple[Record, Answer | None]]:
    """Yield each record with its answer; those that could not be read have none."""
    given = answers(model, (record.example.text for record in records if record.example is not None))
    for record in records:
        yield record, None if record.example is None else next(given, None)


def _cells(batch: Batch, place: int, example: Example) -> Mapping[str, Any]:
    """Return all that stood in a record that could be read."""
    return example_data(example) if batch.table is None else row_of(batch.table, place)


def _reject(record: Record, answer: Answer | None, path: str, cells: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the line of a record without an answer, with the whole record."""
    whole = {} if cells is None else {"record": cells}
    line: dict[str, Any] = {"file": path, "row": record.row}
    if record.example is None:
        return {**line, "reason": record.reason, "text": record.raw, **whole}
    problem = answer.problem if answer else None
    reason = problem.reason if problem else NO_ANSWER
    return {**line, "id": record.example.id, "reason": reason, "text": record.example.text, **whole}


def open_worker(folder: str, key: str) -> Worker:
    """Open a worker for the run in a folder."""
    return Worker(Folder(Path(folder)), key)
