"""The desk: everything that a page, a notebook or a command asks of a project while people annotate it.

One facade of short methods. It knows nothing of the web; threads share it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from textwright.annotate import adjudication, bias, golden, importing
from textwright.annotate.adjudication import Decided, Disagreements, Note
from textwright.annotate.background import Say
from textwright.annotate.handing import Handing
from textwright.annotate.importing import Added
from textwright.annotate.labels import refuse_lost, with_label
from textwright.annotate.ordering import Ordering
from textwright.annotate.retraining import Plan, Retraining, rounds_data
from textwright.annotate.settings import Settings
from textwright.annotate.suggesting import TRAINED, Suggester, Suggesting
from textwright.annotate.tasks import Task
from textwright.annotate.trust import may_suggest
from textwright.annotate.visibility import Role, may_see
from textwright.evaluate.agreement import Agreement, agreement
from textwright.predictor import Predictor
from textwright.schema import Schema
from textwright.store import acts, counts, export, holdings, kept, places, search
from textwright.store.acts import Act, Outcome, PastAct
from textwright.store.counts import AnnotatorCounts
from textwright.store.database import Database
from textwright.store.decisions import Decision
from textwright.store.projects import Project, change_schema
from textwright.store.relabelling import Relabelling, replace_schema
from textwright.store.rounds import rounds_of
from textwright.store.search import Filters, FoundText
from textwright.store.used import uses
from textwright.types import Example

CHUNK, LONGEST_PAUSE = 500, 0.2


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts that were found; `more` says that there are others behind them."""

    rows: Sequence[FoundText]
    more: bool


def say_aloud(line: str) -> None:
    """Say something on standard error."""
    print(f"textwright: {line}", file=sys.stderr, flush=True)


def _pace(of: AnnotatorCounts) -> dict[str, Any]:
    return {"name": of.name, "done": of.done, "skipped": of.skipped, "seconds_per_text": of.seconds_per_text}


def _mine(done: AnnotatorCounts | None, left: int) -> dict[str, Any]:
    """Say how far an annotator is, who has so many texts left; None: who has not begun."""
    seconds = done.seconds_per_text if done else None
    return {
        "done": done.done if done else 0,
        "left": left,
        "texts_per_hour": done.texts_per_hour if done else None,
        "seconds_per_text": seconds,
        "seconds_left": None if seconds is None else seconds * left,
    }


def _nothing(schema: Schema) -> None:
    del schema


