"""A network is trained in the background after every so many texts, in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textwright.annotate.background import Say, Worker
from textwright.annotate.learning import JOB, MODEL, RESULT, TEXTS, counted
from textwright.child import with_threads
from textwright.errors import ModelError, TextwrightError
from textwright.formats.jsonl import format_example
from textwright.predictor import Predictor
from textwright.private import make_private
from textwright.schema import Schema
from textwright.store.database import Database
from textwright.store.held_out import HELD_OUT, is_set_aside
from textwright.store.projects import Project
from textwright.store.rounds import Round, count_handed_in, keep_round, rounds_of
from textwright.types import Example

COMMAND = [sys.executable, "-P", "-m", "textwright.annotate.learning"]
LOOK_SECONDS = 0.5
KILL_SECONDS = 2.0
KEPT_MODELS = 2
OnModel = Callable[[Predictor, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """When to train, on what, and where the models are kept.

    `examples` yields the annotated texts, `opener` opens a model's folder; `seed` parts the texts, or, with
    `sets_aside`, what their `meta` says.
    """

    every: int
    folder: Path
    examples: Callable[[], Iterator[Example]]
    opener: Callable[[str], Predictor]
    seed: int = 0
    sets_aside: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """A training under way."""

    process: subprocess.Popen[bytes]
    folder: Path
    round: int


class Retraining:
    """Trains after each `every` texts. A training that fails is said, and the next round tries again."""

    def __init__(self, database: Database, project: Project, plan: Plan, *, on_model: OnModel, say: Say) -> None:
        """Prepare; `on_model` takes each new model with the number of its round."""
        self._database, self.project, self._plan = database, project, plan
        self._on_model, self._say = on_model, say
        self._running: Running | None = None
        self._tried = self._latest_texts()
        self._opened = False
        self._worker = Worker("training", self._step, say=say, every=LOOK_SECONDS)

    @property
    def running(self) -> bool:
        """Say whether a training is under way."""
        return self._running is not None

    def wake(self) -> None:
        """Say that more was handed in."""
        self._worker.wake()

    def end(self) -> None:
        """Say that the work is to end, without waiting for it."""
        self._worker.end()

    def close(self) -> None:
        """End the work; a training under way is given up."""
        self._worker.close()
        if self._running is not None:
            _end(self._running.process)
            self._running = None

    def _latest_texts(self) -> int:
        rounds = rounds_of(self._database, self.project)
        return int(rounds[-1].facts["handed_in"]) if rounds else 0

    def _step(self) -> bool:
        if not self._opened:
            self._opened = True
            self._reopen(rounds_of(self._database, self.project))
        if self._running is not None:
            if self._running.process.poll() is not None:
                self._finish(self._running)
                self._running = None
            return False
        handed_in = count_handed_in(self._database, self.project)
        if handed_in - self._tried >= self._plan.every:
            self._tried = handed_in
            self._begin()
        return False

    def _begin(self) -> None:
        try:
            self._running = self._start()
        except OSError as error:  # a full disk: what was annotated is safe, and the next round tries again
            self._say(f"no training was begun: {error.strerror or error}; the next one follows")

    def _reopen(self, rounds: list[Round]) -> None:
        """Go on with the latest model of an earlier run."""
        if rounds:
            number = int(rounds[-1].facts["round"])
            with contextlib.suppress(ModelError):
                self._on_model(self._plan.opener(f"{self._folder(number) / MODEL}{os.sep}"), number)

    def _folder(self, number: int) -> Path:
        return self._plan.folder / f"project-{self.project.id}" / f"round-{number:04}"

    def _start(self) -> Running:
        number = self._next_number()
        folder = self._folder(number)
        make_private(self._plan.folder)
        folder.mkdir(parents=True)
        with (folder / TEXTS).open("w", encoding="utf-8", errors="surrogatepass") as file:
            file.writelines(format_example(self._bare(example)) + "\n" for example in self._plan.examples())
        (folder / JOB).write_text(json.dumps(self._job(number)), encoding="utf-8")
        with (folder / "log.txt").open("wb") as log:
            process = subprocess.Popen(
                [*COMMAND, str(folder)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=with_threads(1),
                start_new_session=True,
            )
        return Running(process, folder, number)

    def _next_number(self) -> int:
        """Return a number that no training had, also none of a server that was killed and may still be writing."""
        begun = [int(each.name.removeprefix("round-")) for each in self._folder(0).parent.glob("round-*")]
        ended = [int(each.facts["round"]) for each in rounds_of(self._database, self.project)]
        return max([*begun, *ended], default=0) + 1

    def _job(self, number: int) -> Mapping[str, Any]:
        return {
            "schema": without_guideline(self.project.schema),
            "seed": self._plan.seed,
            "name": f"{self.project.name}, round {number}",
        }

    def _bare(self, example: Example) -> Example:
        aside = self._plan.sets_aside and is_set_aside(example.meta)
        return Example(example.id, example.text, example.gold, {HELD_OUT: True} if aside else {})

    def _finish(self, running: Running) -> None:
        _let_go(running.process)
        self._take(running)
        _clean(running.folder.parent)

    def _take(self, running: Running) -> None:
        """Suggest with what was trained, and say how good it is; say why where there is nothing."""
        try:
            facts = json.loads((running.folder / RESULT).read_text(encoding="utf-8"))
            model = self._plan.opener(f"{running.folder / MODEL}{os.sep}")
        except (OSError, ValueError, TextwrightError) as error:
            self._say(
                f"round {running.round} of training came to nothing: {_why(running, error)}; the next one follows"
            )
            return
        self._on_model(model, running.round)  # first: whoever sees the round finds what its model says
        keep_round(self._database, self.project, {**facts, "round": running.round, "handed_in": self._tried})
        self._say(in_words(running.round, facts))


def in_words(number: int, facts: Mapping[str, Any]) -> str:
    """Say how good a training was.

    >>> in_words(3, {"measure": "span F1", "score": 0.843, "support": 21, "texts": 80, "seconds": 12.3})
    'round 3: of 100 marked parts 84 are right, in 21 texts that it did not learn from (of 80 texts, in 12 s)'
    """
    right = f"of 100 {counted(facts['measure'])} {100 * facts['score']:.0f} are right"
    tested = f"in {facts['support']} texts that it did not learn from"
    return f"round {number}: {right}, {tested} (of {facts['texts']} texts, in {facts['seconds']:.0f} s)"


def without_guideline(schema: Schema) -> dict[str, Any]:
    """Return a schema as plain data, without what only people read."""
    return {key: value for key, value in schema.to_data().items() if key != "guideline"}


def _why(running: Running, error: Exception) -> str:
    """Say in a line why a training ended without a model."""
    code = running.process.returncode
    if code is not None and code < 0:
        return f"the process was ended by signal {-code}"
    try:
        lines = (running.folder / "log.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1] if lines else str(error)


def _clean(folder: Path) -> None:
    """Keep the latest models, and the latest folder of all: its log says why a training failed."""
    begun = sorted(folder.glob("round-*"))
    whole = [each for each in begun if (each / RESULT).is_file()]
    for old in set(begun) - {*whole[-KEPT_MODELS:], begun[-1]}:
        shutil.rmtree(old, ignore_errors=True)


def _let_go(process: subprocess.Popen[bytes]) -> None:
    """Close what a training listens to: it ends by itself then, as it does when this process is killed."""
    if process.stdin is not None:
        process.stdin.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    _let_go(process)
    try:
        process.wait(KILL_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def rounds_data(rounds: list[Round]) -> list[dict[str, Any]]:
    """Return the curve as plain data."""
    return [
        {
            "texts": each.facts["texts"],
            "score": each.facts["score"],
            "measure": each.facts["measure"],
            "support": each.facts["support"],
            "at": each.at,
            "seconds": each.facts["seconds"],
        }
        for each in rounds
    ]
