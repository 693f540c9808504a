"""Doing the tasks that are missing, until none is: a worker that dies is replaced, and its task made again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from textwright.batch.engine import Outcome, hand_out
from textwright.batch.folder import Folder
from textwright.batch.plan import Plan, Progress
from textwright.errors import DataError
from textwright.wrangle.counted import counted

# After so many rounds in which workers died and no part was finished, the fault is not theirs.
PATIENCE = 3
OFTEN = 0.5
OnProgress = Callable[[Progress], None]
Tell = Callable[[str], None]


class FaultError(Exception):
    """A worker raised what it should not: the traceback is that of the worker."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the tasks: so many processes, on this machine or on the connected Ray cluster."""

    workers: int
    on_ray: bool = False


def do_missing(folder: Folder, plan: Plan, key: str, crew: Crew, *, on_progress: OnProgress | None, tell: Tell) -> None:
    """Do each task that is not done. Raise `DataError` at a task that no worker survives, or that is refused."""
    with _watched(folder, plan, on_progress, tell):
        stalled = 0
        while missing := _missing(folder, plan):
            died = _round(missing, folder, key, crew)
            if died is None:
                continue
            left = _missing(folder, plan)
            stalled = stalled + 1 if len(left) == len(missing) else 0
            if stalled == PATIENCE:
                raise DataError(_hopeless(left, died)) from died
            if left:
                tell("a worker ended unexpectedly; its task is made again")


def _missing(folder: Folder, plan: Plan) -> list[int]:
    """Return the tasks that are not done; last those that were begun, since one may have been a worker's end."""
    done, begun = folder.parts_done(), folder.parts_begun()
    return sorted((task.part for task in plan.tasks if task.part not in done), key=lambda part: (part in begun, part))


def _round(parts: Sequence[int], folder: Folder, key: str, crew: Crew) -> Exception | None:
    """Hand out tasks; return what ended it before all were done, which is the death of a worker."""
    workers = min(crew.workers, len(parts))
    with closing(hand_out(parts, folder.path, key, workers=workers, on_ray=crew.on_ray)) as outcomes:
        while True:
            try:
                outcome = next(outcomes)
            except StopIteration:
                return None
            except Exception as error:  # what Daft and Ray raise then is not told apart by its class
                return error
            _check(outcome)


def _check(outcome: Outcome) -> None:
    if outcome.fault:
        raise FaultError(outcome.fault)
    if outcome.done is None:
        raise DataError(outcome.refused)


def _hopeless(left: Sequence[int], died: Exception) -> str:
    why = str(died).strip().split("\n")[0]
    return (
        f"{PATIENCE} times workers ended before one of {len(left)} parts was finished, the first being {left[0]} "
        f"({why}). Does the model fit into memory? Try fewer --workers, or a smaller --rows-per-part"
    )


@contextmanager
def _watched(folder: Folder, plan: Plan, on_progress: OnProgress | None, tell: Tell) -> Iterator[None]:
    """Look into the folder now and then, since only the folder knows at any time how far all workers are."""
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(folder, plan, on_progress, tell, stop), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()


def _watch(folder: Folder, plan: Plan, on_progress: OnProgress | None, tell: Tell, stop: threading.Event) -> None:
    known = folder.parts_done()
    heard = any(folder.read_done(part).rows for part in known)
    before = rows = sum(plan.tasks[part].rows for part in known)
    began = time.perf_counter()
    ended = False
    while not ended:
        ended = stop.wait(OFTEN)
        new = folder.parts_done() - known
        if new and not heard:
            _tell_of_silence(folder, min(new), tell)
            heard = True
        known |= new
        rows += sum(plan.tasks[part].rows for part in new)
        if on_progress is not None and not ended:
            on_progress(Progress(rows, rows - before, plan.rows, time.perf_counter() - began))


def _tell_of_silence(folder: Folder, part: int, tell: Tell) -> None:
    """Say so when the first part has no answer at all: all others may cost as much and give as little."""
    done = folder.read_done(part)
    if not done.rows and done.rejected:
        tell(
            f"part {part} has no answer to any of its {counted(done.rejected, 'row')}; to the first: "
            f"{folder.first_reason(part)}. The run goes on; stop it if the model or the column is not the right one"
        )
