"""A project's folder: plain files that every command takes, and one small JSON that remembers the rest."""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.dataset import Dataset
from textwright.display import Shown
from textwright.errors import DataError
from textwright.formats.files import atomically
from textwright.private import make_private
from textwright.project.extra import start_extra
from textwright.project.state import VERSION, State, state_of
from textwright.schema import Schema
from textwright.trust import inside, parsed_json

if TYPE_CHECKING:
    from textwright.experiment.table import ExperimentTable

ENDING = ".textwright"
STATE = "project.json"


class Project(Shown):
    """A project on disk. Threads may share it; what is changed is on disk when the call returns."""

    def __init__(self, folder: Path, state: State) -> None:
        """Take up a folder; `open_project` makes or finds one."""
        self.folder, self._state = folder, state
        self._lock = threading.Lock()
        # The texts as they were read last, and the time and size of their file then.
        self._read: tuple[tuple[int, int], Dataset] | None = None

    @property
    def state(self) -> State:
        """Return where somebody is and what he chose."""
        return self._state

    @property
    def name(self) -> str:
        """Return the project's name."""
        return self._state.name

    def change(self, **changes: Any) -> State:
        """Change the state on disk, then here, and return it. Raise `DataError` when it cannot be written."""
        with self._lock:
            state = state_of({**replace(self._state, **changes).to_data()})
            write_json(self.folder / STATE, state.to_data())
            self._state = state
            return state

    # --- its files ------------------------------------------------------------------------------

    @property
    def brought_file(self) -> Path:
        """Return the texts as they were brought, before repairs: JSON lines."""
        return self.folder / "brought.jsonl"

    @property
    def repairs_file(self) -> Path:
        """Return what was repaired in the texts as they were brought, and what there was to say of them: JSON."""
        return self.folder / "repairs.json"

    @property
    def texts_file(self) -> Path:
        """Return the texts that are worked on: JSON lines, `meta.held_out` says which are set aside."""
        return self.folder / "texts.jsonl"

    @property
    def schema_file(self) -> Path:
        """Return the labels: a schema file."""
        return self.folder / "schema.toml"

    @property
    def rules(self) -> Path:
        """Return the folder of the project's own rules."""
        return self.folder / "rules"

    @property
    def page_rules_file(self) -> Path:
        """Return the rules as the page's form holds them: JSON."""
        return self.folder / "rules.json"

    @property
    def prompt_file(self) -> Path:
        """Return the project's own prompt."""
        return self.folder / "prompt.toml"

    @property
    def database_file(self) -> Path:
        """Return the database that holds what was annotated."""
        return self.folder / "annotations.sqlite"

    @property
    def models(self) -> Path:
        """Return the folder of what is trained in the background."""
        return self.folder / "models"

    @property
    def learn_file(self) -> Path:
        """Return the annotated texts that methods learn from, as of the last judging."""
        return self.folder / "learn.jsonl"

    @property
    def held_out_file(self) -> Path:
        """Return the annotated texts that were set aside, as of the last judging."""
        return self.folder / "held_out.jsonl"

    @property
    def experiment_file(self) -> Path:
        """Return the experiment that judges all methods."""
        return self.folder / "experiment.toml"

    @property
    def model(self) -> Path:
        """Return the folder of the model that is shipped."""
        return self.folder / "model"

    # --- what they hold -------------------------------------------------------------------------

    @property
    def texts(self) -> Dataset:
        """Return the texts that are worked on; none before any were brought."""
        if not self.texts_file.exists():
            return Dataset(())
        stat = self.texts_file.stat()
        if self._read is None or self._read[0] != (stat.st_mtime_ns, stat.st_size):
            self._read = (stat.st_mtime_ns, stat.st_size), Dataset.read(self.texts_file)
        return self._read[1]

    @property
    def schema(self) -> Schema:
        """Return what is looked for; an empty schema before anybody said."""
        return Schema.read(self.schema_file) if self.schema_file.exists() else Schema(name=self.name)

    @property
    def annotated(self) -> Dataset:
        """Return the texts that were corrected, as they were handed in; `meta.held_out` says which were set aside."""
        with start_extra():
            from textwright.project.annotated import annotated_in
        return Dataset(annotated_in(self), schema=self.schema)

    # --- what its last steps do -----------------------------------------------------------------

    def judge(self, *, tell: Callable[[str], None] = print) -> ExperimentTable:
        """Judge every method on the texts that were set aside; `tell` hears how far it is.

        Raise `DataError` that says what must be done first, `InUseError` (one of them) while the page is open.
        """
        from textwright.project.judge import judge
        from textwright.project.lock import held

        with held(self.folder):
            return judge(self, tell)

    def ship(self, method: str | None = None) -> Path:
        """Write the model of a method, else of the best, to `model`, and return that folder.

        Raise `DataError` when there is none that could be shipped, `InUseError` (one of them) while the page is open.
        """
        from textwright.project.lock import held
        from textwright.project.ship import ship

        with held(self.folder):
            return ship(self, method)

    def __repr__(self) -> str:
        """Show the name, the folder and what is in it."""
        from textwright.project.summary import summary_of

        return f"Project({self.name!r}, {str(self.folder)!r})\n  {summary_of(self)}"


def read_project(folder: Path) -> Project:
    """Open a project's folder. Raise `DataError` that says what is wrong with it."""
    path = folder / STATE
    _refuse_links(folder)
    try:
        return Project(folder, state_of(parsed_json(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, ValueError, TypeError, DataError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        least = json.dumps({"version": VERSION, "name": folder.stem})
        raise DataError(f"{path}: {why}. To go on with all else in the folder, let it hold {least}") from error


def _refuse_links(folder: Path) -> None:
    """Raise `DataError` at a link that leaves the folder: what is written to the project would be written elsewhere."""
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent, name)
            if path.is_symlink():
                inside(folder, str(path.relative_to(folder)), where=str(folder))


def make_project(folder: Path, name: str) -> Project:
    """Make a project in a new or empty folder. Raise `DataError` when that cannot be."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DataError(f"{folder}: is there and holds no project; name a new folder")
    state = State(name)
    try:
        make_private(folder)
    except OSError as error:
        raise DataError(f"{folder}: cannot be made: {error.strerror}{_elsewhere(error)}") from error
    write_json(folder / STATE, state.to_data())
    return Project(folder, state)


def _elsewhere(error: OSError) -> str:
    """Say where a project can be made instead, where it is about whose folder this is."""
    own = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    return ". Start in a folder where you may write, with a copy of the file" if own else ""


def write_json(path: Path, data: Any) -> None:
    """Write plain data whole or not at all. Raise `DataError` when the disk does not allow it."""
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, content: str, *, errors: str = "strict") -> None:
    """Write a text file whole or not at all. Raise `DataError` when the disk does not allow it.

    Half a character is refused, unless `errors` is "surrogatepass", as lines of texts are read again.
    """

    def write(new: Path) -> None:
        new.write_text(content, encoding="utf-8", errors=errors, newline="\n")

    atomically(path, write)
