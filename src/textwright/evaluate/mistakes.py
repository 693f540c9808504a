"""Every text that a model got wrong, and in which way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from textwright.evaluate.outcome import NO_CHOICE, Outcome
from textwright.evaluate.scope import Scope
from textwright.formats.jsonl import annotation_data
from textwright.schema import overlap
from textwright.types import Annotation, Span, in_order

KINDS = ("missed", "spurious", "boundary", "label", "category", "failed")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one answer.

    `missed` and `spurious` have one span; `boundary` (same label, other edges) and `label` (same
    edges, other label) have two. `category` has the labels of a task, `failed` the reason in `note`.
    """

    kind: str
    label: str = ""
    gold: Span | None = None
    found: Span | None = None
    note: str = ""

    def to_data(self) -> dict[str, Any]:
        """Return the parts that this kind has."""
        data: dict[str, Any] = {"kind": self.kind}
        if self.label:
            data["label"] = self.label
        for key, span in (("gold", self.gold), ("predicted", self.found)):
            if span is not None:
                data[key] = {"start": span.start, "end": span.end, "label": span.label}
        return {**data, "note": self.note} if self.note else data

    def in_words(self, text: str) -> str:
        """Say what is wrong.

        >>> Fault("missed", "LEVEL", gold=Span(0, 6, "LEVEL")).in_words("Senior Nurse")
        'LEVEL “Senior” was missed'
        """
        return WORDS[self.kind](self, text)


def _marked(text: str, span: Span | None) -> str:
    return f"“{text[span.start : span.end]}”" if span else ""


WORDS: dict[str, Callable[[Fault, str], str]] = {
    "missed": lambda fault, text: f"{fault.label} {_marked(text, fault.gold)} was missed",
    "spurious": lambda fault, text: f"{_marked(text, fault.found)} is no {fault.label}",
    "boundary": lambda fault, text: (
        f"{fault.label} is {_marked(text, fault.gold)}, found was {_marked(text, fault.found)}"
    ),
    "label": lambda fault, text: (
        f"{_marked(text, fault.gold)} is {fault.label}, found was {fault.found.label if fault.found else ''}"
    ),
    "category": lambda fault, _text: f"{fault.label} {fault.note}",
    "failed": lambda fault, _text: f"no answer: {fault.note}",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong text: its scored gold, its scored answer (None: it has none) and what is wrong."""

    id: str
    text: str
    gold: Annotation
    predicted: Annotation | None
    faults: tuple[Fault, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of its faults, each once, in the order of `KINDS`."""
        return tuple(kind for kind in KINDS if any(fault.kind == kind for fault in self.faults))

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the labels and tasks that its faults concern, each once."""
        named = [fault.label for fault in self.faults] + [fault.found.label for fault in self.faults if fault.found]
        return tuple(dict.fromkeys(label for label in named if label))

    def to_data(self) -> dict[str, Any]:
        """Return the mistake as plain data; annotations have the shape of the file format."""
        return {
            "id": self.id,
            "text": self.text,
            "gold": annotation_data(self.gold),
            "predicted": None if self.predicted is None else annotation_data(self.predicted),
            "kinds": list(self.kinds),
            "faults": [fault.to_data() for fault in self.faults],
        }


def mistakes_of(outcomes: Iterable[Outcome], scope: Scope) -> tuple[Mistake, ...]:
    """Collect the texts that at least one scored question was answered wrongly for, in order."""
    return tuple(
        Mistake(
            outcome.example.id,
            outcome.example.text,
            scored(outcome.example.gold, scope),
            None if outcome.answer.annotation is None else scored(outcome.answer.annotation, scope),
            faults,
        )
        for outcome in outcomes
        if (faults := tuple(faults_of(outcome, scope)))
    )


def scored(annotation: Annotation, scope: Scope) -> Annotation:
    """Keep the scored labels and tasks only."""
    spans, categories = annotation.spans, annotation.categories
    return Annotation(
        None if spans is None else tuple(span for span in spans if span.label in scope.labels),
        None if categories is None else tuple(each for each in categories if each.task in scope.tasks),
    )


def faults_of(outcome: Outcome, scope: Scope) -> Iterator[Fault]:
    """Say what is wrong with an answer: nothing, when each scored question is right."""
    if outcome.answer.annotation is None:
        yield Fault("failed", note=outcome.answer.problem.reason if outcome.answer.problem else "no reason given")
        return
    if scope.labels and outcome.gold_spans is not None:
        yield from _layer_faults(outcome, scope)
    if outcome.gold_choices is not None:
        yield from _category_faults(outcome, scope)


def _layer_faults(outcome: Outcome, scope: Scope) -> Iterable[Fault]:
    if outcome.spans is None:
        return [Fault("failed", note="the answer has no layer of spans")]
    gold, found = (scored(each, scope).spans or () for each in (outcome.example.gold, _answered(outcome)))
    return span_faults(gold, found)


def _answered(outcome: Outcome) -> Annotation:
    return outcome.answer.annotation or Annotation()


def span_faults(gold: Iterable[Span], found: Iterable[Span]) -> list[Fault]:
    """Explain the difference between two sets of spans, each span in one fault.

    Spans with the same edges are paired first, then spans of one label that share the most
    characters; what is left was missed or is spurious.
    """
    missed, spurious = _without(gold, found), _without(found, gold)
    faults = []
    for kind, fits in (("label", _same_edges), ("boundary", _same_label_overlapping)):
        for wanted, got in _pairs(missed, spurious, fits):
            faults.append(Fault(kind, wanted.label, wanted, got))
            missed.remove(wanted)
            spurious.remove(got)
    faults += [Fault("missed", span.label, gold=span) for span in missed]
    faults += [Fault("spurious", span.label, found=span) for span in spurious]
    return sorted(faults, key=_place)


def _without(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    return list(in_order(set(spans).difference(others)))


def _same_edges(a: Span, b: Span) -> bool:
    return (a.start, a.end) == (b.start, b.end)


def _same_label_overlapping(a: Span, b: Span) -> bool:
    return a.label == b.label and overlap(a, b)


def _pairs(
    gold: Sequence[Span], found: Sequence[Span], fits: Callable[[Span, Span], bool]
) -> Iterator[tuple[Span, Span]]:
    """Pair spans that fit, those that share most first; no span comes twice."""
    candidates = [(a, b) for a in gold for b in found if fits(a, b)]
    candidates.sort(key=lambda pair: -_shared(*pair))
    used: set[tuple[str, Span]] = set()
    for a, b in candidates:
        if used.isdisjoint({("gold", a), ("found", b)}):
            used |= {("gold", a), ("found", b)}
            yield a, b


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _place(fault: Fault) -> tuple[int, int, str]:
    span = fault.gold or fault.found or Span(0, 0, "")
    return (span.start, -span.end, span.label)


def _category_faults(outcome: Outcome, scope: Scope) -> Iterable[Fault]:
    if outcome.choices is None:
        return [Fault("failed", note="the answer has no layer of categories")] if scope.tasks else []
    faults = []
    for task in scope.tasks:
        gold = (outcome.gold_choices or {}).get(task, NO_CHOICE)
        found = outcome.choices.get(task, NO_CHOICE)
        if gold != found:
            faults.append(Fault("category", task, note=f"is {_listed(gold)}, found was {_listed(found)}"))
    return faults


def _listed(labels: Iterable[str]) -> str:
    return " and ".join(sorted(labels)) or "nothing"
