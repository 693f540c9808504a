"""Kinds of rules about what a model marks in the text; which labels they ask for is data."""

from __future__ import annotations

from collections.abc import Iterator

from textwright.types import Span, in_order
from textwright.wrangle.checks.findings import Finding, Repair, Subject
from textwright.wrangle.checks.rules import Finder, Rule
from textwright.wrangle.words import alphabet

SEPARATORS = frozenset("-–—|,:;/•·")


def spans_of(subject: Subject, label: str) -> list[Span]:
    """Return the spans of a label that lie in no other of it, in order."""
    spans = () if subject.annotation is None else subject.annotation.spans or ()
    found: list[Span] = []
    for span in in_order(each for each in spans if each.label == label):
        if not found or span.end > found[-1].end:
            found.append(span)
    return found


def span_missing(rule: Rule) -> Finder:
    """Find texts in which the model marks no span of the label."""
    label = str(rule.setting("label"))

    def find(subject: Subject) -> Iterator[Finding]:
        asked = subject.annotation is not None and subject.annotation.spans is not None
        if asked and not spans_of(subject, label) and subject.text.strip(alphabet().white_space):
            yield rule.finding(0, len(subject.text))

    return find


def span_several(rule: Rule) -> Finder:
    """Find each further span of the label that says something else than the first."""
    label = str(rule.setting("label"))

    def find(subject: Subject) -> Iterator[Finding]:
        found = spans_of(subject, label)
        if not found:
            return
        first = found[0]
        named = subject.folded[first.start : first.end]
        for other in found[1:]:
            if subject.folded[other.start : other.end] != named:
                yield rule.finding(other.start, other.end, Repair(first.end, other.end, "", safe=False))

    return find


def span_late(rule: Rule) -> Finder:
    """Find the label's first span where one of the labels `after` stands before it, parted by a sign."""
    label, after = str(rule.setting("label")), frozenset(rule.setting("after"))

    def find(subject: Subject) -> Iterator[Finding]:
        first = next(iter(spans_of(subject, label)), None)
        if first is None or subject.annotation is None:
            return
        before = [s for s in subject.annotation.spans or () if s.label in after and s.end <= first.start]
        last = max((span.end for span in before), default=None)
        if last is not None and SEPARATORS & set(subject.text[last : first.start]):
            yield rule.finding(first.start, first.end, _moved(subject.text, first))

    return find


def _moved(text: str, span: Span) -> Repair:
    """Put a span before all that stands before it; the signs between the two stay between them."""
    loose = alphabet().white_space + "".join(sorted(SEPARATORS))
    head = text[: span.start]
    front = head.rstrip(loose)
    return Repair(0, span.end, text[span.start : span.end] + head[len(front) :] + front, safe=False)
