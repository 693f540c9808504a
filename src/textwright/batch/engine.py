"""Handing the tasks to workers by Daft, on this machine or on a Ray cluster: the same lines for both.

A worker is a process of its own that opens the model at its first task. Its answer to a task is a line of
JSON: what was done, or why not.
"""

from __future__ import annotations

import json
import os
import threading
import time
import traceback
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from textwright import trust
from textwright.batch.libraries import daft
from textwright.batch.plan import Done
from textwright.batch.work import Worker, open_worker
from textwright.errors import DataError, TextwrightError
from textwright.trust import parsed_json

# Workers share the cores, so that the libraries of a model must not take them all.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# Tasks are dealt out in so many hands a worker, so that none waits long for the last one.
HANDS = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: done; or refused with a reason for the user; or failed with a traceback of ours."""

    done: Done | None = None
    refused: str = ""
    fault: str = ""


class Desk:
    """Where tasks arrive in a worker's process."""

    def __init__(self, folder: str, key: str, here: str, named: Sequence[str]) -> None:
        """Take note of the run, and of what was named where it was begun, where its references are looked up, too."""
        trust.name(named)
        if Path(here).is_dir():
            os.chdir(here)
        self._folder, self._key = folder, key
        self._worker: Worker | None = None
        self._refused = ""

    def outcome(self, part: int) -> str:
        """Do a task, and say as JSON what became of it. After a refusal nothing more is tried."""
        if self._refused:
            return json.dumps({"refused": self._refused})
        try:
            self._worker = self._worker or open_worker(self._folder, self._key)
            return json.dumps({"done": asdict(self._worker.do(part))})
        except (TextwrightError, OSError) as error:
            self._refused = str(error)
            return json.dumps({"refused": self._refused})
        except Exception:
            return json.dumps({"fault": traceback.format_exc()})


def hand_out(parts: Sequence[int], folder: Path, key: str, *, workers: int, on_ray: bool) -> Generator[Outcome]:
    """Let workers do tasks, and yield what became of each; the order is theirs.

    What Daft raises when a worker dies is raised as it is.
    """
    engine = daft()
    actor = _actor_class(engine, workers)(str(folder.resolve()), key, str(Path.cwd()), sorted(trust.named()))
    frame = engine.from_pydict({"part": list(parts)})
    if on_ray:
        # Tasks that lie in one partition stay on one machine.
        frame = frame.into_partitions(min(len(parts), HANDS * workers))
    frame = frame.select(actor.outcomes(frame["part"]).alias("outcome"))
    for row in frame.iter_rows():
        yield outcome_from(row["outcome"])


def _actor_class(engine: Any, workers: int) -> Any:
    class Actor:
        def __init__(self, folder: str, key: str, here: str, named: Sequence[str]) -> None:
            end_with_parent()
            self.desk = Desk(folder, key, here, named)

        @engine.method.batch(return_dtype=engine.DataType.string(), batch_size=1)  # type: ignore[untyped-decorator]
        def outcomes(self, parts: Any) -> Any:
            return engine.Series.from_pylist([self.desk.outcome(part) for part in parts.to_pylist()])

    return engine.cls(cpus=1, use_process=True, max_concurrency=workers)(Actor)


def end_with_parent() -> None:
    """End this process soon after the one that started it: a task may take an hour, and nobody waits for it then."""
    threading.Thread(target=_watch, args=(os.getppid(),), name="textwright parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def outcome_from(line: str) -> Outcome:
    """Read what a worker said of a task."""
    data = parsed_json(line)
    return Outcome(Done(**data["done"])) if "done" in data else Outcome(**data)


def use_this_machine() -> None:
    """Let Daft work on this machine. Raise `DataError` when this process has sent it to a cluster before."""
    os.environ.update({name: os.environ.get(name, value) for name, value in ONE_THREAD.items()})
    _set_runner("native")


def use_ray() -> None:
    """Let Daft work on the Ray cluster that this process is connected with."""
    _set_runner("ray")


def _set_runner(name: str) -> None:
    """Choose where Daft works, which it lets one do once a process."""
    engine = daft()
    choose = {"native": engine.set_runner_native, "ray": lambda: engine.set_runner_ray(noop_if_initialized=True)}
    try:
        choose[name]()
    except ValueError as error:
        if engine.get_or_infer_runner_type() != name:
            raise DataError(f"Daft cannot change to {name} in a process that has used it otherwise") from error
