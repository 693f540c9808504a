"""Precision, recall and F1: counted strictly, averaged two ways, with intervals by resampling."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any, NamedTuple

from textwright.evaluate.outcome import NO_CHOICE, NO_PLACES, Outcome
from textwright.evaluate.statistics import FEWEST_SOURCES, Interval, percentile_interval, resampled

ROUNDS = 1000
MOST_GROUPS = 200


class Counts(NamedTuple):
    """What was found rightly, found wrongly, and missed."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Return the share of what was found that is right. None: there was nothing, and nothing found."""
        return self._ratio(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float | None:
        """Return the share of what is there that was found. None: there was nothing, and nothing found."""
        return self._ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall. None: there was nothing, and nothing found."""
        return self._ratio(2 * self.right, 2 * self.right + self.spurious + self.missed)

    def _ratio(self, part: int, whole: int) -> float | None:
        if not any(self):
            return None
        return part / whole if whole else 0.0


def total(counts: Sequence[Counts]) -> Counts:
    """Add counts up.

    >>> total([Counts(1, 0, 2), Counts(3, 1, 0)])
    Counts(right=4, spurious=1, missed=2)
    """
    return Counts(*map(sum, zip(*counts, strict=True))) if counts else Counts()


@dataclass(frozen=True, slots=True)
class FTable:
    """Counts by label, with the intervals of F1 for each label, `micro` and `macro` where asked for."""

    counts: Mapping[str, Counts]
    intervals: Mapping[str, Interval]

    @property
    def micro(self) -> Counts:
        """Return all labels' counts together: every mention weighs the same."""
        return total(list(self.counts.values()))

    def macro(self, figure: str) -> float | None:
        """Average `precision`, `recall` or `f1` over the labels that occur: every label weighs the same."""
        return mean([getattr(counts, figure) for counts in self.counts.values()])

    def to_data(self) -> dict[str, Any]:
        """Return the figures by label, then `micro` and `macro`."""
        data = {label: self._row(label, counts) for label, counts in self.counts.items()}
        macro = {figure: self.macro(figure) for figure in ("precision", "recall", "f1")}
        return {**data, "micro": self._row("micro", self.micro), "macro": {**macro, **self._ends("macro")}}

    def _row(self, name: str, counts: Counts) -> dict[str, Any]:
        figures = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        return {**figures, **self._ends(name), **counts._asdict()}

    def _ends(self, name: str) -> dict[str, float]:
        if name not in self.intervals:
            return {}
        return {"f1_low": self.intervals[name].low, "f1_high": self.intervals[name].high}


def mean(values: Sequence[float | None]) -> float | None:
    """Average the values that exist."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def span_rows(outcomes: Sequence[Outcome], labels: Sequence[str]) -> dict[str, list[Counts]]:
    """Count each label's spans, text by text. Of a text without an answer all are missed."""
    return {label: [_span_counts(each, label) for each in outcomes] for label in labels}


def _span_counts(outcome: Outcome, label: str) -> Counts:
    if outcome.gold_spans is None:
        return Counts()
    return _compare(outcome.gold_spans.get(label, NO_PLACES), (outcome.spans or {}).get(label, NO_PLACES))


def task_rows(outcomes: Sequence[Outcome], task: str, declared: Sequence[str]) -> dict[str, list[Counts]]:
    """Count a task's labels, text by text: those declared, then others that occur."""
    pairs = [_choices(each, task) for each in outcomes]
    occurring = {label for gold, found in pairs for label in gold | found}
    labels = [*declared, *sorted(occurring.difference(declared))]
    return {label: [_compare(gold & {label}, found & {label}) for gold, found in pairs] for label in labels}


def _choices(outcome: Outcome, task: str) -> tuple[frozenset[str], frozenset[str]]:
    if outcome.gold_choices is None:
        return NO_CHOICE, NO_CHOICE
    return outcome.gold_choices.get(task, NO_CHOICE), (outcome.choices or {}).get(task, NO_CHOICE)


def _compare(gold: frozenset[Any], found: frozenset[Any]) -> Counts:
    right = len(gold & found)
    return Counts(right, len(found) - right, len(gold) - right)


# --- intervals ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Groups:
    """The group of each text for resampling: texts of one source are drawn together.

    `too_few` is the number of sources where they are too few to draw, so that texts are; else 0.
    """

    by: str
    place: tuple[int, ...]
    too_few: int = 0

    @property
    def number(self) -> int:
        """Return how many groups there are."""
        return len(set(self.place))


def groups_of(outcomes: Sequence[Outcome], *, seed: int = 0) -> Groups:
    """Group texts by `meta.source`; where there are not 20 sources, each text stands alone.

    More than 200 groups are dealt into 200 at random: the interval hardly changes, and it takes a moment only.
    """
    sources = [each.example.meta.get("source") for each in outcomes]
    known = len({str(source) for source in sources if source is not None})
    by_source = known >= FEWEST_SOURCES
    keys = [
        ("source", str(source)) if by_source and source is not None else ("text", str(i))
        for i, source in enumerate(sources)
    ]
    distinct = list(dict.fromkeys(keys))
    random.Random(seed).shuffle(distinct)
    number = {key: i % MOST_GROUPS for i, key in enumerate(distinct)}
    place = tuple(number[key] for key in keys)
    too_few = 0 if by_source or known == len(sources) else known
    return Groups("source" if by_source else "text", place, too_few)


def f1_intervals(rows: Mapping[str, Sequence[Counts]], groups: Groups, *, seed: int = 0) -> dict[str, Interval]:
    """Resample the groups and give the middle 95 % of F1 for each label, `micro` and `macro`."""
    columns = {label: _by_group(counts, groups) for label, counts in rows.items()}
    values: dict[str, list[float]] = {}
    for times in resampled(groups.number, rounds=ROUNDS, seed=seed):
        for name, value in _round(columns, times):
            if value is not None:
                values.setdefault(name, []).append(value)
    return {name: percentile_interval(found) for name, found in values.items()}


def _by_group(counts: Sequence[Counts], groups: Groups) -> list[tuple[int, ...]]:
    """Add counts up by group; return the three columns."""
    sums = [[0, 0, 0] for _ in range(groups.number)]
    for place, each in zip(groups.place, counts, strict=True):
        for column, value in enumerate(each):
            sums[place][column] += value
    return list(zip(*sums, strict=True))


def _round(columns: Mapping[str, list[tuple[int, ...]]], times: list[int]) -> Iterator[tuple[str, float | None]]:
    """Give each label's F1 in one round, then the averages."""
    drawn = {label: Counts(*(sum(map(mul, times, column)) for column in three)) for label, three in columns.items()}
    values = {label: counts.f1 for label, counts in drawn.items()}
    yield from values.items()
    yield "micro", total(list(drawn.values())).f1
    yield "macro", mean(list(values.values()))
