"""Who gets which text next: begun ones, then new ones in order, gold questions and texts set aside among them."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from math import ceil

from textwright.annotate import golden, held_out
from textwright.annotate.settings import Settings
from textwright.annotate.suggesting import Suggesting
from textwright.annotate.tasks import Task, Tasks, blind_for
from textwright.store import giving_back, holdings, places, queue
from textwright.store.database import Database
from textwright.store.gold import has_gold, take_gold
from textwright.store.projects import Project
from textwright.store.queue import Wish

# Whoever does nothing for so long gives back the texts that he did not touch.
IDLE_SECONDS = 3600.0
LOOK_SECONDS = 60.0
# How long a request for texts waits for suggestions that are not there yet, and for how many of them.
PATIENCE_SECONDS = 0.15
HURRIED = 300
# The first request of all waits longer: models take a moment to open, and the first texts are worth it.
OPENING_SECONDS = 4.0
# So many texts are given out although their suggestions are not ready.
AT_ONCE = 3
# An annotator among others has at least so many untouched texts; one who is alone takes as many as he asks for.
LEAST_SHARE, MOST_TAKEN = 20, 5_000
# The first texts of an annotator are shown with their suggestions: one learns what they are.
ALWAYS_SHOWN = 5
# The database looks at what it holds after so many texts were given out, and again after four times as many.
ANALYSED_FIRST, ANALYSED_AGAIN = 200, 4


class Handing:
    """Gives texts to annotators, and takes back those that lie about."""

    def __init__(self, database: Database, project: Project, settings: Settings, suggesting: Suggesting) -> None:
        """Begin with nobody waiting."""
        self.database, self.project, self.settings = database, project, settings
        self._suggesting = suggesting
        self._opened, self._patient_until = threading.Event(), float("inf")
        self._looked, self._looking = -LOOK_SECONDS, threading.Lock()
        self._given, self._analysed = 0, ANALYSED_FIRST

    def open(self) -> None:
        """Say that predictors are there, if there are any."""
        self._opened.set()

    def tasks(self, annotator: str, numbers: Sequence[int]) -> list[Task]:
        """Return texts as an annotator finds them."""
        return Tasks(self.database, self.project, self.settings, self._suggesting).of(annotator, numbers)

    def queue(self, annotator: str, *, limit: int, skip: Collection[int] = ()) -> list[Task]:
        """Return the next texts for an annotator, begun ones first, and note that he has them.

        There may be fewer than `limit` while suggestions are still computed: ask again with `skip`.
        """
        self._give_back_now_and_then()
        known = frozenset(skip)
        with self.database.one_moment():
            begun = [each for each in holdings.begun_texts(self.database, self.project, annotator) if each not in known]
            wish = self._wish(annotator, max(0, limit - len(begun)), known)
        new = self._ready(self._new_texts(wish))
        self._analyse_now_and_then(len(new))
        return self.tasks(annotator, [*begun[:limit], *new])

    def _wish(self, annotator: str, limit: int, skip: frozenset[int]) -> Wish:
        """Say how many new texts an annotator may take, and how many of them are surely shown with suggestions."""
        if limit == 0:
            return Wish(annotator, 0)
        shown = 0 if holdings.has_any(self.database, self.project, annotator) else ALWAYS_SHOWN
        return Wish(annotator, limit, skip, self.settings.people, self._room(annotator), shown)

    def _new_texts(self, wish: Wish) -> list[int]:
        """Take new texts, with gold questions at the places where they belong."""
        if wish.limit == 0:
            return []
        places, questions = self._questions(wish.annotator, wish.limit, wish.skip)
        without = replace(wish, limit=wish.limit - len(questions))
        return golden.mixed(self._in_order(without), questions, places)

    def _in_order(self, wish: Wish) -> list[int]:
        """Take new texts, those that were set aside at every so many."""
        every, blind = self.settings.held_out_every, blind_for(self.settings, wish.annotator)
        if every is None:
            return queue.take_next(self.database, self.project, wish, blind=blind)
        first = self._place(wish.annotator, wish.skip)
        return held_out.take_mixed(self.database, self.project, wish, first=first, every=every, blind=blind)

    def _place(self, annotator: str, skip: frozenset[int]) -> int:
        """Count the texts that an annotator had, and those that he has on his screen."""
        waiting = [each for each in holdings.taken_texts(self.database, annotator, skip).values() if each.version == 0]
        return holdings.count_touched(self.database, self.project, annotator) + len(waiting)

    def _questions(self, annotator: str, limit: int, skip: frozenset[int]) -> tuple[list[int], list[int]]:
        """Return the places of gold questions among the next texts, and the questions."""
        if not has_gold(self.database, self.project):
            return [], []
        first = self._place(annotator, skip)
        places = golden.places(first, limit, seed=self.settings.seed, annotator=annotator)
        blind = blind_for(self.settings, annotator)
        return places, take_gold(self.database, self.project, annotator, len(places), skip=skip, blind=blind)

    def _room(self, annotator: str) -> int:
        """Say how many new texts an annotator may take, so that something is left for the others.

        A little room is none: to be asked for one text after each that was handed in would cost much.
        """
        if self.settings.alone:
            return MOST_TAKEN
        left = places.count_open(self.database, self.project, people=self.settings.people)
        known = {annotator, *places.annotators(self.database, self.project)}
        share = max(LEAST_SHARE, ceil(left / (2 * (len(known) + 1))))
        room = share - holdings.count_untouched(self.database, self.project, annotator)
        return room if room >= share // 4 else 0

    def _ready(self, numbers: Sequence[int]) -> Sequence[int]:
        """Keep the texts up to the first whose suggestion is still to come, but at least a few.

        Those that lack a suggestion are waited for, but not long.
        """
        if not (self.settings.suggesters or self._suggesting.suggesters):
            return numbers
        self._opened.wait(self._patience())
        waiting = self._suggesting.lacking(numbers)
        if waiting and self._suggesting.suggesters:
            self._suggesting.hurry(waiting[:HURRIED], seconds=self._patience())
            waiting = self._suggesting.lacking(numbers)
        late = numbers.index(waiting[0]) if waiting else len(numbers)
        return numbers[: max(late, AT_ONCE)]

    def _patience(self) -> float:
        self._patient_until = min(self._patient_until, time.monotonic() + OPENING_SECONDS)
        return max(PATIENCE_SECONDS, self._patient_until - time.monotonic())

    def _analyse_now_and_then(self, given: int) -> None:
        self._given += given
        if self._given >= self._analysed:
            self._analysed = ANALYSED_AGAIN * self._given
            threading.Thread(target=self.database.analyse, name="textwright statistics", daemon=True).start()

    def _give_back_now_and_then(self) -> None:
        with self._looking:
            if time.monotonic() - self._looked < LOOK_SECONDS:
                return
            self._looked = time.monotonic()
        giving_back.give_back(self.database, self.project, idle=IDLE_SECONDS)
