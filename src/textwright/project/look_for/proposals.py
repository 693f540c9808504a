"""What a project's own texts propose to look for, worked out in the background and again when the texts change."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

from textwright.errors import DataError, TextwrightError
from textwright.llm.opening import Connection
from textwright.project.files import Project
from textwright.project.look_for.asked import asked_proposals, connection_of
from textwright.project.look_for.groups import ProposedTask
from textwright.project.look_for.meanings import LEAST_TEXTS, MOST_TEXTS, Meanings, begin, results
from textwright.project.look_for.shapes import Proposal, shape_proposals
from textwright.project.look_for.shown import open_texts
from textwright.schema import Schema
from textwright.trust import is_confirmed

Stamp = tuple[int, int]
ASKING, ANSWERED = "asking", "answered"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed so far. `ready`: nothing more comes. `lacking` says why something was not looked for.

    `model` is the address of a language model that could be asked, and `asked` how that went: not yet, "asking",
    "answered", or why it has no answer.
    """

    labels: tuple[Proposal, ...] = ()
    task: ProposedTask | None = None
    ready: bool = False
    lacking: str = ""
    model: str = ""
    asked: str = ""


class Proposing:
    """Looks at a project's texts: at shapes in a thread, at meanings in a process. Threads may share it."""

    def __init__(self, project: Project) -> None:
        """Begin when somebody asks."""
        self._project, self._lock = project, threading.Lock()
        self._stamp: Stamp | None = None
        self._found = Proposed()
        self._process: subprocess.Popen[str] | None = None
        self._closed = False
        self._answer: tuple[Proposal, ...] = ()
        self._asked = ""

    def found(self) -> Proposed:
        """Return what was found so far; begin anew where the texts are others than those that were looked at."""
        with self._lock:
            stamp = _stamp(self._project)
            if stamp != self._stamp:
                self._stamp, self._found = stamp, Proposed()
                threading.Thread(target=self._look, args=(stamp,), name="textwright proposals", daemon=True).start()
            return self._with_model(self._found)

    def _with_model(self, found: Proposed) -> Proposed:
        connection = connection_of(self._project)
        address = connection.base_url or "" if connection else ""
        ready = found.ready and self._asked != ASKING
        return replace(found, labels=(*self._answer, *found.labels), model=address, asked=self._asked, ready=ready)

    def ask(self) -> None:
        """Ask the language model in the background. Raise `DataError` where there is none."""
        connection = connection_of(self._project)
        if connection is None:
            raise DataError("no language model is at hand; give its address in the step Suggest")
        if connection.base_url and not is_confirmed(connection.base_url):
            raise DataError(f"nobody has confirmed {connection.base_url} here. The step Suggest asks for that")
        with self._lock:
            if self._asked == ASKING:
                return
            self._asked = ASKING
        threading.Thread(target=self._ask, args=(connection,), name="textwright asking", daemon=True).start()

    def _ask(self, connection: Connection) -> None:
        answer: tuple[Proposal, ...] = ()
        said = ANSWERED
        try:
            answer = tuple(asked_proposals(self._project, connection))
        except TextwrightError as error:
            said = str(error)
        with self._lock:
            self._answer, self._asked = answer, said

    def close(self) -> None:
        """End the work: nobody waits for it any more."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None:
            process.kill()

    # --- in the thread --------------------------------------------------------------------------

    def _look(self, stamp: Stamp) -> None:
        try:
            self._look_at_texts(stamp)
        except TextwrightError as error:  # a file that cannot be read is told by the step itself
            self._keep(stamp, Proposed(ready=True, lacking=str(error)))

    def _look_at_texts(self, stamp: Stamp) -> None:
        texts = open_texts(self._project)[:MOST_TEXTS]
        shapes = tuple(shape_proposals(texts))
        found = Proposed(labels=shapes)
        self._keep(stamp, found)
        for more in self._meanings() if len(texts) >= LEAST_TEXTS else ():
            found = Proposed((*shapes, *more.labels), more.task, lacking=more.lacking)
            self._keep(stamp, found)
        self._keep(stamp, replace(found, ready=True))

    def _meanings(self) -> Iterator[Meanings]:
        with self._lock:
            process = None if self._closed else begin(self._project)
            self._process = process
        return iter(()) if process is None else results(process)

    def _keep(self, stamp: Stamp, found: Proposed) -> None:
        with self._lock:
            if stamp == self._stamp:
                self._found = found


def _stamp(project: Project) -> Stamp:
    try:
        facts = project.texts_file.stat()
    except OSError:
        return 0, 0
    return facts.st_mtime_ns, facts.st_size


def still_new(found: Proposed, schema: Schema) -> Proposed:
    """Leave out what a schema has already: by its name, or by the meaning that was proposed."""
    names = {name.casefold() for name in schema.spans}
    meanings = {label.meaning for label in schema.labels}
    labels = tuple(each for each in found.labels if each.name.casefold() not in names and each.meaning not in meanings)
    asked = {label.meaning for task in schema.tasks for label in task.labels}
    has_task = found.task is not None and any(answer.meaning in asked for answer in found.task.answers)
    return replace(found, labels=labels, task=None if has_task else found.task)
