"""Which labels annotators have used, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from textwright.store.database import Database
from textwright.store.projects import Project
from textwright.store.state import answered_twice
from textwright.store.tables import ANNOTATIONS, LABELS


def used_labels(database: Database, project: Project) -> set[str]:
    """Return the labels of spans and categories that somebody's annotation keeps."""
    with database.read() as connection:
        return set(connection.scalars(select(LABELS.c.label).where(LABELS.c.project == project.id).distinct()))


@dataclass(frozen=True, slots=True)
class Use:
    """How often annotators mark something, and in how many texts."""

    marks: int = 0
    texts: int = 0

    def __add__(self, other: Use) -> Use:
        """Add the counts up."""
        return Use(self.marks + other.marks, self.texts + other.texts)


@dataclass(frozen=True, slots=True)
class Uses:
    """How often each label of spans is used, and each answer to a task, by task and label.

    `several` counts the texts that have more than one answer to a task, by task.
    """

    spans: Mapping[str, Use]
    categories: Mapping[tuple[str, str], Use]
    several: Mapping[str, int] = field(default_factory=dict)


def uses(database: Database, project: Project) -> Uses:
    """Count what annotations keep of each label; what is only proposed does not count."""
    chosen = select(ANNOTATIONS.c.state).where(ANNOTATIONS.c.project == project.id, ANNOTATIONS.c.version > 0)
    spans: dict[str, Use] = defaultdict(Use)
    categories: dict[tuple[str, str], Use] = defaultdict(Use)
    several: Counter[str] = Counter()
    with database.read() as connection:
        for state in connection.scalars(chosen):
            several.update(answered_twice(state["categories"]))
            for label, marks in Counter(each["label"] for each in state["spans"]).items():
                spans[label] += Use(marks, 1)
            for answer in {(each["task"], each["label"]) for each in state["categories"]}:
                categories[answer] += Use(1, 1)
    return Uses(dict(spans), dict(categories), dict(several))
