"""A text as an annotator finds it: put together of what is stored, in the order that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from textwright.annotate.settings import Settings, chance
from textwright.annotate.suggesting import Suggesting, is_something, within
from textwright.store import holdings
from textwright.store.acts import PastAct, Status
from textwright.store.database import Database
from textwright.store.held_out import is_set_aside
from textwright.store.holdings import Taken
from textwright.store.projects import Project
from textwright.store.suggestions import FILE, Proposal, Suggestion, keep_suggestions, suggestions_of
from textwright.store.tasks import acts_of, texts_by_numbers
from textwright.store.texts import StoredText


@dataclass(frozen=True, slots=True)
class Task:
    """A text as one annotator finds it: what he did with it so far, and what is suggested.

    `held_out`: it was set aside, so that it is shown without a suggestion.
    """

    text: StoredText
    version: int
    status: Status
    acts: tuple[PastAct, ...]
    suggestion: Suggestion | None
    held_out: bool = False


def blind_for(settings: Settings, annotator: str) -> Callable[[int], bool]:
    """Say which texts an annotator is shown without a suggestion: the same ones each time."""
    share, seed = settings.blind_share, settings.seed
    return lambda number: chance("blind", seed, annotator, number) < share


@dataclass(frozen=True, slots=True)
class Tasks:
    """Texts of a project with what suggests."""

    database: Database
    project: Project
    settings: Settings
    suggesting: Suggesting

    def of(self, annotator: str, numbers: Sequence[int]) -> list[Task]:
        """Put together what is stored of texts, in the order of the numbers; those that are not there are left out."""
        with self.database.one_moment():
            texts = texts_by_numbers(self.database, self.project, numbers)
            taken = holdings.taken_texts(self.database, annotator, numbers)
            done = acts_of(self.database, annotator, [number for number, each in taken.items() if each.version])
            kept_ones = suggestions_of(self.database, texts)
        found = self._with_given(texts, kept_ones)
        shown = {number: self.suggesting.shown(found.get(number, ())) for number in texts}
        self._note_shown(annotator, taken, shown)
        aside = {number for number, text in texts.items() if self._is_aside(text)}
        blind = aside | {number for number in texts if self._is_blind(annotator, number, taken)}
        return [
            Task(
                replace(texts[number], gold=None),
                taken[number].version if number in taken else 0,
                taken[number].status if number in taken else "new",  # type: ignore[arg-type]  # what the table holds
                tuple(done.get(number, ())),
                None if number in blind else shown[number],
                number in aside,
            )
            for number in numbers
            if number in texts
        ]

    def _with_given(
        self, texts: Mapping[int, StoredText], found: Mapping[int, list[Suggestion]]
    ) -> Mapping[int, list[Suggestion]]:
        """Add what the file says: it becomes a suggestion the first time that it is needed."""
        given = [text for text in texts.values() if is_something(text.given) and not _from_file(found, text.number)]
        if not given:
            return found
        schema = self.project.schema
        said = [Proposal(text.number, FILE, 0, within(schema, text.given)) for text in given if text.given]
        keep_suggestions(self.database, said)
        return suggestions_of(self.database, texts)

    def _note_shown(self, annotator: str, taken: Mapping[int, Taken], shown: Mapping[int, Suggestion | None]) -> None:
        """Note which suggestion goes with an untouched text, also where it is not shown: bias is measured by it."""
        changed = [
            (number, each.id)
            for number, each in shown.items()
            if each is not None
            and number in taken
            and not taken[number].version
            and taken[number].suggestion != each.id
        ]
        holdings.note_shown(self.database, annotator, changed)

    def _is_aside(self, text: StoredText) -> bool:
        return self.settings.held_out_every is not None and is_set_aside(text.meta)

    def _is_blind(self, annotator: str, number: int, taken: Mapping[int, Taken]) -> bool:
        return taken[number].blind if number in taken else blind_for(self.settings, annotator)(number)


def _from_file(found: Mapping[int, Sequence[Suggestion]], number: int) -> bool:
    return any(each.source == FILE for each in found.get(number, ()))
