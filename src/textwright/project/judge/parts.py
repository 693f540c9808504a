"""What was annotated, parted: texts that methods learn from, and texts set aside that they are judged on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from textwright.dataset import occurring_schema
from textwright.formats.jsonl import format_example
from textwright.leakage import leaks
from textwright.project.files import Project
from textwright.store.held_out import is_held_out
from textwright.types import Annotation, Example

if TYPE_CHECKING:
    from textwright.annotate.desk import Desk

# With fewer texts a figure says nothing at all; from `ENOUGH` on it begins to.
LEAST_LEARNED, LEAST_HELD_OUT, ENOUGH = 12, 5, 40
# About so many of the texts that one annotates are set aside.
SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Parts:
    """The annotated texts of a project. `alike` counts those that are in neither part.

    They were to be learned from and are the same as one set aside.
    """

    learned: tuple[Example, ...] = ()
    held_out: tuple[Example, ...] = ()
    alike: int = 0

    def __len__(self) -> int:
        """Return the number of annotated texts."""
        return len(self.learned) + len(self.held_out)

    @property
    def names(self) -> tuple[str, ...]:
        """Name the labels and tasks that any annotated text has: all of them are judged.

        The texts set aside are looked through for each of them, so that one that has none says "nothing here".
        """
        return names_in((*self.learned, *self.held_out))

    @property
    def missing(self) -> int:
        """Estimate how many more texts must be annotated before anything can be judged."""
        learned = (LEAST_LEARNED - len(self.learned)) / (1 - SHARE)
        held_out = (LEAST_HELD_OUT - len(self.held_out)) / SHARE
        return max(0, ceil(max(learned, held_out)))

    @property
    def lacking(self) -> str:
        """Say in words what must be done before anything can be judged; empty: nothing."""
        if self.missing:
            more = "1 more text" if self.missing == 1 else f"about {self.missing} more texts"
            return f"Correct {more} first. A score on fewer would be mere luck."
        if not any(_says_something(each) for each in self.learned):
            return "Nothing is marked yet in the texts to learn from. Mark something in a few of them first."
        if not any(_says_something(each) for each in self.held_out):
            return "Nothing is marked yet in the texts for the test. Correct a few more first."
        return ""


def names_in(examples: Iterable[Example]) -> tuple[str, ...]:
    """Name the labels and tasks that occur in annotated texts."""
    found = occurring_schema(examples)
    return (*found.spans, *(task.name for task in found.tasks))


def _says_something(example: Example) -> bool:
    return bool(example.gold.spans or example.gold.categories)


def parts_of(desk: Desk) -> Parts:
    """Part what was annotated at a desk."""
    seconds = {example.id: example.extra.get("seconds") for example in desk.examples(status="done")}
    return parted(_timed(desk.examples(which="gold"), seconds))


def _timed(examples: Iterable[Example], seconds: Mapping[str, object]) -> Iterator[Example]:
    """Say of each text how long it took: a forecast tells time, too."""
    for example in examples:
        took = seconds.get(example.id)
        yield replace(example, extra={**example.extra, "seconds": took}) if took else example


def parted(examples: Iterable[Example]) -> Parts:
    """Part annotated texts. Who says nothing in a whole layer has not begun with it, so that it is left out."""
    both = list(examples)
    learned = [each for each in both if not is_held_out(each)]
    held_out = [each for each in both if is_held_out(each)]
    taught = {leak.id_a for leak in leaks(learned, held_out, near=1)}
    kept = [each for each in learned if each.id not in taught]
    layers = _begun(kept)
    return Parts(tuple(_only(kept, layers)), tuple(_only(held_out, layers)), len(taught))


def _begun(examples: Sequence[Example]) -> tuple[bool, bool]:
    """Say whether any text has a span, and whether any has a category."""
    return any(each.gold.spans for each in examples), any(each.gold.categories for each in examples)


def _only(examples: Iterable[Example], layers: tuple[bool, bool]) -> Iterator[Example]:
    spans, categories = layers
    for each in examples:
        gold = Annotation(each.gold.spans if spans else None, each.gold.categories if categories else None)
        yield replace(each, gold=gold)


def lines_of(examples: Iterable[Example]) -> str:
    """Write examples as the lines of a file."""
    return "".join(f"{format_example(each)}\n" for each in examples)


def annotated(project: Project) -> Parts:
    """Part what was annotated in a project that nobody has open."""
    from textwright.store.database import open_database
    from textwright.store.export import examples
    from textwright.store.projects import find_project

    if not project.database_file.exists():
        return Parts()
    database = open_database(str(project.database_file))
    try:
        stored = find_project(database, project.name)
        if stored is None:
            return Parts()
        seconds = {each.id: each.extra.get("seconds") for each in examples(database, stored, status="done")}
        return parted(_timed(examples(database, stored, which="gold"), seconds))
    finally:
        database.close()
