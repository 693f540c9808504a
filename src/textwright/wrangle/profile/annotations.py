"""What is annotated: labels, lengths, nesting, categories that go together, annotators."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from textwright.schema import contains
from textwright.types import Category, Example, Span
from textwright.wrangle.profile.counting import Frequent
from textwright.wrangle.profile.lengths import Measured
from textwright.wrangle.profile.suspicions import Suspects
from textwright.wrangle.profile.values import Annotations, LabelUse, Pairing, TaskUse

OFTEN = 5
REMEMBERED = 20_000
COMPARED = 100_000
LONGEST = 60
SHOWN_PAIRS = 60
Pairs = Counter[tuple[str, str]]


class _Label:
    def __init__(self) -> None:
        self.spans = self.texts = 0
        self.lengths: Counter[int] = Counter()
        self.marked = Frequent[str](REMEMBERED)

    def add(self, marked: str) -> None:
        self.spans += 1
        self.lengths[len(marked.split())] += 1
        self.marked.add((marked if len(marked) <= LONGEST else marked[: LONGEST - 1] + "…",))

    def done(self, name: str) -> LabelUse:
        lengths = sorted(self.lengths.elements())
        ends = lengths[0], lengths[len(lengths) // 2], lengths[-1]
        return LabelUse(name, self.spans, self.texts, *ends, self.marked.top(OFTEN))


class _Task:
    def __init__(self) -> None:
        self.texts = self.several = 0
        self.labels: Counter[str] = Counter()
        self.together: Pairs = Counter()

    def add(self, labels: Sequence[str]) -> None:
        self.texts += 1
        self.several += len(labels) > 1
        self.labels.update(labels)
        self.together.update(combinations(labels, 2))

    def done(self, name: str) -> TaskUse:
        return TaskUse(name, self.texts, tuple(self.labels.most_common()), self.several, _pairings(self.together))


def _pairings(pairs: Pairs) -> tuple[Pairing, ...]:
    return tuple(Pairing(outer, inner, count) for (outer, inner), count in pairs.most_common(SHOWN_PAIRS))


class AnnotationCount:
    """Takes one example after another; those that nobody annotated say nothing."""

    def __init__(self) -> None:
        """Begin with none."""
        self._with_spans = self._with_categories = self._empty = 0
        self._labels: defaultdict[str, _Label] = defaultdict(_Label)
        self._per_text = Measured("spans")
        self._nested: Pairs = Counter()
        self._same: Pairs = Counter()
        self._crossing: Pairs = Counter()
        self._tasks: defaultdict[str, _Task] = defaultdict(_Task)
        self._annotators: Counter[str] = Counter()
        self._by_id: dict[str, set[str]] = {}
        self._suspects = Suspects(compared=COMPARED)

    def add(self, number: int, example: Example) -> None:
        """Look at an example; `number` is its place, from 1."""
        gold = example.gold
        if gold.spans is None and gold.categories is None:
            return
        self._note_annotator(example)
        self._suspects.add(number, example)
        self._empty += not (gold.spans or gold.categories)
        if gold.spans is not None:
            self._add_spans(example.text, gold.spans)
        if gold.categories is not None:
            self._add_categories(gold.categories)

    def _note_annotator(self, example: Example) -> None:
        if example.annotator is None:
            return
        self._annotators[example.annotator] += 1
        if example.id in self._by_id or len(self._by_id) < COMPARED:
            self._by_id.setdefault(example.id, set()).add(example.annotator)

    def _add_spans(self, text: str, spans: Sequence[Span]) -> None:
        self._with_spans += 1
        self._per_text.add(len(spans))
        for span in spans:
            self._labels[span.label].add(text[span.start : span.end])
        for label in {span.label for span in spans}:
            self._labels[label].texts += 1
        for outer, inner in overlapping(spans):
            self._how(outer, inner)[outer.label, inner.label] += 1

    def _how(self, outer: Span, inner: Span) -> Pairs:
        """Say where a pair counts: the same words, one inside the other, or crossing."""
        if (outer.start, outer.end) == (inner.start, inner.end):
            return self._same
        return self._nested if contains(outer, inner) else self._crossing

    def _add_categories(self, categories: Sequence[Category]) -> None:
        self._with_categories += 1
        chosen = defaultdict(set)
        for category in categories:
            chosen[category.task].add(category.label)
        for task, labels in chosen.items():
            self._tasks[task].add(sorted(labels))

    def done(self) -> Annotations | None:
        """Return what was found; None where nothing is annotated."""
        if not self._with_spans and not self._with_categories:
            return None
        labels = [label.done(name) for name, label in self._labels.items()]
        return Annotations(
            self._with_spans,
            self._with_categories,
            self._empty,
            tuple(sorted(labels, key=lambda label: (-label.spans, label.name))),
            self._per_text.done().bars,
            _pairings(self._nested),
            _pairings(self._same),
            _pairings(self._crossing),
            tuple(task.done(name) for name, task in sorted(self._tasks.items())),
            tuple(self._annotators.most_common()),
            sum(len(names) > 1 for names in self._by_id.values()),
            self._suspects.compared,
            self._suspects.done(),
        )


def overlapping(spans: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield each pair of different spans that share a character, the outer or earlier one first.

    >>> [(a.label, b.label) for a, b in overlapping([Span(0, 6, "LEVEL"), Span(0, 12, "JOB"), Span(13, 15, "X")])]
    [('JOB', 'LEVEL')]
    """
    ordered = sorted(set(spans), key=lambda span: (span.start, -span.end, span.label))
    for place, outer in enumerate(ordered):
        for inner in ordered[place + 1 :]:
            if inner.start >= outer.end:
                break
            yield outer, inner
