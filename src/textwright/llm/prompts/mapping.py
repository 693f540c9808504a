"""The labels that a language model makes up: which there were, and which of ours they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Protocol, TypeVar

from textwright.errors import DataError
from textwright.schema import Schema


class Labelled(Protocol):
    """A frozen value with a label, such as a mention, a span or a category."""

    @property
    def label(self) -> str:
        """Return the label."""


L = TypeVar("L", bound=Labelled)


def parse_map(items: Sequence[str], schema: Schema) -> dict[str, str]:
    """Read `PERSON=JOBTITLE`, one for each item; `DATE=` leaves the label out.

    Raise `DataError` at what is no pair, a label that is mapped twice, a target that the schema does not know.

    >>> parse_map(["Job Title=ROLE", "DATE="], Schema.from_data({"labels": ["ROLE"]}))
    {'job_title': 'ROLE', 'date': ''}
    """
    mapping: dict[str, str] = {}
    for item in items:
        made_up, target = _pair(item)
        if mapping.get(made_up, target) != target:
            raise DataError(f"--map {item}: the label is mapped to {mapping[made_up]!r} as well")
        _check_target(item, target, schema)
        mapping[made_up] = target
    return mapping


def _pair(item: str) -> tuple[str, str]:
    made_up, equals, target = (part.strip() for part in item.partition("="))
    if not equals or not made_up:
        raise DataError(f"--map {item}: expected LABEL=OURS, such as PERSON=JOBTITLE")
    return folded(made_up), target


def _check_target(item: str, target: str, schema: Schema) -> None:
    known = schema.spans + tuple(label.name for task in schema.tasks for label in task.labels)
    if not target or schema.open or target in known:
        return
    near = get_close_matches(target, known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise DataError(f"--map {item}: unknown label {target!r}.{hint} Known labels: {', '.join(known) or 'none'}")


def folded(label: str) -> str:
    """Return a label without what models are not constant in: case, and what parts the words.

    >>> folded("Job Title") == folded("JOB-TITLE") == folded("job_title")
    True
    """
    return re.sub(r"[\s_-]+", "_", label.strip()).casefold()


def mapped(labelled: Iterable[L], mapping: Mapping[str, str]) -> tuple[L, ...]:
    """Give each value the label that its own is mapped to; leave out those mapped to nothing.

    >>> from textwright.types import Span
    >>> [span.label for span in mapped([Span(0, 4, "Person"), Span(6, 10, "TOWN")], {"person": "ROLE"})]
    ['ROLE', 'TOWN']
    """
    named = ((each, mapping.get(folded(each.label), each.label)) for each in labelled)
    return tuple(replace(each, label=label) for each, label in named if label)  # type: ignore[type-var]  # a dataclass


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How often a label was given, and the first thing that it was given to."""

    label: str
    count: int
    sample: str


class LabelTally:
    """Counts labels as they come.

    >>> tally = LabelTally()
    >>> for label, text in [("TOWN", "Hove"), ("PERSON", "Chef"), ("PERSON", "Nurse")]:
    ...     tally.add(label, text)
    >>> tally.found()[0]
    LabelCount(label='PERSON', count=2, sample='Chef')
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._counts: Counter[str] = Counter()
        self._samples: dict[str, str] = {}

    def add(self, label: str, text: str) -> None:
        """Count a label that was given to these words."""
        self._counts[label] += 1
        self._samples.setdefault(label, text)

    def found(self) -> tuple[LabelCount, ...]:
        """Return what was counted, the most frequent first."""
        ordered = sorted(self._counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(LabelCount(label, count, self._samples[label]) for label, count in ordered)
