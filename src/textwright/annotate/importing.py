"""Texts come in while people work; what somebody annotated before comes in as that annotator's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from textwright.annotate.suggesting import within
from textwright.store import acts
from textwright.store.acts import Act
from textwright.store.database import Database
from textwright.store.holdings import taken_texts
from textwright.store.projects import Project
from textwright.store.state import State, state_data
from textwright.store.tasks import numbers_by_id
from textwright.store.texts import add_texts
from textwright.types import Example


@dataclass(frozen=True, slots=True)
class Added:
    """How many texts were added, how many were known, and how many annotations of annotators came with them."""

    added: int = 0
    known: int = 0
    annotations: int = 0

    def __add__(self, other: Added) -> Added:
        """Add the counts up."""
        return Added(self.added + other.added, self.known + other.known, self.annotations + other.annotations)


def add_chunk(database: Database, project: Project, examples: Sequence[Example], *, gold: bool = False) -> Added:
    """Add texts and annotations; an annotation is left out when that annotator has one of the text already."""
    added = add_texts(database, project, examples, gold=gold)
    different = len({each.id for each in examples})
    annotated = [each for each in examples if not gold and _has_annotator(each)]
    return Added(added, different - added, _annotations(database, project, annotated))


def _has_annotator(example: Example) -> bool:
    gold = example.gold
    return example.annotator is not None and (gold.spans is not None or gold.categories is not None)


def _annotations(database: Database, project: Project, examples: Sequence[Example]) -> int:
    numbers = numbers_by_id(database, project, [each.id for each in examples])
    kept = 0
    for name in sorted({each.annotator for each in examples if each.annotator is not None}):
        own = {numbers[each.id]: each for each in examples if each.annotator == name and each.id in numbers}
        has = {text for text, taken in taken_texts(database, name, own).items() if taken.version}
        done = [_act(project, name, number, each) for number, each in own.items() if number not in has]
        kept += sum(each.problem is None for each in acts.record(database, project, name, done, several=True))
    return kept


def _act(project: Project, annotator: str, number: int, example: Example) -> Act:
    """Make the act that hands in what a file says; the same file twice makes it once."""
    said = within(project.schema, example.gold)
    note, seconds = example.extra.get("note"), example.extra.get("seconds")
    state = State(
        said.spans or (),
        said.categories or (),
        note=note if isinstance(note, str) else "",
        flagged=example.extra.get("flagged") is True,
    )
    key = sha256(f"import\x1f{project.id}\x1f{number}\x1f{annotator}".encode("utf-8", "surrogatepass")).hexdigest()
    return Act(key, number, 0, "accept", state_data(state), seconds=_seconds(seconds))


def _seconds(value: object) -> float:
    known = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")
    return float(value) if known else 0.0  # type: ignore[arg-type]  # a number, as just seen
