"""What independent methods say of each test text, label by label, beside gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.experiment.table.answers import Disputed, disputed_of
from textwright.experiment.table.rows import Entry
from textwright.types import Annotation

Said = frozenset[Hashable]
FEWEST_VOTERS = 2


@dataclass(frozen=True, slots=True)
class Vote:
    """A text and one label or task of it: what gold has, and what each method said.

    Both are sets: of (start, end) for a label, of labels for a task.
    """

    id: str
    text: str
    name: str
    gold: Said
    said: Mapping[str, Said]

    @property
    def against_gold(self) -> Said | None:
        """Return what most methods said, where that is not gold and two at least said it."""
        [(most, times), *_] = Counter(self.said.values()).most_common(1)
        united = times >= FEWEST_VOTERS and 2 * times > len(self.said)
        return most if united and most != self.gold else None

    @property
    def divided(self) -> bool:
        """Say whether no answer was given by more than half the methods."""
        [(_, times), *_] = Counter(self.said.values()).most_common(1)
        return 2 * times <= len(self.said)


def votes_of(entries: Sequence[Entry], measures: Sequence[str]) -> list[Vote]:
    """List the votes on each label and task of the texts that some method got wrong.

    Methods that are made of others do not vote; one votes on a label only when it knows it: when it is right more
    often than finding nothing would be. Labels on which fewer than two methods vote are left out.
    """
    independent = [entry for entry in entries if not entry.runs[0].needs]
    if len(independent) < FEWEST_VOTERS:
        return []
    voters = {measure: [each.method for each in independent if knows(each, measure)] for measure in measures}
    return [vote for text in disputed_of(independent, measures) for vote in _votes(text, voters)]


def knows(entry: Entry, measure: str) -> bool:
    """Say whether a method is better by a measure than one that never finds anything."""
    kind, _, name = measure.partition(":")
    report = entry.judgements[0].report
    if kind == "category":
        return name in report.get("categories", {})
    found = report.get("exact", {}).get(name)
    return found is not None and found["accuracy"] is not None and found["accuracy"] > (found["empty_baseline"] or 0)


def _votes(text: Disputed, voters: Mapping[str, Sequence[str]]) -> Iterator[Vote]:
    answers = {method: given.answer for given in text.given for method in given.methods}
    for measure, methods in voters.items():
        gold = _said(text.gold, measure)
        answered = {method: _said(answer, measure) for method in methods if (answer := answers[method]) is not None}
        said = {method: each for method, each in answered.items() if each is not None}
        if gold is not None and len(said) >= FEWEST_VOTERS:
            yield Vote(text.id, text.text, measure.partition(":")[2], gold, said)


def _said(annotation: Annotation, measure: str) -> Said | None:
    """Return what an annotation says by a measure; None: it has no such layer."""
    kind, _, name = measure.partition(":")
    if kind == "exact":
        spans = annotation.spans
        return None if spans is None else frozenset((each.start, each.end) for each in spans if each.label == name)
    categories = annotation.categories
    return None if categories is None else frozenset(each.label for each in categories if each.task == name)


def label_measures(report: Mapping[str, Any]) -> list[str]:
    """List the measures of a report that ask for one label or task."""
    return [measure for measure in report["right"] if measure.partition(":")[0] in ("exact", "category")]
