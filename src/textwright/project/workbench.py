"""A project at work: its texts at the desk, with what suggests, trains and judges in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Protocol

from textwright.annotate.desk import Desk
from textwright.annotate.settings import Settings
from textwright.errors import TextwrightError
from textwright.predictor import Predictor
from textwright.project.bring.making import catch_up, is_made, settle
from textwright.project.files import Project
from textwright.project.look_for.keeping import keep_schema, opened_schema
from textwright.project.look_for.work import take_schema
from textwright.project.suggest.choosing import open_suggester
from textwright.references import open_reference
from textwright.store.database import open_database
from textwright.store.projects import open_project as open_stored
from textwright.store.renewal import renew_texts, what_stays

# A network is trained anew after so many texts.
RETRAIN = 20
# One text in so many that are corrected is one of those set aside: about their share of all texts.
HELD_OUT_EVERY = 4
# How often texts that somebody annotates meanwhile are settled anew; none changes its side in any case.
TRIES = 5
ME = "me"
Say = Callable[[str], None]


class Work(Protocol):
    """What a step does in the background."""

    def close(self) -> None:
        """End it."""


class Workbench:
    """One project that somebody works on. Threads share it."""

    def __init__(self, project: Project, *, say: Say = print) -> None:
        """Open the database and the desk; `say` takes what happens in the background, a line each."""
        self.project, self.say = project, say
        self.database = open_database(str(project.database_file))
        stored = open_stored(self.database, project.name, opened_schema(self.database, project), {})
        retrain = RETRAIN if find_spec("torch") else None
        settings = Settings(
            order="uncertain",
            seed=project.state.seed,
            blind_share=0.0,
            retrain=retrain,
            alone=True,
            held_out_every=HELD_OUT_EVERY,
        )
        self.desk = Desk(
            self.database,
            stored,
            settings,
            opener=open_reference,
            folder=project.models,
            on_schema=lambda schema: keep_schema(project, schema),
            say=say,
        )
        self.lock = threading.RLock()
        self.works: dict[str, Work] = {}
        self.take_texts()

    def take_texts(self) -> None:
        """Bring the desk up to date with the project's texts; what somebody annotated stays, and stays on its side.

        He may do so at any moment: the texts then follow the database, until both say the same.
        """
        with self.lock:
            self._catch_up()
            database, stored = self.database, self.desk.project
            for _ in range(TRIES):
                renewed = renew_texts(database, stored, self.project.texts)
                if not renewed.differs:
                    break
                settle(self.project, what_stays(database, stored))
            self.desk.add(renewed.lacking)

    def _catch_up(self) -> None:
        """Make the texts again where that was cut off: it takes a while where they are many."""
        if is_made(self.project):
            return
        self.say(f"making the texts of {self.project.folder} again: that was cut off, or what they come from changed")
        catch_up(self.project, what_stays(self.database, self.desk.project))
        self.take_schema()

    def take_schema(self) -> None:
        """Bring the desk up to date with the project's schema file. Raise `SchemaError` at a wrong one."""
        take_schema(self)

    def take_suggester(self) -> None:
        """Let the desk suggest with what the project chose; what cannot be opened is said and left out."""
        self.desk.suggest_with(self._suggesters())

    def _suggesters(self) -> Mapping[str, Predictor]:
        try:
            return open_suggester(self.project)
        except TextwrightError as error:
            self.say(f"there are no suggestions: {error}")
            return {}

    def start(self) -> None:
        """Begin the work in the background."""
        self.take_suggester()
        self.desk.start()

    def close(self) -> None:
        """End the work in the background and close the database."""
        for work in self.works.values():
            work.close()
        self.desk.close()
        self.database.close()