class Desk:
    """A project at work: who gets which text, what is suggested, what was handed in."""

    def __init__(
        self,
        database: Database,
        project: Project,
        settings: Settings,
        *,
        opener: Callable[[str], Predictor] | None = None,
        folder: Path | None = None,
        on_schema: Callable[[Schema], None] = _nothing,
        say: Say = say_aloud,
    ) -> None:
        """Take up a project. `opener` opens trained models, which are kept in `folder`.

        `on_schema` takes the schema after each change, so that a file of it can follow.
        """
        self.database, self.project, self.settings = database, project, settings
        self._on_schema = on_schema
        self._suggesting = Suggesting(database, project, people=settings.people, say=say)
        self._handing = Handing(database, project, settings, self._suggesting)
        self._ordering = Ordering(
            database,
            project,
            order=settings.order,
            seed=settings.seed,
            people=settings.people,
            suggesters=lambda: self._suggesting.predictors,
            say=say,
            sets_aside=settings.held_out_every is not None,
        )
        self._retraining = self._trained_in(folder, opener, say)
        self._bias: tuple[int, Mapping[str, Any] | None] | None = None
        self._agreement: tuple[int, Agreement] | None = None

    def suggest_with(self, predictors: Mapping[str, Predictor]) -> None:
        """Suggest with these predictors, by name; the first is the one that is shown."""
        self._suggesting.use([Suggester(name, predictor) for name, predictor in predictors.items()])
        self._handing.open()
        self._ordering.refresh()

    def _trained_in(
        self, folder: Path | None, opener: Callable[[str], Predictor] | None, say: Say
    ) -> Retraining | None:
        every = self.settings.retrain
        if every is None:
            return None
        if folder is None or opener is None:
            raise ValueError("to retrain, a desk needs a folder and an opener of models")
        sets_aside = self.settings.held_out_every is not None
        plan = Plan(every, folder, lambda: self.examples(which="gold"), opener, self.settings.seed, sets_aside)
        return Retraining(self.database, self.project, plan, on_model=self._use_trained, say=say)

    def _use_trained(self, predictor: Predictor, number: int) -> None:
        self._suggesting.use_trained(predictor, round=number, silent=not self._may_suggest(predictor))
        if self.settings.order in ("uncertain", "disagree"):
            self._ordering.refresh()

    def _may_suggest(self, predictor: Predictor) -> bool:
        """Say whether a trained model suggests from now on; without texts set aside nobody can tell, and it does."""
        if self.settings.held_out_every is None:
            return True
        others = [each.source for each in self._suggesting.suggesters if each.source != TRAINED]
        known = self.examples(which="gold")
        return may_suggest(predictor, next(iter(others), None), known, (self.database, self.project))

    @property
    def suggests(self) -> str | None:
        """Name what suggests: `trained`, a predictor's name, or None."""
        return next((each.source for each in self._suggesting.suggesters), None)

    def add_label(self, name: str, *, meaning: str = "") -> Schema:
        """Add a span label while people work, and return the schema. Raise `SchemaError` when it cannot be."""
        self._take(change_schema(self.database, self.project, lambda schema: with_label(schema, name, meaning=meaning)))
        self._on_schema(self.project.schema)
        return self.project.schema

    def use_schema(self, schema: Schema, relabelling: Relabelling | None = None) -> None:
        """Work with another schema from now on; `relabelling` says what becomes of what is marked.

        Raise `SchemaError`, and change nothing, when marks would be left that the schema does not know.
        """
        change = relabelling or Relabelling()
        refuse_lost(schema, change, uses(self.database, self.project))
        self._take(replace_schema(self.database, self.project, schema, change))
        self._on_schema(schema)
        if change:
            self._judge_trained_again()

    def _judge_trained_again(self) -> None:
        """Judge a model that was trained before labels changed: it does not know a new name."""
        for each in self._suggesting.predictors:
            if each.source == TRAINED:
                self._use_trained(each.predictor, each.round)

    def _take(self, project: Project) -> None:
        self.project = self._handing.project = self._suggesting.project = self._ordering.project = project
        if self._retraining is not None:
            self._retraining.project = project

    def start(self) -> None:
        """Begin the work in the background: the order, suggestions, training."""
        self._ordering.refresh()
        if self._retraining is not None:
            self._retraining.wake()

    def close(self) -> None:
        """End the work in the background: all at once, so that nobody waits for one after the other."""
        works = [each for each in (self._ordering, self._suggesting, self._retraining) if each is not None]
        for each in works:
            each.end()
        for each in works:
            each.close()

    # --- texts for an annotator -----------------------------------------------------------------

    def queue(self, annotator: str, *, limit: int, skip: Collection[int] = ()) -> list[Task]:
        """Return the next texts for an annotator, begun ones first, and note that he has them.

        There may be fewer than `limit` while suggestions are still computed: ask again with `skip`.
        """
        return self._handing.queue(annotator, limit=limit, skip=skip)

    def task(self, annotator: str, number: int) -> Task | None:
        """Return one text as an annotator finds it; None where the project has no such text."""
        return next(iter(self._handing.tasks(annotator, [number])), None)

    def over(self, annotator: str, numbers: Collection[int]) -> list[int]:
        """Name those texts, of these, that an annotator has handed in or skipped."""
        taken = holdings.taken_texts(self.database, annotator, numbers)
        return sorted(number for number, each in taken.items() if each.status in ("done", "skipped"))

    # --- what annotators did --------------------------------------------------------------------

    def record(self, annotator: str, done: Sequence[Act]) -> list[Outcome]:
        """Keep acts, in order, each by itself; return after the commit."""
        kept_acts = acts.record(self.database, self.project, annotator, done)
        if self._retraining is not None:
            self._retraining.wake()
        return kept_acts

    def past(self, asker: str, role: Role, number: int) -> list[PastAct]:
        """List the acts of a text that `asker` may see, in order."""
        rows = self.rows(asker, role, after=number - 1, limit=1).rows
        visible = {each.annotator for row in rows if row.number == number for each in row.annotations}
        found = acts.history(self.database, self.project, number)
        return [each for each in found if each.annotator == asker or each.annotator in visible]

    def _visible(self, asker: str, role: Role) -> Any:
        return may_see(asker, role, people=self.settings.people)

    def rows(self, asker: str, role: Role, filters: Filters = search.ALL, *, after: int = 0, limit: int = 50) -> Rows:
        """Find texts, each with the annotations that `asker` may see."""
        visible = self._visible(asker, role)
        return Rows(*search.find_rows(self.database, self.project, filters, visible=visible, after=after, limit=limit))

    # --- how it goes ----------------------------------------------------------------------------

    def progress(self, annotator: str, *, everybody: bool) -> Mapping[str, Any]:
        """Say how far the work is, for one annotator or for one who may see everybody's pace."""
        with self.database.one_moment():  # a text that is taken meanwhile would count twice, as free and as his
            all_texts = counts.progress_counts(self.database, self.project, self.settings.people)
            paces = counts.annotator_counts(self.database, self.project, None if everybody else annotator)
            left = places.count_left(self.database, self.project, annotator, people=self.settings.people)
        return {
            "total": all_texts.total,
            "done": all_texts.done,
            "begun": all_texts.begun,
            "skipped": all_texts.skipped,
            "mine": _mine(next((each for each in paces if each.name == annotator), None), left),
            "annotators": [_pace(each) for each in paces],
            "suggesting": self._measured_bias(),
            "training": {
                "running": self._retraining is not None and self._retraining.running,
                "every": self.settings.retrain,
                "rounds": rounds_data(rounds_of(self.database, self.project)),
            },
            "gold": golden.tally(self.database, self.project, None if everybody else annotator),
        }

    def _measured_bias(self) -> Mapping[str, Any] | None:
        """Measure what suggesting does; again only when more was handed in."""
        count = kept.count_handed_in_annotations(self.database, self.project)
        if self._bias is None or self._bias[0] != count:
            self._bias = count, bias.measured(self.database, self.project)
        found, failed = self._bias[1], dict(self._suggesting.failures())
        return {**found, "failed": failed} if found else None

    def agreement(self) -> Agreement:
        """Say how far annotators agree. Raise `DataError` where no text was handed in by two."""
        count = kept.count_handed_in_annotations(self.database, self.project)
        if self._agreement is None or self._agreement[0] != count:
            self._agreement = count, agreement(self.examples(status="done"))
        return self._agreement[1]

    # --- adjudication ---------------------------------------------------------------------------

    def disagreements(self, *, after: int = 0, limit: int = 20, decided: bool = False) -> Disagreements:
        """List texts that all who were asked handed in and that differ: those decided on, or the others."""
        return adjudication.disagreements(
            self.database, self.project, people=self.settings.people, after=after, limit=limit, decided=decided
        )

    def decide(self, by: str, decision: Decision) -> Decided:
        """Keep a decision. Raise `DataError` when it does not fit, `ConflictError` when somebody was quicker."""
        return adjudication.decide(self.database, self.project, by, decision)

    def notes(self) -> list[Note]:
        """List the reasons of the decisions in force, the newest first."""
        return adjudication.notes(self.database, self.project)

    # --- in and out -----------------------------------------------------------------------------

    def examples(self, *, which: export.Which = "annotators", status: export.HandedIn = "any") -> Iterator[Example]:
        """Yield what was annotated, in constant memory, while people work."""
        return export.examples(self.database, self.project, which=which, status=status)

    def add(self, examples: Iterable[Example], *, gold: bool = False) -> Added:
        """Add texts while people work. What a line says with an annotator becomes that annotator's, handed in.

        With `gold` the texts become gold questions, asked of everybody among the others.
        """
        total, waiting = Added(), iter(examples)
        while chunk := list(islice(waiting, CHUNK)):
            began = time.monotonic()
            total = total + importing.add_chunk(self.database, self.project, chunk, gold=gold)
            self._suggesting.wake()
            self._ordering.refresh()
            if len(chunk) == CHUNK:  # somebody may be at work: a large file leaves him every other moment
                time.sleep(min(time.monotonic() - began, LONGEST_PAUSE))
        if total.added > CHUNK:
            self.database.analyse()
        return total
