"""Suggestions, computed in the background a little ahead of those who work."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textwright.annotate.background import Say, Worker
from textwright.errors import StoreError
from textwright.predictor import Predictor, answer_batch
from textwright.schema import Schema
from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.suggestions import FILE, Proposal, Suggestion, keep_suggestions, texts_with, texts_without
from textwright.store.tasks import texts_by_numbers
from textwright.types import Annotation, Answer, Problem

TRAINED = "trained"
# So many texts in the order of work have their suggestions before anybody asks for them.
AHEAD = 600
LEAST_BATCH, MOST_BATCH = 4, 256
# A batch that took less is doubled, one that took four times as long halved: a slow predictor gets few texts at a time.
QUICK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Suggester:
    """A predictor under the name that its suggestions bear."""

    source: str
    predictor: Predictor
    round: int = 0


@dataclass(slots=True)
class Hurry:
    """Texts that somebody waits for."""

    numbers: Sequence[int]
    done: threading.Event = field(default_factory=threading.Event)


class Suggesting:
    """Asks predictors for suggestions and keeps them. A text that a predictor fails for has none of it."""

    def __init__(self, database: Database, project: Project, *, people: int, say: Say) -> None:
        """Begin without a predictor."""
        self._database, self.project, self._people, self._say = database, project, people, say
        self._suggesters: tuple[Suggester, ...] = ()
        self._silent: Suggester | None = None
        self._is_chosen = False
        self._batch: dict[str, int] = defaultdict(lambda: LEAST_BATCH)
        self._failed: dict[tuple[str, int], set[int]] = defaultdict(set)
        self._hurries: deque[Hurry] = deque()
        self._worker = Worker("suggesting", self._step, say=say)

    @property
    def suggesters(self) -> tuple[Suggester, ...]:
        """Return the predictors that are asked, the one that is shown first."""
        return self._suggesters

    @property
    def predictors(self) -> tuple[Suggester, ...]:
        """Return all predictors that there are, a trained one first, whether it suggests or not."""
        return self._suggesters if self._silent is None else (self._silent, *self._suggesters)

    def use(self, suggesters: Sequence[Suggester]) -> None:
        """Ask these predictors from now on, the first one before the others; a trained one comes first of all."""
        kept = [each for each in self._suggesters if each.source == TRAINED]
        self._suggesters = (*kept, *suggesters)
        self._is_chosen = True
        self._worker.wake()

    def use_trained(self, predictor: Predictor, *, round: int, silent: bool = False) -> None:  # noqa: A002
        """Ask a newly trained predictor, and show what it says; a `silent` one serves the order of work alone."""
        others = [each for each in self._suggesters if each.source != TRAINED]
        trained = Suggester(TRAINED, predictor, round)
        self._silent = trained if silent else None
        self._suggesters = tuple(others) if silent else (trained, *others)
        self._worker.wake()

    def wake(self) -> None:
        """Say that there are new texts, or that the order of work changed."""
        if self._suggesters:
            self._worker.wake()

    def hurry(self, numbers: Sequence[int], *, seconds: float) -> None:
        """Ask the shown predictor for these texts now; wait for it no longer than `seconds`."""
        if not self._suggesters or not numbers:
            return
        hurry = Hurry(numbers)
        self._hurries.append(hurry)
        self._worker.wake()
        hurry.done.wait(seconds)

    def shown(self, found: Sequence[Suggestion]) -> Suggestion | None:
        """Choose the suggestion of a text that is shown: the file's own, else the first predictor's.

        Before predictors are chosen, what those of an earlier run said is shown.
        """
        for source in self._sources:
            for each in found:
                if each.source == source:
                    return each
        return found[0] if found and not self._is_chosen else None

    @property
    def _sources(self) -> list[str]:
        trained = () if self._silent else (TRAINED,)
        return [FILE, *trained, *(each.source for each in self._suggesters)]

    def lacking(self, numbers: Sequence[int]) -> list[int]:
        """List the texts of which no predictor that is shown said anything, although one may."""
        sources = self._sources if self._is_chosen else None
        has = texts_with(self._database, numbers, sources=sources)
        return [each for each in numbers if each not in has and not self.hopeless(each)]

    def hopeless(self, number: int) -> bool:
        """Say whether nothing will come for a text, because the shown predictor failed for it."""
        if not self._suggesters:
            return False
        first = self._suggesters[0]
        return number in self._failed[(first.source, first.round)]

    def failures(self) -> Mapping[str, int]:
        """Count, for each predictor, the texts that it failed for."""
        return {source: len(numbers) for (source, _), numbers in self._failed.items() if numbers}

    def end(self) -> None:
        """Say that the work is to end, without waiting for it."""
        self._worker.end()

    def close(self) -> None:
        """End the work."""
        self._worker.close()

    # --- in the thread --------------------------------------------------------------------------

    def _step(self) -> bool:
        if self._hurries:
            self._serve(self._hurries.popleft())
            return True
        return any(self._go_ahead(each) for each in self._suggesters)

    def _serve(self, hurry: Hurry) -> None:
        """Answer texts that somebody waits for, a batch at a time."""
        try:
            if self._suggesters:
                first = self._suggesters[0]
                found = texts_by_numbers(self._database, self.project, hurry.numbers)
                texts = [(number, found[number].text) for number in hurry.numbers if number in found]
                self._all(first, texts)
        finally:
            hurry.done.set()

    def _all(self, suggester: Suggester, texts: Sequence[tuple[int, str]]) -> None:
        done = 0
        while done < len(texts) and not self._worker.closed:
            size = self._batch[suggester.source]
            self._suggest(suggester, texts[done : done + size])
            done += size

    def _go_ahead(self, suggester: Suggester) -> bool:
        """Suggest for the next texts that lack it; say whether there were any."""
        lacking = texts_without(
            self._database,
            self.project,
            source=suggester.source,
            round=suggester.round,
            people=self._people,
            ahead=AHEAD,
        )
        failed = self._failed[(suggester.source, suggester.round)]
        texts = [each for each in lacking if each[0] not in failed]
        for start in range(0, len(texts), MOST_BATCH):
            if self._hurries or self._worker.closed:
                return True
            self._all(suggester, texts[start : start + MOST_BATCH])
        return bool(texts)

    def _suggest(self, suggester: Suggester, texts: Sequence[tuple[int, str]]) -> None:
        began = time.monotonic()
        answers = safe_answers(suggester.predictor, [text for _, text in texts])
        self._pace(suggester.source, time.monotonic() - began)
        proposals = []
        for (number, _), answer in zip(texts, answers, strict=True):
            if answer.annotation is None:
                self._note_failure(suggester, number, answer)
            else:
                said = within(self.project.schema, answer.annotation)
                proposals.append(Proposal(number, suggester.source, suggester.round, said))
        keep_suggestions(self._database, proposals)

    def _pace(self, source: str, seconds: float) -> None:
        size = self._batch[source]
        if seconds < QUICK_SECONDS:
            self._batch[source] = min(2 * size, MOST_BATCH)
        elif seconds > 4 * QUICK_SECONDS:
            self._batch[source] = max(size // 2, 1)

    def _note_failure(self, suggester: Suggester, number: int, answer: Answer) -> None:
        first = not self.failures().get(suggester.source)
        self._failed[(suggester.source, suggester.round)].add(number)
        if first:
            why = answer.problem.reason if answer.problem else "no answer"
            self._say(f"{suggester.source} has no suggestion for text {number}: {why} (others are only counted)")


def safe_answers(predictor: Predictor, texts: Sequence[str]) -> list[Answer]:
    """Answer each text, whatever the predictor raises: a text that it fails for gets a problem."""
    try:
        return answer_batch(predictor, texts)
    except StoreError:
        raise
    except Exception as error:
        if len(texts) == 1:
            return [Answer(None, Problem("crash", f"{type(error).__name__}: {error}"))]
        middle = len(texts) // 2
        return [*safe_answers(predictor, texts[:middle]), *safe_answers(predictor, texts[middle:])]


def within(schema: Schema, annotation: Annotation) -> Annotation:
    """Leave out what a schema does not know, and doubles."""
    if schema.open:
        return annotation
    labels = set(schema.spans)
    tasks = {task.name: {label.name for label in task.labels} for task in schema.tasks}
    spans = dict.fromkeys(span for span in annotation.spans or () if span.label in labels)
    categories = dict.fromkeys(each for each in annotation.categories or () if each.label in tasks.get(each.task, ()))
    return Annotation(tuple(spans), tuple(categories))


def is_something(annotation: Annotation | None) -> bool:
    """Say whether an annotation holds a span or a category."""
    return annotation is not None and bool(annotation.spans or annotation.categories)
