"""What the page of this step shows: the texts in numbers and words, what can be repaired, and a few of them."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textwright.dataset import Dataset
from textwright.project.bring.gathering import Source, gathered, sources
from textwright.project.bring.making import offers_for, read_choices
from textwright.project.bring.repairs import Offer, full, repaired
from textwright.project.bring.wording import Said, said_of, said_of_bringing
from textwright.store.held_out import is_held_out
from textwright.store.renewal import annotated_texts
from textwright.types import Example
from textwright.wrangle.profile import profile

if TYPE_CHECKING:
    from textwright.project.workbench import Workbench

SAMPLE = 8
PROFILED = 2_000


@dataclass(frozen=True, slots=True)
class Look:
    """The texts as one finds them. `sample` are some from all over them; `annotated` counts those that somebody has."""

    count: int
    held_out: int
    annotated: int
    said: tuple[Said, ...]
    notes: tuple[str, ...]
    offers: tuple[Offer, ...]
    sources: tuple[Source, ...]
    sample: tuple[Example, ...]


class Looking:
    """Looks at a project's texts; again only when they are others. Threads share it."""

    def __init__(self, bench: Workbench) -> None:
        """Look at the texts of a workbench."""
        self._bench, self._lock = bench, threading.Lock()
        self._seen: tuple[tuple[int, ...], Look] | None = None

    def look(self) -> Look:
        """Return what there is to see. Raise `DataError` at a damaged file."""
        with self._lock:
            kept = annotated_texts(self._bench.database, self._bench.desk.project)
            key = (*self._times(), len(kept))
            if self._seen is None or self._seen[0] != key:
                self._seen = key, self._look(kept)
            return self._seen[1]

    def _times(self) -> tuple[int, ...]:
        project = self._bench.project
        files = (project.brought_file, project.repairs_file, project.texts_file)
        return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in files)

    def _look(self, kept: Sequence[Example]) -> Look:
        project = self._bench.project
        texts = project.texts
        offers = offers_for(project, kept)
        seen = profile(texts if len(texts) <= PROFILED else spread(texts, PROFILED))
        brought, choices = gathered(project), read_choices(project)
        return Look(
            len(texts),
            sum(map(is_held_out, texts)),
            len(kept),
            (*said_of_bringing(empty(brought), unlike(brought, choices.repairs, kept)), *said_of(seen)),
            choices.notes,
            tuple(offers),
            tuple(sources(brought)),
            tuple(spread(texts, SAMPLE)),
        )


def empty(brought: Sequence[Example]) -> int:
    """Count the texts that are left out because they are empty."""
    return len(brought) - len(full(brought))


def unlike(brought: Sequence[Example], repairs: Collection[str], kept: Sequence[Example]) -> int:
    """Count the annotated texts that a repair, or another column, would change if they were not annotated."""
    mine = {example.id: example.text for example in kept}
    alone = [(mine[each.id], repaired((each,), repairs)) for each in brought if each.id in mine]
    return sum(not left or left[0].text != text for text, left in alone)


def spread(texts: Dataset, most: int) -> list[Example]:
    """Take so many texts from all over a data set, in order."""
    step = max(1.0, len(texts) / most)
    return [texts[int(place * step)] for place in range(min(most, len(texts)))]
