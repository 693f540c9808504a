"""A label's definition changed: the same texts as annotated before and after, and who agrees with which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.experiment.file.experiment import Change
from textwright.experiment.table.answers import annotation_of
from textwright.experiment.table.columns import measure_figure
from textwright.experiment.table.measured import Measured, measured
from textwright.experiment.table.rows import Entry, entries_of
from textwright.formats.jsonl import annotation_data
from textwright.runs.record import Judgement, Run
from textwright.types import Annotation


@dataclass(frozen=True, slots=True)
class Moved:
    """A text whose gold changed for the label, and the methods that agree with it as it was, and as it is."""

    id: str
    text: str
    before: Annotation
    after: Annotation
    with_before: tuple[str, ...]
    with_after: tuple[str, ...]

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "text": self.text,
            "before": annotation_data(self.before),
            "after": annotation_data(self.after),
            "agree_before": list(self.with_before),
            "agree_after": list(self.with_after),
        }


@dataclass(frozen=True, slots=True)
class Changed:
    """Each method's exact match for the label by the gold before and after, and the texts whose gold changed."""

    change: Change
    figures: tuple[tuple[str, Measured, Measured], ...]
    texts: int
    moved: tuple[Moved, ...]

    def in_words(self) -> list[str]:
        """Say how much changed."""
        change = self.change
        return [
            f"The gold of {change.label} differs in {len(self.moved)} of {self.texts} texts between "
            f"{change.before} and {change.after}."
        ]

    def agree(self, method: str) -> tuple[int, int]:
        """Count the texts whose gold changed in which a method agrees with the one before, and with the one after."""
        before = sum(method in each.with_before for each in self.moved)
        return before, sum(method in each.with_after for each in self.moved)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "label": self.change.label,
            "before": self.change.before,
            "after": self.change.after,
            "texts": self.texts,
            "methods": [
                {"method": method, "before": before.to_data(), "after": after.to_data()}
                for method, before, after in self.figures
            ],
            "moved": [each.to_data() for each in self.moved],
        }


def changed_of(change: Change, runs: Sequence[Run]) -> Changed | None:
    """Compare the judgements on both test sets. None: no method was judged on both."""
    before, after = ({each.method: each for each in entries_of(runs, test)} for test in (change.before, change.after))
    both = [(before[method], after[method]) for method in before if method in after]
    measure = f"exact:{change.label}"
    figures = [(old.method, _figure(old, measure), _figure(new, measure)) for old, new in both]
    known = tuple((method, old, new) for method, old, new in figures if old is not None and new is not None)
    if not known:
        return None
    texts = set(both[0][0].judgements[0].report["ids"]) & set(both[0][1].judgements[0].report["ids"])
    ordered = sorted(known, key=lambda each: -each[2].value)
    return Changed(change, tuple(ordered), len(texts), tuple(_moved(both, change.label)))


def _figure(entry: Entry, measure: str) -> Measured | None:
    return measured([measure_figure(judgement.report, measure) for judgement in entry.judgements])


def _moved(both: Sequence[tuple[Entry, Entry]], label: str) -> Iterator[Moved]:
    """Find the texts whose gold changed, by what reports tell: a right answer is the gold, a mistake holds it."""
    sides = [_Sides(old.judgements[0], new.judgements[0]) for old, new in both]
    methods = [old.method for old, _ in both]
    for name in sides[0].ids:
        golds = next((found for side in sides if (found := side.golds(name)) is not None), None)
        if golds is None or _of(golds[1], label) == _of(golds[2], label):
            continue
        agree = [
            tuple(method for method, side in zip(methods, sides, strict=True) if side.right(name, label, which))
            for which in (0, 1)
        ]
        yield Moved(name, *golds, *agree)


def _of(annotation: Annotation, label: str) -> set[tuple[int, int]]:
    return {(span.start, span.end) for span in annotation.spans or () if span.label == label}


class _Sides:
    """What one method's two judgements tell about each text."""

    def __init__(self, before: Judgement, after: Judgement) -> None:
        self.mistakes = [{each["id"]: each for each in side.report["mistakes"]} for side in (before, after)]
        self.rights = [side.report["right"] for side in (before, after)]
        self.places = [{name: i for i, name in enumerate(side.report["ids"])} for side in (before, after)]
        self.ids = [name for name in self.places[0] if name in self.places[1]]

    def right(self, name: str, label: str, which: int) -> bool:
        """Say whether the answer agrees with the gold before (0) or after (1)."""
        return bool(self.rights[which][f"exact:{label}"][self.places[which][name]])

    def golds(self, name: str) -> tuple[str, Annotation, Annotation] | None:
        """Return the text and its gold before and after; None: this method's answers do not tell them."""
        old, new = (mistakes.get(name) for mistakes in self.mistakes)
        told = old or new
        if told is None or (told["predicted"] is None and (old is None or new is None)):
            return None
        text: str = told["text"]
        answer = annotation_of(told["predicted"], text) or Annotation()
        before, after = (answer if each is None else annotation_of(each["gold"], text) for each in (old, new))
        return text, before or Annotation(), after or Annotation()
